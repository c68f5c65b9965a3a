// Zips from anywhere. Their directory is checked as a whole before anything is unpacked: how many entries, each once, none over
// another's bytes. What an entry unpacks to is bounded by who asks for it, and by what the directory says of it.
import { Inflate } from 'fflate';
import { ZifferError } from '../protocol/errors.ts';

const MOST_ENTRIES = 1024;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** Says that the number stands in the entry's extra field. */
const ELSEWHERE = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** Of packed bytes that are unpacked at a time: at most a thousand times as much comes of them. */
const PORTION = 2 ** 13;

interface Entry {
  path: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where the entry, and where its bytes begin. */
  offset: number;
  data: number;
}

export interface Zip {
  readonly paths: readonly string[];
  /** The entry's bytes, or null where there is none. Errors: `invalid_model`, also where they are more than `most`. */
  read(path: string, most: number): Uint8Array | null;
}

/** Whether it is Keras's own file; a zip of TensorFlow.js has model.json instead. */
export function isKeras({ paths }: Zip): boolean {
  return paths.includes('model.weights.h5') || paths.includes('config.json');
}

/** Errors: `invalid_model`. */
export function openZip(name: string, bytes: Uint8Array): Zip {
  const fail = (what: string): never => {
    throw new ZifferError('invalid_model', `${name}: the zip is damaged or cut off: ${what}.`);
  };
  const entries = directoryOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), fail);
  const read = (path: string, most: number) => {
    const entry = entries.get(path);
    if (!entry) return null;
    if (entry.size > most) fail(`${path} has ${entry.size} bytes, more than ${most}`);
    const out = unpacked(entry, bytes.subarray(entry.data, entry.data + entry.packed), fail);
    if (crc32(out) !== entry.crc) fail(`${path} is not what was packed`);
    return out;
  };
  return { paths: [...entries.keys()], read };
}

type Fail = (what: string) => never;

function directoryOf(view: DataView, fail: Fail): Map<string, Entry> {
  const end = endOf(view, fail);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) fail(`${count} entries, more than ${MOST_ENTRIES}`);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  const start = at;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== CENTRAL) fail('no directory');
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = at + CENTRAL_BYTES + lengths.reduce((sum, n) => sum + n, 0);
    if (next > end) fail('its directory is cut off');
    const entry = entryAt(view, at, fail);
    if (entries.has(entry.path)) fail(`${entry.path} is in it twice`);
    entries.set(entry.path, entry);
    at = next;
  }
  requireApart([...entries.values()], start, fail);
  return entries;
}

/** The record at the end stands before a comment of at most 64 KiB. */
function endOf(view: DataView, fail: Fail): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  return fail('it has no directory');
}

function entryAt(view: DataView, at: number, fail: Fail): Entry {
  const nameBytes = view.getUint16(at + 28, true);
  const own = new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_BYTES, nameBytes);
  const [size, packed, offset] = numbersOf(view, at, at + CENTRAL_BYTES + nameBytes, fail);
  const path = new TextDecoder().decode(own);
  if (offset + LOCAL_BYTES > view.byteLength || view.getUint32(offset, true) !== LOCAL) {
    fail(`${path} is not where the directory says`);
  }
  const [before, extra] = [26, 28].map((field) => view.getUint16(offset + field, true));
  return {
    path,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed,
    size,
    offset,
    data: offset + LOCAL_BYTES + before! + extra!,
  };
}

/** Size, packed size and offset of an entry; in files of the large kind they stand in its extra field. */
function numbersOf(
  view: DataView,
  at: number,
  extra: number,
  fail: Fail,
): [size: number, packed: number, offset: number] {
  const short = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  if (!short.includes(ELSEWHERE)) return short as [number, number, number];
  const end = extra + view.getUint16(at + 30, true);
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    const long = short.map((number) => {
      if (number !== ELSEWHERE) return number;
      if (next + 8 > end) return fail('its directory is cut off');
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    });
    return long as [number, number, number];
  }
  return fail('its directory is cut off');
}

/** No entry's bytes are another's, the directory's, or beyond the file. */
function requireApart(entries: Entry[], directory: number, fail: Fail): void {
  entries.sort((a, b) => a.offset - b.offset);
  for (const [i, { path, data, packed }] of entries.entries()) {
    const next = entries[i + 1]?.offset ?? directory;
    if (data + packed > next) fail(`${path} reaches into what follows it`);
  }
}

function unpacked({ path, flags, method, size }: Entry, packed: Uint8Array, fail: Fail) {
  if (flags & ENCRYPTED) fail(`${path} is encrypted`);
  if (method === STORED) {
    if (packed.length !== size) fail(`${path} has two sizes`);
    return packed;
  }
  if (method !== DEFLATED) fail(`${path} is packed in a way that browsers do not know`);
  return inflated(packed, size, () => fail(`${path} does not unpack to ${size} bytes`));
}

/** Stops as soon as more comes than was said. */
function inflated(packed: Uint8Array, size: number, fail: () => never): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  const stream = new Inflate((part) => {
    if (at + part.length > size) fail();
    out.set(part, at);
    at += part.length;
  });
  try {
    for (let from = 0; from < packed.length; from += PORTION) {
      stream.push(packed.subarray(from, from + PORTION), from + PORTION >= packed.length);
    }
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    fail();
  }
  if (at !== size) fail();
  return out;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}
