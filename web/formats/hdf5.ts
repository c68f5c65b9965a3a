// HDF5 files in memory, through h5wasm. The library comes with the first import of this module and needs no eval. What is read is checked
// for kind, type and shape before its values are fetched: a file can claim any size.
import h5wasm, { type Dataset, FS, type Group, type File as Hdf5File } from 'h5wasm';
import { ZifferError } from '../api/index.ts';

/** Of an attribute with text, in bytes. */
const LONGEST_TEXT = 2 ** 22;
const MOST_NAMES = 4096;

let serial = 0;

/** The bytes of a file that `write` fills. */
export async function writeHdf5(write: (file: Hdf5File) => void): Promise<Uint8Array> {
  return inMemory(null, (path) => {
    const file = new h5wasm.File(path, 'w');
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
  return inMemory(bytes, (path) => {
    let file: Hdf5File | null = null;
    try {
      file = new h5wasm.File(path, 'r');
      return read(file);
    } catch (cause) {
      if (cause instanceof ZifferError) throw cause;
      const message = `${name}: the HDF5 file is damaged or cut off.`;
      throw new ZifferError('invalid_model', message, { cause });
    } finally {
      file?.close();
    }
  });
}

async function inMemory<T>(bytes: Uint8Array | null, use: (path: string) => T): Promise<T> {
  // Errors are thrown; else the library prints them and goes on with an invalid handle.
  (await h5wasm.ready).activate_throwing_error_handler();
  const path = `/${serial++}.h5`;
  if (bytes) FS!.writeFile(path, bytes);
  try {
    return use(path);
  } finally {
    if (FS!.analyzePath(path, false).exists) FS!.unlink(path);
  }
}

export function groupAt(where: string, group: Group, path: string): Group {
  const found = group.get(path);
  if (found instanceof h5wasm.Group) return found;
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
  const { total_size } = attribute.metadata;
  if (total_size === 0) return [];
  if (total_size > MOST_NAMES)
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
  if (!(found instanceof h5wasm.Dataset)) {
    throw new ZifferError(
      'invalid_model',
      `${where}: expected the weights ${path}, which are missing.`,
    );
  }
  const dataset = found as Dataset;
  const { type, size } = dataset.metadata;
  const got = dataset.shape ?? [];
  if (got.join() !== shape.join()) refuse(where, path, `[${shape}]`, `[${got}]`);
  // 1 is HDF5's class of floats.
  if (type !== 1 || size !== 4) refuse(where, path, '32-bit floats', `type ${dataset.dtype}`);
  const { value } = dataset;
  if (!(value instanceof Float32Array) || value.length !== out.length) {
    refuse(where, path, `${out.length} floats`);
  }
  out.set(value as Float32Array);
}

/** A whole number of at least 0. */
export function readInteger(where: string, group: Group, path: string): number {
  const found = group.get(path);
  if (found instanceof h5wasm.Dataset && found.metadata.total_size === 1) {
    const value = Number(found.value);
    if (Number.isSafeInteger(value) && value >= 0) return value;
  }
  return refuse(where, path, 'a whole number of at least 0');
}

function refuse(where: string, what: string, expected: string, got = 'something else'): never {
  throw new ZifferError('invalid_model', `${where}: ${what}: expected ${expected}, got ${got}.`);
}
