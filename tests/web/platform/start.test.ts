// Every way in which a worker or a module may fail to start settles what waits, and the next call starts another.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../web/api/home.ts';
import { normalizeStrokes } from '../../../web/api/ink.ts';
import { SILENCE_S } from '../../../web/platform/watchdog.ts';
import { instantiateCore } from '../../../web/worker/load_core.ts';
import { compileModule } from '../../../web/worker/wasm_module.ts';
import { Threads } from '../../support/page_harness.ts';
import { wasmUrl } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 1,
  canStartWorkers: () => true,
}));
beforeEach(() => {
  threads = new Threads();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await threads.end();
});

const draw = () =>
  normalizeStrokes([
    [
      [0, 0],
      [9, 9],
    ],
  ]);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error) => error.code as string,
  );

/** The outcome, and the seconds that a watchdog had to count. */
async function counted(work: Promise<unknown>): Promise<{ code: string; seconds: number }> {
  let code = '';
  void codeOf(work).then((outcome) => {
    code = outcome;
  });
  for (let seconds = 0; seconds < 120; seconds++) {
    await new Promise((later) => setTimeout(later, 10));
    if (code) return { code, seconds };
    await threads.pass(1);
  }
  return { code: 'never settled', seconds: 120 };
}

describe('a connection that failed is never handed out again', () => {
  it('where the worker says nothing at all', async () => {
    threads.mute = true;
    const first = connect();
    const { code, seconds } = await counted(draw());
    expect(code).toBe('worker_failed');
    expect(seconds).toBeLessThan(12);
    threads.mute = false;
    expect(connect()).not.toBe(first);
    expect(await codeOf(draw())).toBe('ok');
  });

  it('where the worker falls silent while its module is on its way', async () => {
    const wait = new Promise<never>(() => {});
    vi.spyOn(WebAssembly, 'instantiate').mockReturnValueOnce(wait as never);
    const { code, seconds } = await counted(draw());
    expect(code).toBe('worker_failed');
    expect(seconds).toBeGreaterThan(SILENCE_S);
    expect(await codeOf(draw())).toBe('ok');
  });

  it('where no instance can be made: wasm_failed for all that waits', async () => {
    const none = new RangeError('WebAssembly.Instance(): Out of memory');
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValueOnce(none);
    expect(await Promise.all([codeOf(draw()), codeOf(draw())])).toEqual([
      'wasm_failed',
      'wasm_failed',
    ]);
    expect(await codeOf(draw())).toBe('ok');
  });

  it('where the module traps in its self-test', async () => {
    const module = await compileModule(wasmUrl);
    const { instantiate } = WebAssembly;
    vi.spyOn(WebAssembly, 'instantiate').mockImplementationOnce((async (
      ...args: [never, never]
    ) => {
      await instantiate(...args);
      throw new WebAssembly.RuntimeError('unreachable');
    }) as never);
    await expect(instantiateCore(module)).rejects.toMatchObject({ code: 'wasm_failed' });
  });
});
