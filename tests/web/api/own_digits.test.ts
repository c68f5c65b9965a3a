// Data sets of one's own: drawn digits, pictures, and several sets as one.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { concat } from '../../../web/api/calls.ts';
import { loadIdx } from '../../../web/api/checked_calls.ts';
import { fromPictures, fromStrokes, normalizeStrokes } from '../../../web/api/checked_files.ts';
import { presets } from '../../../web/api/presets.ts';
import { Threads } from '../../support/page_harness.ts';
import { ONE, SEVEN, ZERO } from '../../support/strokes.ts';
import { idx, stripes } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 1,
  canStartWorkers: () => true,
}));
beforeEach(() => {
  threads = new Threads();
});
afterEach(() => threads.end());

const digits = [
  { label: 1, strokes: ONE, writer: 'a' },
  { label: 7, strokes: SEVEN, writer: 'a' },
  { label: 0, strokes: ZERO, writer: 'b', penWidth: 3.6 },
];

function striped(count: number) {
  const { images, labels } = stripes(count);
  return loadIdx(new Blob([idx(images, count, 28, 28) as BlobPart]), idx(labels, count), {
    classes: 10,
  });
}

it('makes of each digit what normalizeStrokes makes of it, in its order', async () => {
  const data = await fromStrokes(digits, { penWidth: 2 });
  expect([data.count, data.shape, data.classes]).toEqual([3, [28, 28, 1], 10]);
  expect([...(await data.labels())]).toEqual([1, 7, 0]);
  for (const [i, { strokes, penWidth = 2 }] of digits.entries()) {
    const { image } = await normalizeStrokes(strokes, { penWidth });
    expect(await data.image(i)).toEqual(image);
  }
  data.dispose();
});

it.each([
  [[{ label: 10, strokes: ONE }], 'invalid_argument'],
  [[{ label: 1.5, strokes: ONE }], 'invalid_argument'],
  [[{ label: '1', strokes: ONE }], 'invalid_argument'],
  [[{ strokes: ONE }], 'invalid_argument'],
  [[{ label: 1 }], 'invalid_argument'],
  [[{ label: 1, strokes: [] }], 'invalid_argument'],
  [[{ label: 1, strokes: [[]] }], 'invalid_argument'],
  [[{ label: 1, strokes: [[[0, '1']]] }], 'ink_invalid'],
  [[{ label: 1, strokes: [[[0, Number.NaN]]] }], 'ink_invalid'],
  [[{ label: 1, strokes: ONE, penWidth: 'thick' }], 'invalid_argument'],
  [[{ label: 1, strokes: ONE, penWidth: 20 }], 'ink_invalid'],
  [[null], 'invalid_argument'],
  [[], 'invalid_argument'],
  [{ label: 1, strokes: ONE }, 'invalid_argument'],
])('refuses what is no drawn digit: %j', async (given, code) => {
  await expect(fromStrokes(given as never)).rejects.toMatchObject({ code });
});

it.each([
  [[new File([], 'anna.png')], 'invalid_argument'],
  [[new File([], '17.png')], 'invalid_argument'],
  [[{ label: 3, picture: 'three.png' }], 'invalid_argument'],
  [['three.png'], 'invalid_argument'],
  [[], 'invalid_argument'],
  [3, 'invalid_argument'],
])('refuses pictures without a digit to their name: %j', async (given, code) => {
  await expect(fromPictures(given as never)).rejects.toMatchObject({ code });
});

it('joins sets in their order, also when the parts are disposed, and trains on the whole', async () => {
  const [own, more] = [await fromStrokes(digits), await striped(40)];
  const whole = concat(own, more, own);
  expect([whole.count, whole.shape, whole.classes]).toEqual([46, [28, 28, 1], 10]);
  const labels = [...(await own.labels()), ...(await more.labels()), ...(await own.labels())];
  const images = [await own.image(2), await more.image(39), await own.image(0)];
  own.dispose();
  more.dispose();
  expect([...(await whole.labels())]).toEqual(labels);
  expect([await whole.image(2), await whole.image(42), await whole.image(43)]).toEqual(images);
  const model = presets['softmax-regression']();
  const { history } = await model.fit(whole, { epochs: 1, batchSize: 16 });
  expect(history.loss).toHaveLength(1);
  model.dispose();
  whole.dispose();
});

it('joins sets of sets, and comes back after the worker was lost', async () => {
  const own = await fromStrokes(digits);
  const whole = concat(concat(own, own), own);
  expect([...(await whole.labels())]).toEqual([1, 7, 0, 1, 7, 0, 1, 7, 0]);
  await threads.end();
  threads = new Threads();
  await expect.poll(() => whole.labels().catch(() => null)).toHaveLength(9);
  for (const set of [own, whole]) set.dispose();
});

it('joins only sets of one shape that are there', async () => {
  const own = await fromStrokes(digits);
  const small = await loadIdx(idx(new Uint8Array(2 * 16), 2, 4, 4), idx(new Uint8Array(2), 2));
  const because = (code: string) => expect.objectContaining({ code });
  expect(() => concat(own, small)).toThrow(because('shape_mismatch'));
  expect(() => concat()).toThrow(because('invalid_argument'));
  expect(() => concat(own, null as never)).toThrow(because('invalid_argument'));
  small.dispose();
  expect(() => concat(small, small)).toThrow(because('disposed'));
  own.dispose();
});
