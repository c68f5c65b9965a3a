// One's own digits: kept small, asked for evenly, read back from files, and scored by writer.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LEARNED_PENS } from '../../../web/elements/draw/pens.ts';
import {
  digitsText,
  readDigits,
  worthKeeping,
} from '../../../web/elements/experiment/digit_file.ts';
import { ASKED, OwnDigits } from '../../../web/elements/experiment/own_digits.ts';
import { scores } from '../../../web/elements/experiment/own_test.ts';
import { ONE, SEVEN, ZERO } from '../../support/strokes.ts';

/** As a pointer gives them: a point at every pixel or so. */
const dense = (strokes: readonly (readonly (readonly [number, number])[])[]) =>
  strokes.map((stroke) =>
    stroke.slice(1).flatMap(([x, y], i) => {
      const [ax, ay] = stroke[i]!;
      return Array.from({ length: 20 }, (_, k) => {
        const t = (k + 1) / 20;
        return [280 * (ax + (x - ax) * t), 280 * (ay + (y - ay) * t)] as const;
      });
    }),
  );
const ten = Array.from({ length: 10 }, (_, label) => ({
  label,
  strokes: dense([ZERO, ONE, SEVEN][label % 3]!),
}));
const file = (name: string, text: string) => new File([text], name);

describe('a file of digits', () => {
  it('has about 2 KB for ten digits of many points', () => {
    const text = digitsText(ten.map(({ label, strokes }) => worthKeeping(label, strokes)));
    expect(text.length).toBeLessThan(3000);
    expect(JSON.parse(text)).toHaveLength(10);
  });

  it('is read back to the same digits, with its name where nobody is named', async () => {
    const digits = ten.map(({ label, strokes }) =>
      worthKeeping(label, strokes, label < 5 ? 'Ada' : ''),
    );
    const read = await readDigits(file('Emmy.json', digitsText(digits)));
    expect(read.map(({ writer }) => writer)).toEqual([
      ...Array(5).fill('Ada'),
      ...Array(5).fill('Emmy'),
    ]);
    expect(read.map(({ strokes }) => strokes)).toEqual(digits.map(({ strokes }) => strokes));
    expect(await readDigits(file('again.json', digitsText(read)))).toEqual(read);
  });

  it('keeps dots, pressure and corners', () => {
    const { strokes } = worthKeeping(4, [
      [
        [0.5, 0, 0.25],
        [50, 0, 0.5],
        [100, 0, 0.5],
        [100, 50, 0.5],
        [100, 100, 0.123456],
      ],
      [[50, 50]],
    ]);
    expect(strokes.map((stroke) => stroke.length)).toEqual([3, 1]);
    expect(strokes[0]!.map(([, , pressure]) => pressure)).toEqual([0.25, 0.5, 0.12]);
  });

  it.each([
    '',
    '{}',
    '[{}]',
    '[{"label":10,"strokes":[[[0,0]]]}]',
    '[{"label":1,"strokes":[]}]',
    '[{"label":1,"strokes":[[]]}]',
    '[{"label":1,"strokes":[[[0,null]]]}]',
    '[null]',
  ])('is refused by name where it holds something else: %s', async (text) => {
    await expect(readDigits(file('x.json', text))).rejects.toMatchObject({
      code: 'data_corrupt',
      message: expect.stringContaining('x.json'),
    });
  });
});

describe('the kept digits', () => {
  let told: ReturnType<typeof vi.fn>;
  let own: OwnDigits;
  beforeEach(() => {
    told = vi.fn();
    own = new OwnDigits(told);
  });

  it('tell the page how many there are of each', () => {
    own.add(7, dense(SEVEN));
    own.add(1, dense(ONE));
    expect(told).toHaveBeenLastCalledWith({ count: 2, byLabel: [0, 1, 0, 0, 0, 0, 0, 1, 0, 0] });
    own.remove(own.list[0]!);
    expect(told).toHaveBeenLastCalledWith({ count: 1, byLabel: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0] });
    own.clear();
    expect(told).toHaveBeenLastCalledWith({ count: 0, byLabel: Array(10).fill(0) });
  });

  it('are asked for until there are ten of each, never the same digit twice running', () => {
    own.ask();
    const asked: number[] = [];
    while (own.asked !== null) {
      expect(own.asked).not.toBe(asked.at(-1));
      asked.push(own.asked);
      own.add(own.asked, [
        [
          [0, 0],
          [asked.length, 50 + asked.length],
        ],
      ]);
      own.ask();
      if (asked.length > 200) break;
    }
    expect(Math.min(...own.byLabel)).toBeGreaterThanOrEqual(ASKED);
    expect(asked.length).toBeLessThanOrEqual(10 * ASKED + 10);
  });

  it('take a file twice only once', async () => {
    const text = digitsText(ten.map(({ label, strokes }) => worthKeeping(label, strokes)));
    for (let i = 0; i < 2; i++) own.join(await readDigits(file('a.json', text)));
    expect(own.list).toHaveLength(10);
    own.join(await readDigits(file('b.json', text)));
    expect(own.list).toHaveLength(20);
  });
});

it('scores writers, the worst read first, and all with Wilson’s interval', () => {
  const digits = ['a', 'b', 'a', 'b', 'c'].map((writer, label) => ({ label, writer, strokes: [] }));
  const { right, count, interval, writers } = scores(digits, [0, 1, 9, 3, 9]);
  expect([right, count]).toEqual([3, 5]);
  expect(interval.low).toBeCloseTo(0.2307, 3);
  expect(interval.high).toBeCloseTo(0.8824, 3);
  expect(writers).toEqual([
    { writer: 'c', right: 0, count: 1 },
    { writer: 'a', right: 1, count: 2 },
    { writer: 'b', right: 2, count: 2 },
  ]);
});

it('the page says of exactly those ready-made models that they have learned pens which have', () => {
  const learned = readdirSync('assets/models').filter(
    (preset) =>
      'strokes' in JSON.parse(readFileSync(`assets/models/${preset}/training.json`, 'utf8')),
  );
  expect(learned.sort()).toEqual([...LEARNED_PENS].sort());
});
