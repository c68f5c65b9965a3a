// Numbers as people type them, and as spreadsheets read them, in each language.
import { expect, it } from 'vitest';
import { csv } from '../../../web/elements/kit/csv.ts';
import { localeFor } from '../../../web/locales/index.ts';

const f = (tag: string) => localeFor(tag).f;

it.each([
  ['en', '1,000', 1000],
  ['en', '60,000', 60_000],
  ['en', '0.5', 0.5],
  ['en', '.5', 0.5],
  ['en', '0,5', 0.5],
  ['en', '-3', -3],
  ['en', '−3', -3],
  ['en', '1e-3', 0.001],
  ['en', '10 000', 10_000],
  ['de', '1.000', 1000],
  ['de', '60.000', 60_000],
  ['de', '0,5', 0.5],
  ['de', '0.001', 0.001],
  ['de', '1.5', 1.5],
  ['de', '1.234,5', 1234.5],
  ['de-CH', '1’000', 1000],
  ['en-IN', '1,00,000', 100_000],
])('%s: "%s" is %d', (tag, text, value) => {
  expect(f(tag).parse(text)).toBe(value);
});

it.each([
  ['en', '1,000,0'],
  ['en', '1.2.3'],
  ['en', ',5,'],
  ['en', ''],
  ['en', '.'],
  ['en', '-'],
  ['en', '-,.5'],
  ['en', '0x10'],
  ['en', 'Infinity'],
  ['de', '1.00.000'],
  ['de', '1,2,3'],
  ['de', '1,234.5'],
])('%s: "%s" is no number', (tag, text) => {
  const value = f(tag).parse(text);
  expect(value).toBeNaN();
});

it('a whole number that could be a thousand or one is neither', () => {
  expect(f('en').parse('1.000', true)).toBeNaN();
  expect(f('de').parse('1,000', true)).toBeNaN();
  expect(f('en').parse('1,000', true)).toBe(1000);
  expect(f('de').parse('1.000', true)).toBe(1000);
});

it('what plain() writes is read back', () => {
  for (const tag of ['en', 'de', 'de-CH'])
    for (const n of [0, 1e-6, 0.001, 0.999999, 42, 4_294_967_295, 1e6])
      expect(f(tag).parse(f(tag).plain(n), Number.isInteger(n))).toBe(n);
});

it('a table has the columns and decimal signs of the language, and no cell is a formula', () => {
  const table = [
    ['epoch', 'loss'],
    [1, 0.25],
    [2, undefined],
    ['=1+1', 'a"b;c'],
    ['Größe', -1],
  ];
  expect(csv(table.slice(0, 3), f('en'))).toBe('epoch,loss\n1,0.25\n2,\n');
  expect(csv(table.slice(0, 3), f('de'))).toBe('epoch;loss\n1;0,25\n2;\n');
  expect(csv(table.slice(3), f('de'))).toBe('\ufeff\'=1+1;"a""b;c"\nGröße;-1\n');
});
