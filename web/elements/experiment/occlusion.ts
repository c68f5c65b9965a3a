// Occlusion map: how much less probable the digit becomes where a patch of paper covers it (Zeiler and Fergus, 2014).
import type { Sequential } from '../../api/index.ts';
import { probabilitiesOf } from './outputs.ts';

export const PATCH = 5;
const STRIDE = 2;
const SIDE = 28;
const SIZE = SIDE * SIDE;
const STEPS = Math.floor((SIDE - PATCH) / STRIDE) + 1;

export interface Occlusion {
  readonly digit: number;
  /** 28 × 28: the mean drop of the digit's probability over the patches that cover the pixel; below 0 it rises. */
  readonly drops: Float32Array;
  /** The digit's probability with nothing covered, and under the worst patch. */
  readonly whole: number;
  readonly lowest: number;
}

/** The digit as it is, then with the patch at every place, one after another. */
export function covered(image: Uint8Array): Uint8Array {
  const out = new Uint8Array((1 + STEPS * STEPS) * SIZE);
  for (let at = 0; at < out.length; at += SIZE) out.set(image, at);
  for (let n = 0; n < STEPS * STEPS; n++) {
    const [top, left] = place(n);
    for (let row = top; row < top + PATCH; row++) {
      const from = (1 + n) * SIZE + row * SIDE + left;
      out.fill(0, from, from + PATCH);
    }
  }
  return out;
}

export async function occlude(model: Sequential, image: Uint8Array, digit: number) {
  const images = covered(image);
  const count = images.length / SIZE;
  const probabilities = await probabilitiesOf(model, images, count);
  const of = Float32Array.from(
    { length: count },
    (_, i) => probabilities[i * model.classes + digit] ?? 0,
  );
  return occlusionFrom(of, digit);
}

/** From the digit's probability for each of the pictures of `covered`. */
export function occlusionFrom(probabilities: Float32Array, digit: number): Occlusion {
  const [whole = 0, ...rest] = probabilities;
  const sums = new Float32Array(SIZE);
  const counts = new Uint8Array(SIZE);
  rest.forEach((p, n) => {
    const [top, left] = place(n);
    for (let row = top; row < top + PATCH; row++) {
      for (let column = left; column < left + PATCH; column++) {
        const i = row * SIDE + column;
        sums[i] = (sums[i] ?? 0) + whole - p;
        counts[i] = (counts[i] ?? 0) + 1;
      }
    }
  });
  const drops = sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 1));
  return { digit, drops, whole, lowest: Math.min(whole, ...rest) };
}

function place(n: number): readonly [top: number, left: number] {
  return [Math.floor(n / STEPS) * STRIDE, (n % STEPS) * STRIDE];
}
