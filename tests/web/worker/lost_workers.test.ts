// A worker may end at any moment, without a word. Whoever waits is told, and whatever is asked for next is done by another.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { backupAndRestore, modelCheckpoint } from '../../../web/api/callbacks.ts';
import { loadIdx } from '../../../web/api/data.ts';
import { presets } from '../../../web/api/presets.ts';
import type { Dataset, Sequential } from '../../../web/api/types.ts';
import { Threads } from '../../support/page_harness.ts';
import { idx, stripes } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 3,
  canStartWorkers: () => true,
}));

beforeEach(() => {
  threads = new Threads();
});
afterEach(() => threads.end());

const COUNT = 300;

function load(): Promise<Dataset> {
  const { images, labels } = stripes(COUNT);
  return loadIdx(idx(images, COUNT, 28, 28), idx(labels, COUNT), { classes: 10 });
}

/** A short fit with all that a fit can say. */
function train(model: Sequential, data: Dataset) {
  return model.fit(data, {
    batchSize: 50,
    epochs: 3,
    validationSplit: 0.2,
    threads: 3,
    callbacks: [modelCheckpoint({ onSave() {} }), backupAndRestore({ onBackup() {} })],
  });
}

/** What a whole visit computes: its weights. */
async function visit(): Promise<Float32Array> {
  const data = await load();
  const model = presets['simple-cnn']();
  try {
    await train(model, data);
    await model.evaluate(data, { threads: 3 });
    return await model.weights();
  } finally {
    model.dispose();
    data.dispose();
  }
}

/** Settled, however; the seconds that a watchdog counts pass meanwhile. */
async function settled<T>(work: Promise<T>): Promise<{ value?: T; code?: string }> {
  let over = false;
  const outcome = work.then(
    (value) => ({ value }),
    (error) => ({ code: error.code as string }),
  );
  void outcome.then(() => {
    over = true;
  });
  for (let s = 0; s < 120 && !over; s++) {
    await threads.pass(1);
    await new Promise((later) => setTimeout(later, 10));
  }
  return over ? outcome : { code: 'never settled' };
}

let undisturbed: Float32Array;
let kinds: string[];
beforeAll(async () => {
  threads = new Threads();
  undisturbed = await visit();
  kinds = [...new Set(threads.messages)];
  await threads.end();
});

/** The kinds of messages to and from workers of this role. */
function of(role: 'trainer' | 'compute'): string[] {
  const mine = kinds.filter((kind) => kind.includes(role));
  const told = {
    trainer: ['alive', 'step', 'epoch', 'checkpoint', 'backup'],
    compute: ['alive', 'ready', 'result'],
  };
  for (const kind of told[role]) expect(mine.join()).toContain(kind);
  return mine;
}

describe('a worker that ends without a word', () => {
  it('the trainer, at any kind of message: everybody is told, and the next visit computes the same bits', async () => {
    for (const kind of of('trainer')) {
      await threads.end();
      threads = new Threads();
      let killed = false;
      threads.kills = (message) => {
        if (killed || message !== kind) return false;
        killed = true;
        return true;
      };
      const { code, value } = await settled(visit());
      expect(killed, kind).toBe(true);
      // What was said to a model or data that nobody needs any more is heard by nobody.
      if (value) expect(kind).toMatch(/dispose/);
      else expect(code, kind).toMatch(/^worker_(lost|failed)$/);
      expect(await settled(visit()), `after ${kind}`).toEqual({ value: undisturbed });
    }
  });

  it('a compute worker, at any kind of message, the first and a later one: the same bits, without a wait', async () => {
    for (const kind of of('compute')) {
      for (const at of [1, 2, 7]) {
        await threads.end();
        threads = new Threads();
        threads.kills = (message, count) => message === kind && count === at;
        // Nobody lets time pass: no watchdog is needed.
        expect(await visit(), `${kind}, number ${at}`).toEqual(undisturbed);
        const said = threads.messages.filter((message) => message === kind).length;
        if (at === 1) expect(said, kind).toBeGreaterThan(0);
      }
    }
  });

  it('a compute worker that never starts leaves the pool, and the next fit hires another', async () => {
    let hired = 0;
    threads.kills = (message) => message === '→ compute start' && ++hired === 1;
    expect((await settled(visit())).value).toEqual(undisturbed);
    await threads.pass(31);
    expect((await settled(visit())).value).toEqual(undisturbed);
    expect(hired).toBeGreaterThan(2);
  });
});
