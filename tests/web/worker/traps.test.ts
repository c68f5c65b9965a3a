// A trap leaves the module's memory as it was in the middle of the work: it is the end of the worker, not an error among others.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadIdx } from '../../../web/api/data.ts';
import { normalizeStrokes } from '../../../web/api/ink.ts';
import { presets } from '../../../web/api/presets.ts';
import type { Sequential } from '../../../web/api/types.ts';
import { guarded, isTrap } from '../../../web/worker/guarded_core.ts';
import { Threads } from '../../support/page_harness.ts';
import { idx, realCore, stripes } from '../../support/trainer_harness.ts';

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

const trap = () => new WebAssembly.RuntimeError('memory access out of bounds');

describe('a trap', () => {
  const load = () => {
    const { images, labels } = stripes(120);
    return loadIdx(idx(images, 120, 28, 28), idx(labels, 120), { classes: 10 });
  };
  /** Every way into the module, by the method that traps. */
  const ways: Record<string, (model: Sequential) => Promise<unknown>> = {
    createModel: (model) => model.weights(),
    parameters: (model) => model.weights(),
    predict: (model) => model.predict(new Uint8Array(784)),
    activations: (model) => model.activations(new Uint8Array(784)),
    saliency: (model) => model.saliency(new Uint8Array(784), 1),
    compile: (model) => model.optimizerState(),
    optimizerState: (model) => model.snapshot(),
    setParameters: (model) => model.setWeights(new Float32Array(model.parameterCount)),
    reset: (model) => model.reset(),
    normalizeStrokes: () =>
      normalizeStrokes([
        [
          [0, 0],
          [9, 9],
        ],
      ]),
    parseIdxImages: load,
    createDataset: load,
    createTrainer: async (model) => model.fit(await load()),
    begin: async (model) => model.fit(await load()),
    runUnit: async (model) => model.fit(await load()),
    finish: async (model) => model.fit(await load()),
    history: async (model) => model.fit(await load()),
    createEvaluator: async (model) => model.evaluate(await load()),
  };

  for (const [name, call] of Object.entries(ways)) {
    it(`in ${name} is worker_lost for all that waits, and the next worker computes`, async () => {
      let armed = true;
      threads.wrap = (core) => trapping(core, name, () => armed);
      const model = presets['simple-cnn']();
      const waits = presets['softmax-regression']();
      const outcomes = await Promise.allSettled([call(model), waits.weights()]);
      const codes = outcomes.map((o) => (o.status === 'rejected' ? o.reason.code : 'ok'));
      expect(codes[0]).toBe('worker_lost');
      expect(['ok', 'worker_lost']).toContain(codes[1]);
      // Nothing is heard of the broken one any more.
      const said = threads.messages.filter((message) => message.startsWith('trainer →'));
      expect(said.indexOf('trainer → lost')).toBe(said.length - 1);
      armed = false;
      await call(model);
      expect(await waits.weights()).toHaveLength(7850);
      model.dispose();
      waits.dispose();
    });
  }

  it('leaves nothing that would enter the module again', async () => {
    let calls = 0;
    const core = await realCore();
    const heard = vi.fn();
    const guard = guarded(
      {
        ...core,
        selfTest: () => ++calls > 0,
        normalizeStrokes: () => {
          throw trap();
        },
      },
      heard,
    );
    const model = guard.createModel(JSON.stringify(presets['simple-cnn']().config()), 1);
    const enter = () => guard.normalizeStrokes(new Float32Array(0), new Uint32Array(0), '{}');
    expect(enter).toThrow(/memory access out of bounds/);
    for (const again of [enter, () => guard.selfTest(), () => model.parameters()]) {
      expect(again).toThrow(expect.objectContaining({ code: 'worker_lost' }));
    }
    model.delete();
    expect(calls).toBe(0);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('is told from what the module refuses', () => {
    const deep = (): number => deep() + 1;
    expect(isTrap(trap())).toBe(true);
    expect(isTrap(caught(deep))).toBe(true);
    expect(isTrap(caught(() => new Float32Array(-1)))).toBe(false);
    expect(isTrap(Object.assign(new Error('no memory'), { code: 'out_of_memory' }))).toBe(false);
  });
});

it('errors without number leave the module as it was', async () => {
  const guard = guarded(await realCore(), () => {});
  const model = guard.createModel(JSON.stringify(presets['softmax-regression']().config()), 1);
  const image = new Uint8Array(784).fill(99);
  const before = model.predict(image, 1);
  // Each left 48 bytes of a stack of a megabyte behind.
  for (let i = 0; i < 30_000; i++)
    expect(caught(() => model.saliency(image, 10))).toHaveProperty('code');
  expect(model.predict(image, 1)).toEqual(before);
});

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

/** The core, of which one method traps, wherever it is. */
function trapping<T extends object>(target: T, name: string, armed: () => boolean): T {
  return new Proxy(target, {
    get: (_, key) => {
      const value = Reflect.get(target, key) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (key === name && armed()) throw trap();
        const out = value.apply(target, args.map(unwrapped));
        return typeof out?.delete === 'function' ? wrapped(out, name, armed) : out;
      };
    },
  });
}

const inside = new WeakMap<object, object>();
const unwrapped = (value: unknown) =>
  Object(value) === value ? (inside.get(value as object) ?? value) : value;
function wrapped<T extends object>(target: T, name: string, armed: () => boolean): T {
  const proxy = trapping(target, name, armed);
  inside.set(proxy, target);
  return proxy;
}
