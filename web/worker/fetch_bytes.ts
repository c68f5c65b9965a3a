// Bytes over the wire, counted as they come, and unpacked where they are gzip.
import { gunzip, open } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';

/** The body of a URL; `onBytes` hears the length of each part as it arrives. */
export async function fetchBytes(
  url: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const response = await open(url, signal);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      length += part.value.length;
      onBytes(part.value.length);
    }
  } catch (cause) {
    if (signal.aborted)
      throw new ZifferError('aborted', `${url}: the load was aborted.`, { cause });
    const message = `${url}: the connection broke after ${length} bytes. Try again.`;
    throw new ZifferError('data_unreachable', message, { cause });
  }
  return joined(parts, length);
}

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

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
