// Drawn and photographed digits → what MNIST's would look like; computed in the trainer worker.
import { ZifferError } from '../protocol/errors.ts';
import { connect } from './home.ts';
import { place } from './places.ts';
import type {
  NormalizedDigit,
  NormalizePictureOptions,
  NormalizeStrokesOptions,
  StrokePoint,
} from './types.ts';

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
  { minStroke }: NormalizePictureOptions = {},
): Promise<NormalizedDigit> {
  if (!(picture instanceof Blob)) {
    const message = `normalizePicture: expected a Blob or File, got ${typeof picture}.`;
    throw new ZifferError('invalid_argument', message);
  }
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const options = JSON.stringify({ min_stroke: minStroke });
  const glueUrl = place('pictureUrl');
  const wasmUrl = place('pictureWasmUrl');
  const transfer = [bytes.buffer];
  return connect().request('ink.picture', { glueUrl, wasmUrl, bytes, options }, { transfer });
}
