// The data of a lab, when nobody waits for them any more and when the lab has gone.
import { afterEach, expect, it, vi } from 'vitest';
import type { LoadMnistOptions } from '../../../web/api/index.ts';
import { LabData, nameOf } from '../../../web/elements/experiment/data_sets.ts';

const { loadMnist, loadIdxSets } = vi.hoisted(() => ({ loadMnist: vi.fn(), loadIdxSets: vi.fn() }));
vi.mock('../../../web/api/index.ts', async (original) => ({
  ...(await original<object>()),
  loadMnist,
  loadIdxSets,
}));
afterEach(() => void loadMnist.mockReset());

/** Loads that never end but by their signals. */
function silent(): AbortSignal[] {
  const signals: AbortSignal[] = [];
  loadMnist.mockImplementation(({ signal }: LoadMnistOptions) => {
    signals.push(signal!);
    return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error())));
  });
  return signals;
}

it('a load is given up when the last who waits for it has gone, and the next call asks anew', async () => {
  const signals = silent();
  const data = new LabData();
  const [one, two] = [new AbortController(), new AbortController()];
  const gets = [data.get(100, one.signal), data.test(two.signal)];
  one.abort();
  await expect(gets[0]).rejects.toMatchObject({ code: 'aborted' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  two.abort();
  await expect(gets[1]).rejects.toMatchObject({ code: 'aborted' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  data.get(100).catch(() => {});
  expect(signals).toHaveLength(2);
});

it('a lab that has gone loads nothing, whoever asks', async () => {
  const signals = silent();
  const data = new LabData();
  const waiting = data.get(100);
  data.end();
  await expect(waiting).rejects.toThrow();
  await expect(data.get(100)).rejects.toMatchObject({ code: 'disposed' });
  await expect(data.test()).rejects.toMatchObject({ code: 'disposed' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('data are called by the end of their address, four files by the folder that they share', () => {
  const four = (folder: string) => ({
    trainImages: `${folder}train-images.gz`,
    trainLabels: `${folder}train-labels.gz`,
    testImages: `${folder}test-images.gz`,
    testLabels: `${folder}test-labels.gz`,
  });
  expect(nameOf('fashion/')).toBe('fashion/');
  expect(nameOf(four('https://a.example/fashion/'))).toBe('https://a.example/fashion/');
  expect(nameOf(four(''))).toBe('train-images.gz');
  expect(nameOf({ ...four('a/'), testLabels: 'b/labels.gz' })).toBe('a/train-images.gz');
  const long = `https://a.example/${'deep/'.repeat(40)}fashion/`;
  for (const address of [long, `data:application/gzip;base64,${'A'.repeat(999)}`]) {
    expect(nameOf(address).length).toBeLessThanOrEqual(48);
  }
  expect(nameOf(long)).toMatch(/^….*fashion\/$/);
});

it('how many pictures there are is known of MNIST, and of other data once they are here', async () => {
  const data = new LabData();
  expect([data.total, data.testTotal, data.name]).toEqual([60_000, 10_000, null]);
  expect(data.from('fashion/')).toBe(true);
  expect([data.total, data.testTotal, data.name]).toEqual([null, null, 'fashion/']);
  const set = (count: number) => ({
    count,
    shape: [28, 28, 1],
    ready: Promise.resolve(),
    dispose() {},
  });
  loadIdxSets.mockResolvedValue({ train: set(700), test: set(200) });
  await data.get(1000);
  expect([data.total, data.testTotal]).toEqual([700, 200]);
  expect(data.from('fashion/')).toBe(false);
  expect(data.from(null)).toBe(true);
  expect([data.total, data.testTotal]).toEqual([60_000, 10_000]);
});
