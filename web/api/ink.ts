// Drawn and photographed digits → what MNIST's would look like: strokes in the trainer worker, pictures in the one
// that reads files.
import { ZifferError } from '../protocol/errors.ts';
import { readFile } from './file_reader.ts';
import { connect } from './home.ts';
import { place } from './places.ts';
import type {
  NormalizedDigit,
  NormalizePictureOptions,
  NormalizeStrokesOptions,
  StrokePoint,
} from './types.ts';

/** What src/data takes of a picture's file, in bytes. */
const LARGEST_PICTURE = 2 ** 26;

/** See calls.ts. */
export async function normalizeStrokes(
  strokes: readonly (readonly StrokePoint[])[],
  { penWidth, dotSize }: NormalizeStrokesOptions = {},
): Promise<NormalizedDigit> {
  const lengths = Uint32Array.from(strokes, (stroke) => stroke.length);
  const points = new Float32Array(3 * lengths.reduce((sum, n) => sum + n, 0));
  let at = 0;
  for (const [x, y, pressure = 0] of strokes.flat()) {
    points.set([x, y, pressure], at);
    at += 3;
  }
  const options = JSON.stringify({ pen_width: penWidth, dot_size: dotSize });
  return connect().request('ink.strokes', { points, lengths, options });
}

/** See calls.ts. */
export async function normalizePicture(
  picture: Blob,
  { minStroke, signal }: NormalizePictureOptions = {},
): Promise<NormalizedDigit> {
  if (!(picture instanceof Blob)) {
    const message = `normalizePicture: expected a Blob or File, got ${typeof picture}.`;
    throw new ZifferError('invalid_argument', message);
  }
  if (picture.size > LARGEST_PICTURE) {
    const message = `picture: expected at most ${LARGEST_PICTURE} bytes, got ${picture.size}.`;
    throw new ZifferError('picture_too_large', message);
  }
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const job = {
    type: 'picture',
    bytes,
    options: JSON.stringify({ min_stroke: minStroke }),
    glueUrl: place('pictureUrl'),
    wasmUrl: place('pictureWasmUrl'),
  } as const;
  const damaged = (why: string) =>
    new ZifferError(
      'picture_invalid',
      `picture: ${why}. It is damaged; save it anew, or make it smaller.`,
    );
  return (await readFile(job, { damaged, signal })) as NormalizedDigit;
}
