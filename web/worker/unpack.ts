// Files of a data set as they come over the wire: packed or not, whole or not.
import { gunzip } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';

/** As much as the core takes of images, and a header. */
export const LARGEST_IDX = 2 ** 29 + 20;

/** What is known of a file before: its packed length, and what it has at most when it is unpacked. */
export interface Known {
  packed?: number;
  most?: number;
}

/**
 * Gzip is unpacked, to what its own header says and `most` allows; anything else is left as it is, since some servers unpack on
 * the way. Errors: `data_corrupt`.
 */
export async function unpack(
  bytes: Uint8Array,
  name: string,
  { packed: expected, most = LARGEST_IDX }: Known = {},
): Promise<Uint8Array> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    if (expected === undefined || bytes.length === expected) {
      return gunzip(bytes, name, (head) => Math.min(most, bytesOfIdx(head)));
    }
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

/** What an IDX file has by its first bytes; what is none need not be unpacked further to be refused. */
export function bytesOfIdx(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const rank = head[3] ?? 0;
  const start = 4 + 4 * rank;
  if (head.length < start || head[0] !== 0 || head[1] !== 0) return head.length;
  let size = 1;
  for (let axis = 0; axis < rank; axis++) size *= view.getUint32(4 + 4 * axis);
  return start + size;
}
