// Data sets of one's own: drawn digits, and pictures of digits.
import { ZifferError } from '../protocol/errors.ts';
import { refuse } from './arguments.ts';
import { loadIdx } from './data.ts';
import { idx } from './idx_file.ts';
import { normalizePicture, normalizeStrokes } from './ink.ts';
import type {
  Dataset,
  DrawnDigit,
  FromPicturesOptions,
  LabelledPicture,
  LoadOptions,
  NormalizedDigit,
  NormalizeStrokesOptions,
} from './types.ts';
import { untilAborted } from './until_aborted.ts';

const SIDE = 28;
const CLASSES = 10;
/** Requests to the worker at once: enough that it never waits, few enough that their strokes fit into memory. */
const AT_ONCE = 256;

/** See calls.ts. */
export async function fromStrokes(
  digits: readonly DrawnDigit[],
  { penWidth, dotSize, ...loading }: NormalizeStrokesOptions & LoadOptions = {},
): Promise<Dataset> {
  const read = ({ strokes, penWidth: own = penWidth }: DrawnDigit) =>
    normalizeStrokes(strokes, { penWidth: own, dotSize });
  const name = (i: number) => `fromStrokes: digit ${i}`;
  return digitsOf('fromStrokes', digits, read, AT_ONCE, name, loading);
}

/** See calls.ts. */
export async function fromPictures(
  pictures: readonly LabelledPicture[],
  { minStroke, ...loading }: FromPicturesOptions = {},
): Promise<Dataset> {
  const { signal } = loading;
  const read = ({ picture }: LabelledPicture) => normalizePicture(picture, { minStroke, signal });
  const name = (i: number) =>
    `fromPictures: ${(pictures[i]!.picture as Partial<File>).name ?? `picture ${i}`}`;
  return digitsOf('fromPictures', pictures, read, 1, name, loading);
}

/** The digits in the network's form, in their order; the first that has no ink is refused by name. */
async function digitsOf<T extends { readonly label: number }>(
  call: string,
  given: readonly T[],
  read: (digit: T) => Promise<NormalizedDigit>,
  atOnce: number,
  name: (index: number) => string,
  loading: LoadOptions,
): Promise<Dataset> {
  if (given.length === 0) refuse(call, 'at least one digit', given);
  const pixels = new Uint8Array(given.length * SIDE * SIDE);
  for (let first = 0; first < given.length; first += atOnce) {
    const some = given.slice(first, first + atOnce);
    const digits = await untilAborted(call, Promise.all(some.map(read)), loading.signal);
    for (const [i, { image, empty }] of digits.entries()) {
      if (empty) throw withoutInk(name(first + i));
      pixels.set(image, (first + i) * SIDE * SIDE);
    }
  }
  const labels = Uint8Array.from(given, ({ label }) => label);
  return loadIdx(idx(pixels, given.length, SIDE, SIDE), idx(labels, given.length), {
    classes: CLASSES,
    ...loading,
  });
}

function withoutInk(where: string): ZifferError {
  const message = `${where}: expected a digit, got no ink. Leave it out.`;
  return new ZifferError('invalid_argument', message);
}
