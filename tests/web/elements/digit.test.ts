// The digit on the pad, without a page and without a network.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { NormalizedDigit } from '../../../web/api/index.ts';
import { Digit } from '../../../web/elements/experiment/digit.ts';

const normalized = (empty = false) =>
  ({ image: new Uint8Array(784), empty, steps: {} }) as unknown as NormalizedDigit;
const pictures: { resolve(digit: NormalizedDigit): void; reject(error: unknown): void }[] = [];
const counts: number[] = [];

vi.mock('../../../web/api/index.ts', () => ({
  normalizeStrokes: async (strokes: unknown[][]) => {
    counts.push(strokes.reduce((sum, stroke) => sum + stroke.length, 0));
    return normalized();
  },
  normalizePicture: () =>
    new Promise((resolve, reject) => {
      pictures.push({ resolve, reject });
    }),
}));

function digit() {
  const owner = { predicted: vi.fn(), failed: vi.fn(), renewed: vi.fn() };
  return { owner, digit: new Digit(owner) };
}
const settled = () => new Promise((done) => setTimeout(done));

beforeEach(() => {
  pictures.length = 0;
  counts.length = 0;
});

describe('the digit on the pad', () => {
  it('a picture that is read too late leaves a newer drawing alone', async () => {
    const { digit: d, owner } = digit();
    const taken = d.take(new Blob());
    d.beginStroke([1, 2]);
    pictures[0]!.resolve(normalized());
    await taken;
    expect(d.source).toBe('ink');
    expect(d.strokes).toEqual([[[1, 2]]]);
    expect(owner.failed).not.toHaveBeenCalled();
  });

  it('so do one that fails too late, and one after the pad was cleared or another picture chosen', async () => {
    const { digit: d, owner } = digit();
    const first = d.take(new Blob());
    const second = d.take(new Blob());
    pictures[1]!.resolve(normalized());
    await second;
    pictures[0]!.resolve(normalized(true));
    await first;
    expect(d.source).toBe('picture');
    const third = d.take(new Blob());
    d.clear();
    pictures[2]!.reject(new Error('damaged'));
    await third;
    expect(d.source).toBe('none');
    expect(owner.failed).not.toHaveBeenCalled();
  });

  it('a picture without a digit says so until something else comes', async () => {
    const { digit: d } = digit();
    const taken = d.take(new Blob());
    pictures[0]!.resolve(normalized(true));
    await taken;
    expect([d.empty, d.blank]).toEqual([true, true]);
    d.beginStroke([0, 0]);
    expect(d.blank).toBe(false);
  });

  it('what was said of an earlier picture is over with the next stroke or picture', async () => {
    const { digit: d, owner } = digit();
    d.beginStroke([0, 0]);
    owner.renewed.mockClear();
    d.beginStroke([1, 1]);
    expect(owner.renewed).toHaveBeenCalledTimes(1);
    const taken = d.take(new Blob());
    pictures[0]!.resolve(normalized());
    await taken;
    expect(owner.renewed).toHaveBeenCalledTimes(2);
  });

  it('a stroke that is undone while it is drawn does not go on in another one', () => {
    const { digit: d } = digit();
    d.beginStroke([0, 0]);
    const second = d.beginStroke([5, 5]);
    d.undo();
    d.extendStroke(second, [[6, 6]]);
    expect(d.strokes).toEqual([[[0, 0]]]);
    d.clear();
    d.extendStroke(second, [[7, 7]]);
    expect(d.empty).toBe(true);
  });

  it('a dropped stroke is the one that is meant, not the last', () => {
    const { digit: d } = digit();
    const first = d.beginStroke([0, 0]);
    d.beginStroke([5, 5]);
    d.dropStroke(first);
    expect(d.strokes).toEqual([[[5, 5]]]);
  });

  it('drawings of any number of points are taken, and what the core gets is bounded', async () => {
    const { digit: d, owner } = digit();
    const circle = Array.from({ length: 200_000 }, (_, i): [number, number] => [
      Math.cos(i / 1000),
      Math.sin(i / 1000),
    ]);
    d.draw([circle]);
    await settled();
    for (let i = 0; i < 3000; i++) d.beginStroke([i % 280, 5]);
    const stroke = d.beginStroke([0, 0]);
    for (let i = 0; i < 200; i++) d.extendStroke(stroke, circle.slice(0, 1000));
    await settled();
    expect(d.strokes.length).toBeLessThanOrEqual(2000);
    expect(d.strokes.flat().length).toBeLessThanOrEqual(40_000);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40_000);
    expect(stroke.at(-1)).toBe(circle[999]);
    expect(owner.failed).not.toHaveBeenCalled();
  });
});
