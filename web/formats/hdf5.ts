// HDF5 files in memory, through h5wasm. The library comes with the first file and needs no eval. What is read is checked
// for kind, type and shape before its values are fetched: a file can claim any size.
import type { Dataset, Group, File as Hdf5File } from 'h5wasm';
import { part } from '../platform/parts.ts';
import { ZifferError } from '../protocol/errors.ts';

type Library = typeof import('h5wasm');

/** Of an attribute with text, in bytes. */
const LONGEST_TEXT = 2 ** 22;
const MOST_NAMES = 4096;

let serial = 0;
let library: Library | null = null;

/**
 * Takes the library from a URL: a worker that came from a blob or lies among a bundler's files cannot find what is beside it.
 * Errors: `data_unreachable`.
 */
export async function loadHdf5From(url: string): Promise<void> {
  library ??= await part(
    `${url}: the script that reads HDF5 files`,
    (): Promise<Library> => import(/* @vite-ignore */ /* webpackIgnore: true */ url),
  );
  await prepared(library);
}

/** Errors are thrown; else the library prints them and goes on with an invalid handle. */
async function prepared(h5: Library): Promise<Library> {
  (await h5.ready).activate_throwing_error_handler();
  return h5;
}

/** The bytes of a file that `write` fills. */
export async function writeHdf5(write: (file: Hdf5File) => void): Promise<Uint8Array> {
  return inMemory(null, (path, { File, FS }) => {
    const file = new File(path, 'w');
    try {
      write(file);
    } finally {
      file.close();
    }
    return FS!.readFile(path) as Uint8Array;
  });
}

/** What `read` finds in a file. Errors: `invalid_model`, and what `read` throws. */
export async function readHdf5<T>(
  name: string,
  bytes: Uint8Array,
  read: (file: Hdf5File) => T,
): Promise<T> {
  try {
    return await inMemory(bytes, (path, { File }) => {
      const file = new File(path, 'r');
      try {
        return read(file);
      } finally {
        closeQuietly(file);
      }
    });
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    const message = `${name}: the HDF5 file is damaged or cut off.`;
    throw new ZifferError('invalid_model', message, { cause });
  }
}

/** What went wrong before is what counts. */
function closeQuietly(file: Hdf5File): void {
  try {
    file.close();
  } catch {
    // A damaged file may not close.
  }
}

async function inMemory<T>(
  bytes: Uint8Array | null,
  use: (path: string, h5: Library) => T,
): Promise<T> {
  library ??= await part('the library for HDF5', () => import('h5wasm'));
  const h5 = await prepared(library);
  const { FS } = h5;
  const path = `/${serial++}.h5`;
  if (bytes) FS!.writeFile(path, bytes);
  try {
    return use(path, h5);
  } finally {
    if (FS!.analyzePath(path, false).exists) FS!.unlink(path);
  }
}

export function groupAt(where: string, group: Group, path: string): Group {
  const found = group.get(path);
  if (found && 'keys' in found) return found as Group;
  throw new ZifferError('invalid_model', `${where}: expected the group ${path}, which is missing.`);
}

/** The text of an attribute, or null where there is none. */
export function textAttribute(where: string, group: Group, name: string): string | null {
  const attribute = group.attrs[name];
  if (!attribute) return null;
  const { size, vlen, total_size } = attribute.metadata;
  if (total_size !== 1 || (!vlen && size > LONGEST_TEXT))
    refuse(where, `attribute ${name}`, 'a text');
  const { value } = attribute;
  if (typeof value === 'string') return value;
  return refuse(where, `attribute ${name}`, 'a text');
}

/** A list of names. Keras cuts one that is too long for an attribute into `name0`, `name1`, … */
export function namesAttribute(where: string, group: Group, name: string): string[] {
  const attributes = group.attrs;
  if (name in attributes) return names(where, attributes[name]!);
  const out: string[] = [];
  for (let i = 0; `${name}${i}` in attributes; i++) {
    out.push(...names(where, attributes[`${name}${i}`]!));
    if (out.length > MOST_NAMES) refuse(where, `attribute ${name}`, `at most ${MOST_NAMES} names`);
  }
  return out;
}

function names(where: string, attribute: Group['attrs'][string]): string[] {
  const { total_size, size, vlen } = attribute.metadata;
  if (total_size === 0) return [];
  if (total_size > MOST_NAMES || (!vlen && total_size * size > LONGEST_TEXT))
    refuse(where, `attribute ${attribute.name}`, `at most ${MOST_NAMES} names`);
  const { value } = attribute;
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value as string[];
  return refuse(where, `attribute ${attribute.name}`, 'a list of names');
}

/** The numbers of a dataset of 32-bit floats, whose shape has to be `shape`; copied to `out`. */
export function readFloats(
  where: string,
  group: Group,
  path: string,
  shape: readonly number[],
  out: Float32Array,
): void {
  const found = group.get(path);
  if (!isDataset(found)) {
    throw new ZifferError(
      'invalid_model',
      `${where}: expected the weights ${path}, which are missing.`,
    );
  }
  const { type, size } = found.metadata;
  const got = found.shape ?? [];
  if (got.join() !== shape.join()) refuse(where, path, `[${shape}]`, `[${got}]`);
  // 1 is HDF5's class of floats.
  if (type !== 1 || size !== 4) refuse(where, path, '32-bit floats', `type ${found.dtype}`);
  const { value } = found;
  if (!(value instanceof Float32Array) || value.length !== out.length) {
    refuse(where, path, `${out.length} floats`);
  }
  out.set(value as Float32Array);
}

/** A whole number of at least 0. */
export function readInteger(where: string, group: Group, path: string): number {
  const found = group.get(path);
  if (isDataset(found) && found.metadata.total_size === 1 && found.metadata.size <= 8) {
    const value = Number(found.value);
    if (Number.isSafeInteger(value) && value >= 0) return value;
  }
  return refuse(where, path, 'a whole number of at least 0');
}

function isDataset(found: unknown): found is Dataset {
  return typeof found === 'object' && found !== null && 'dtype' in found;
}

function refuse(where: string, what: string, expected: string, got = 'something else'): never {
  throw new ZifferError('invalid_model', `${where}: ${what}: expected ${expected}, got ${got}.`);
}
