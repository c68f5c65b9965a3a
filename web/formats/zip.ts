// Zips from anywhere: what they may unpack to is bounded before anything is unpacked.
import { unzipSync } from 'fflate';
import { ZifferError } from '../api/index.ts';

/** The most that the wanted entries of a zip may unpack to: weights of 64 Mi floats with an optimiser's state, and a configuration. */
const LARGEST = 3 * 2 ** 28 + 2 ** 22;

/** The entries of a zip that `wanted` names. Errors: `invalid_model`. */
export function unzip(
  name: string,
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name: path, originalSize }) => {
        if (!wanted(path)) return false;
        total += originalSize;
        if (total <= LARGEST) return true;
        throw new ZifferError(
          'invalid_model',
          `${name}: it unpacks to more than ${LARGEST} bytes.`,
        );
      },
    });
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    const message = `${name}: the zip is damaged or cut off.`;
    throw new ZifferError('invalid_model', message, { cause });
  }
}
