// Top-k accuracy: how many digits have their true class among the k that the network thinks likeliest.
import type { Dataset, Sequential } from '../../api/index.ts';
import { probabilitiesOf } from './outputs.ts';

const CHUNK = 1000;
const SIZE = 784;

export interface Guesses {
  readonly right: readonly number[];
  readonly surest: Float32Array;
}

/** 0-based place of the true class among the probabilities; equal ones share the better place. */
export function rankOf(truth: number, probabilities: ArrayLike<number>, offset = 0, classes = 10) {
  const own = probabilities[offset + truth] ?? 0;
  let rank = 0;
  for (let k = 0; k < classes; k++) if ((probabilities[offset + k] ?? 0) > own) rank++;
  return rank;
}

/** How many pictures are right within the first 1, 2, … `k` guesses, and how probable each one's first guess is. A thousand at a time, so that the page stays light. */
export async function topK(
  model: Sequential,
  test: Dataset,
  k: number,
  wanted: () => boolean,
): Promise<Guesses | null> {
  const labels = await test.labels();
  const right: number[] = new Array(k).fill(0);
  const surest = new Float32Array(test.count);
  for (let at = 0; at < test.count; at += CHUNK) {
    const count = Math.min(CHUNK, test.count - at);
    const images = await test.images(Uint32Array.from({ length: count }, (_, i) => at + i));
    if (!wanted()) return null;
    const probabilities = await probabilitiesOf(model, images.subarray(0, count * SIZE), count);
    if (!wanted()) return null;
    const { classes } = model;
    for (let i = 0; i < count; i++) {
      const rank = rankOf(labels[at + i] ?? 0, probabilities, i * classes, classes);
      const row = probabilities.subarray(i * classes, (i + 1) * classes);
      surest[at + i] = row.reduce((most, p) => Math.max(most, p), 0);
      for (let place = rank; place < k; place++) right[place] = (right[place] ?? 0) + 1;
    }
  }
  return { right, surest };
}
