// The page's end of the worker that reads files: whatever that worker does, each file is settled, and the next gets a fresh one.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FileReading } from '../../../web/api/file_reader.ts';
import type { Channel } from '../../../web/platform/channel.ts';
import { ZifferError } from '../../../web/protocol/errors.ts';
import type { FileJob } from '../../../web/protocol/reader.ts';

interface Worker extends Channel {
  posted: { kind: string }[];
  ended: boolean;
}
const workers: Worker[] = [];
const start = async () => {
  const worker: Worker = {
    posted: [],
    ended: false,
    post: (message) => worker.posted.push(message as { kind: string }),
    onMessage: () => {},
    onLost: () => {},
    end: () => {
      worker.ended = true;
    },
  };
  workers.push(worker);
  return worker;
};
const job = (): FileJob => ({ type: 'model', name: 'm', bytes: new Uint8Array(9), hdf5Url: '' });
const damaged = (why: string) => new ZifferError('invalid_model', why);
const turns = async () => {
  for (let i = 0; i < 9; i++) await Promise.resolve();
};

beforeEach(() => {
  workers.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('a file that computes for ten seconds is damaged, and the next one gets a fresh worker', async () => {
  const reading = new FileReading(start);
  const first = reading.read(job(), { damaged });
  const second = reading.read(job(), { damaged });
  const told = expect(first).rejects.toMatchObject({ code: 'invalid_model' });
  await turns();
  workers[0]!.onMessage({ kind: 'reading' });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(workers[0]!.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  await told;
  expect(workers[0]!.ended).toBe(true);
  expect(workers).toHaveLength(2);
  workers[1]!.onMessage({ kind: 'done', value: { a: 1 } });
  expect(await second).toEqual({ a: 1 });
});

it('a failure, a trap, and a worker that never starts are told apart, and end it', async () => {
  const reading = new FileReading(start);
  const outcome = async (act: (worker: Worker) => void) => {
    const code = reading.read(job(), { damaged }).catch((error: ZifferError) => error.code);
    await turns();
    const worker = workers.at(-1)!;
    act(worker);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.ended).toBe(true);
    return code;
  };
  const error = { code: 'unsupported_layer', message: 'x' };
  expect(await outcome((w) => w.onMessage({ kind: 'failed', error, broken: true }))).toBe(
    'unsupported_layer',
  );
  expect(
    await outcome((w) => {
      w.onMessage({ kind: 'reading' });
      w.onLost('out of memory');
    }),
  ).toBe('invalid_model');
  expect(await outcome((w) => w.onLost('could not be loaded'))).toBe('worker_failed');
  expect(await outcome(() => vi.advanceTimersByTime(60_000))).toBe('worker_failed');
  expect(workers).toHaveLength(4);
});

it('a signal ends what is read and what waits, and nothing else', async () => {
  const reading = new FileReading(start);
  const stops = [new AbortController(), new AbortController()];
  const [read, waiting] = stops.map(({ signal }) =>
    reading.read(job(), { damaged, signal }).catch((error: ZifferError) => error.code),
  );
  const last = reading.read(job(), { damaged });
  await turns();
  stops[1]!.abort();
  expect(await waiting).toBe('aborted');
  expect(workers[0]!.ended).toBe(false);
  stops[0]!.abort();
  expect(await read).toBe('aborted');
  expect(workers[0]!.ended).toBe(true);
  await turns();
  workers[1]!.onMessage({ kind: 'done', value: {} });
  await last;
  stops[0]!.abort();
  expect(workers[1]!.ended).toBe(false);
});

it('files beside are fetched once, and no time counts meanwhile', async () => {
  const reading = new FileReading(start);
  let arrive = (_files: Uint8Array[]) => {};
  const beside = () => new Promise<Uint8Array[]>((resolve) => (arrive = resolve));
  const file = reading.read(job(), { damaged, beside });
  await turns();
  const [worker] = workers;
  const wish = { kind: 'wish', files: [{ path: 'a', most: 4 }] };
  worker!.onMessage({ kind: 'reading' });
  worker!.onMessage(wish);
  await vi.advanceTimersByTimeAsync(100_000);
  arrive([new Uint8Array(4)]);
  await turns();
  expect(worker!.posted.map(({ kind }) => kind)).toEqual(['read', 'beside']);
  worker!.onMessage(wish);
  await turns();
  expect(worker!.posted.at(-1)).toMatchObject({ kind: 'missing' });
  worker!.onMessage({ kind: 'done', value: {} });
  await file;
});

it('a worker that nobody needs is ended after a second', async () => {
  const reading = new FileReading(start);
  const file = reading.read(job(), { damaged });
  await turns();
  workers[0]!.onMessage({ kind: 'done', value: {} });
  await file;
  await vi.advanceTimersByTimeAsync(900);
  expect(workers[0]!.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(workers[0]!.ended).toBe(true);
});
