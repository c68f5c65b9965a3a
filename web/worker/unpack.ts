// Files of a data set as they come over the wire: packed or not, whole or not.
import { gunzip } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';

/**
 * Gzip is unpacked; anything else is left as it is, since some servers unpack on the way.
 * `expected`: the packed length, if known. Errors: `data_corrupt`.
 */
export async function unpack(
  bytes: Uint8Array,
  name: string,
  expected?: number,
): Promise<Uint8Array> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    if (expected === undefined || bytes.length === expected) return gunzip(bytes, name);
    const message = `${name}: expected ${expected} bytes, got ${bytes.length}. It was cut off or changed on the way; load it again.`;
    throw new ZifferError('data_corrupt', message);
  }
  if (bytes[0] === 0x3c) {
    const message = `${name}: expected IDX data, got HTML or XML. The server answers a missing file with a page; check the address.`;
    throw new ZifferError('data_corrupt', message);
  }
  if (bytes[0] === 0 && bytes[1] === 0) return bytes;
  const start = [...bytes.subarray(0, 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
  const message = `${name}: expected gzip or IDX data, got ${bytes.length} bytes that begin with "${start}".`;
  throw new ZifferError('data_corrupt', message);
}
