// A file, as the functions that load take one.
import { reading } from '../keras/given.ts';
import { refuse, typedArray } from './arguments.ts';
import { absolute } from './places.ts';
import type { FileSource } from './types.ts';

export function requireFile(
  where: string,
  what: string,
  source: unknown,
): asserts source is FileSource {
  reading(where, () => {
    if (source instanceof Blob || source instanceof ArrayBuffer || typedArray(source)) return;
    if (typeof source !== 'string' && !(source instanceof URL)) {
      refuse(where, `${what} as a URL, a Blob or bytes`, source);
    }
    if (String(source).trim() === '') refuse(where, `${what} as a URL`, source);
    try {
      absolute(source);
    } catch {
      refuse(where, `${what} as a URL`, source);
    }
  });
}
