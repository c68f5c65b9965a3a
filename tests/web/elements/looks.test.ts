// The arithmetic behind top-k accuracy and the occlusion map.
import { expect, it } from 'vitest';
import { covered, occlusionFrom } from '../../../web/elements/experiment/occlusion.ts';
import { rankOf } from '../../../web/elements/experiment/top_k.ts';

it('the rank is how many classes are likelier than the true one', () => {
  const p = [0, 0, 0.1, 0.7, 0.2];
  expect([3, 4, 2, 0].map((truth) => rankOf(truth, p, 0, 5))).toEqual([0, 1, 2, 3]);
  expect(rankOf(0, [9, 9, 0.2, 0.8], 2, 2)).toBe(1);
});

it('the patch covers 5 × 5 pixels at every second place', () => {
  const pictures = covered(new Uint8Array(784).fill(255));
  expect(pictures.length / 784).toBe(1 + 12 * 12);
  const paper = (n: number) =>
    [...pictures.subarray(n * 784, (n + 1) * 784).entries()]
      .filter(([, value]) => value === 0)
      .map(([i]) => [Math.floor(i / 28), i % 28]);
  expect(paper(0)).toEqual([]);
  expect(paper(1)).toHaveLength(25);
  expect([paper(1)[0], paper(1).at(-1)]).toEqual([
    [0, 0],
    [4, 4],
  ]);
  expect([paper(14)[0], paper(14).at(-1)]).toEqual([
    [2, 2],
    [6, 6],
  ]);
  expect(paper(144).at(-1)).toEqual([26, 26]);
});

it('a pixel has the mean drop over the patches that cover it', () => {
  const probabilities = new Float32Array(145).fill(0.9);
  probabilities[1] = 0.5;
  const { drops, whole, lowest } = occlusionFrom(probabilities, 3);
  expect(drops[0]).toBeCloseTo(0.4);
  // Covered by the first patch and the one two pixels to its right.
  expect(drops[2]).toBeCloseTo(0.2);
  expect(drops[10]).toBeCloseTo(0);
  expect(drops[783]).toBe(0);
  expect(whole).toBeCloseTo(0.9);
  expect(lowest).toBeCloseTo(0.5);
});
