// What a last layer's numbers are, and the probabilities that the lab shows of them.
import { expect, it } from 'vitest';
import { layers } from '../../../web/api/index.ts';
import {
  asProbabilities,
  isVerdict,
  outputKind,
} from '../../../web/elements/experiment/outputs.ts';

const ending = (...last: Parameters<typeof outputKind>[0]) =>
  outputKind([layers.flatten(), ...last]);
const dense = (activation?: 'softmax' | 'sigmoid' | 'tanh' | 'relu') =>
  layers.dense({ units: 10, activation });

it('the layers say what the outputs are', () => {
  expect(ending(dense('softmax'))).toBe('probabilities');
  expect(ending(dense(), layers.softmax())).toBe('probabilities');
  expect(ending(dense(), layers.activation({ activation: 'softmax' }))).toBe('probabilities');
  expect(ending(dense('softmax'), layers.dropout({ rate: 0.5 }))).toBe('probabilities');
  expect(ending(dense('sigmoid'))).toBe('separate');
  expect(ending(dense(), layers.activation({ activation: 'sigmoid' }))).toBe('separate');
  for (const other of [undefined, 'tanh', 'relu'] as const)
    expect(ending(dense(other))).toBe('logits');
  expect(ending(dense('softmax'), layers.rescaling({ scale: 2 }))).toBe('logits');
  expect(ending(dense('softmax'), layers.reLU())).toBe('logits');
});

it('logits become probabilities that add up to one, whatever their size, picture by picture', () => {
  const logits = Float32Array.from([137, -113, 136, 1e30, -1e30, 0]);
  const p = asProbabilities('logits', logits, 3);
  expect(p[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  expect(p[0]! + p[1]! + p[2]!).toBeCloseTo(1, 6);
  expect([...p.subarray(3)]).toEqual([1, 0, 0]);
});

it('probabilities and sigmoids are shown as they are', () => {
  const outputs = Float32Array.from([0.9, 0.8]);
  expect(asProbabilities('probabilities', outputs, 2)).toBe(outputs);
  expect(asProbabilities('separate', outputs, 2)).toBe(outputs);
});

it('NaN is no verdict', () => {
  expect(isVerdict(Float32Array.from([0.5, Number.NaN]))).toBe(false);
  expect(isVerdict(asProbabilities('logits', Float32Array.from([1, Number.NaN]), 2))).toBe(false);
  expect(isVerdict(Float32Array.from([0.5, 0.5]))).toBe(true);
});
