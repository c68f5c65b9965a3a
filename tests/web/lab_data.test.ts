// The data of a lab, when nobody waits for them any more and when the lab has gone.
import { afterEach, expect, it, vi } from 'vitest';
import type { LoadMnistOptions } from '../../web/api/index.ts';
import { LabData } from '../../web/elements/experiment/data_sets.ts';

const { loadMnist } = vi.hoisted(() => ({ loadMnist: vi.fn() }));
vi.mock('../../web/api/index.ts', async (original) => ({
  ...(await original<object>()),
  loadMnist,
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
