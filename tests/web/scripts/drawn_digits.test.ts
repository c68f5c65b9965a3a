// Drawn digits to train and to measure with: the mixture of hands, and what is said of how they are read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { mixture, readStrokes, strokeFiles } from '../../../scripts/drawn_digits.mjs';
import { summary } from '../../../scripts/stroke_accuracy.mjs';
import { randomFrom, variantOf } from '../../../scripts/stroke_variants.mjs';
import { ONE, SEVEN, ZERO } from '../../support/strokes.ts';

const folder = mkdtempSync(`${tmpdir()}/ziffer-strokes-`);
afterAll(() => rmSync(folder, { recursive: true }));

const drawings = [...Array(10).keys()].map((label) => ({
  label,
  strokes: ([ZERO, ONE, SEVEN] as const)[label % 3]!,
}));
const by = (writer: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...drawings[i % 10]!, writer, of: writer }));

describe('the mixture', () => {
  const few = by('few', 4);
  const many = by('many', 16);

  it('has as many digits as asked for, each as it was drawn first, and the same with the same seed', () => {
    for (const count of [20, 21, 97, 1000]) {
      const mixed = mixture([...few, ...many], count, 1);
      expect(mixed).toHaveLength(count);
      expect(mixed).toEqual(mixture([...few, ...many], count, 1));
    }
    const mixed = mixture([...few, ...many], 600, 1);
    for (const { label, strokes } of [...few, ...many]) {
      expect(mixed).toContainEqual({ label, strokes });
    }
    expect(mixed).not.toEqual(mixture([...few, ...many], 600, 2));
  });

  it('has a writer with four times the digits twice as often', () => {
    const one = mixture(
      [...by('few', 4).map((d) => ({ ...d, label: 1 })), ...many.map((d) => ({ ...d, label: 2 }))],
      600,
      1,
    );
    expect(one.filter(({ label }) => label === 1)).toHaveLength(200);
  });
});

it.each(drawings)(
  'a variant of $label is finite, drawable and about as large as the digit',
  (digit) => {
    const random = randomFrom(7);
    for (let i = 0; i < 200; i++) {
      const { strokes, penWidth } = variantOf(digit, random);
      expect(penWidth).toBeGreaterThan(1);
      expect(penWidth).toBeLessThan(5);
      const numbers = strokes.flat(2);
      expect(numbers.length).toBeGreaterThan(3);
      expect(numbers.every((x: number) => Math.abs(x) < 2)).toBe(true);
    }
  },
);

it('draws variants of dots and of empty strokes', () => {
  const strokes = [[[3, 4]], []];
  for (let label = 0; label < 10; label++) {
    expect(
      variantOf({ label, strokes }, randomFrom(label)).strokes.flat(2).every(Number.isFinite),
    ).toBe(true);
  }
});

it('counts what is read by digit, by writer, and of the worst tenth of the writers', () => {
  const digits = Array.from({ length: 40 }, (_, i) => ({ label: i % 2, writer: `w${i >> 1}` }));
  const outputs = new Float32Array(400);
  // Writers 0 and 1 have their ones read as sevens; everything is told with certainty.
  digits.forEach(({ label }, i) => {
    outputs[10 * i + (i === 1 || i === 3 ? 7 : label)] = 1;
  });
  const found = summary(digits, outputs);
  expect(found).toMatchObject({
    drawings: 40,
    accuracy: 0.95,
    writers: 20,
    worstTenth: 0.5,
    ece: 0.05,
  });
  expect(found.digits.slice(0, 3)).toEqual([1, 0.9, null]);
  expect(found.byWriter).toMatchObject({ w0: 0.5, w2: 1 });
});

it('takes files one by one, with commas, or after each other', () => {
  expect(strokeFiles({ strokes: ['a', 'b,c'] }, ['d'])).toEqual(['a', 'b', 'c', 'd']);
  expect(strokeFiles({}, [])).toEqual([]);
  expect(() => strokeFiles({}, ['a'])).toThrow('--strokes');
});

it.each(['', '{}', '[{}]', '[{"label": 10, "strokes": []}]', '[{"label": 1}]', '[null]'])(
  'says what is wrong with a file of %s',
  (text) => {
    writeFileSync(`${folder}/x.json`, text);
    expect(() => readStrokes(`${folder}/x.json`)).toThrow('x.json');
    expect(() => readStrokes(`${folder}/none.json`)).toThrow('none.json');
  },
);
