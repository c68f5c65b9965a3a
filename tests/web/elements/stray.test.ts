// A stray tap beside a digit is told from its strokes; what belongs to the digit stays.
import { expect, it } from 'vitest';
import { meantStrokes } from '../../../web/elements/experiment/stray.ts';
import { ONE, SEVEN, ZERO } from '../../support/strokes.ts';

type Strokes = readonly (readonly (readonly [number, number])[])[];
const tap = (x: number, y: number) => [[x, y] as const, [x + 0.01, y + 0.01] as const];

it.each([
  ['one', ONE],
  ['seven', SEVEN],
  ['zero', ZERO],
])('a tap away from a %s is stray, wherever it comes in the order', (_, digit: Strokes) => {
  for (const stray of [tap(0.02, 0.95), tap(0.97, 0.03), [[0.95, 0.95] as const]]) {
    expect(meantStrokes([...digit, stray])).toEqual(digit);
    expect(meantStrokes([stray, ...digit, tap(0.01, 0.5)])).toEqual(digit);
  }
});

it('a short stroke at the digit belongs to it, and a long one away from it, too', () => {
  for (const more of [
    tap(0.55, 0.16),
    tap(0.5, 0.52),
    [
      [0.1, 0.2],
      [0.1, 0.4],
    ] as const,
  ]) {
    expect(meantStrokes([...ONE, more])).toEqual([...ONE, more]);
  }
});

it('leaves what is all there is: a dot, dots, nothing', () => {
  for (const strokes of [[], [[]], [[[0.5, 0.5]]], [[[0.1, 0.1]], [[0.9, 0.9]]]] as Strokes[]) {
    expect(meantStrokes(strokes)).toEqual(strokes);
  }
});

it('takes a scribble of any number of strokes as it is, and long strokes of any number of points in time', () => {
  const scribble = Array.from({ length: 2000 }, (_, i) => tap(i % 50, i / 50));
  expect(meantStrokes(scribble)).toEqual(scribble);
  const long = Array.from({ length: 40_000 }, (_, i) => [i % 280, (i * 7) % 280] as const);
  const taps = Array.from({ length: 39 }, () => Array(500).fill([900, 900]) as [number, number][]);
  expect(meantStrokes([long, ...taps])).toEqual([long]);
});
