// A call that fails leaves nothing half done: what comes next works with what the page was told.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadIdx } from '../../../web/api/data.ts';
import { FitControl } from '../../../web/api/fit_control.ts';
import { presets } from '../../../web/api/presets.ts';
import type {
  CompileOptions,
  Dataset,
  OptimizerState,
  Sequential,
} from '../../../web/api/types.ts';
import { Threads } from '../../support/page_harness.ts';
import { idx, stripes } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 1,
  canStartWorkers: () => true,
}));

let data: Dataset;
let model: Sequential;
beforeEach(async () => {
  threads = new Threads();
  const { images, labels } = stripes(200);
  data = await loadIdx(idx(images, 200, 28, 28), idx(labels, 200), { classes: 10 });
  model = presets['softmax-regression']();
});
afterEach(async () => {
  model.dispose();
  data.dispose();
  await threads.end();
});

const short = { epochs: 1, batchSize: 50 };
const code = (code: string) => expect.objectContaining({ code });

/** What a model compiled so has after a fit. */
async function stateAfter(options: CompileOptions): Promise<OptimizerState> {
  const other = presets['softmax-regression']();
  other.compile(options);
  await other.fit(data, short);
  const state = await other.optimizerState();
  other.dispose();
  return state;
}

describe('compile', () => {
  it('that the core refuses is refused by every fit, until another is not', async () => {
    model.compile({ optimizer: 'adam' });
    await model.fit(data, short);
    // Numbers may be checked at once or by the core; no fit goes on with adam meanwhile.
    const refused = await Promise.resolve()
      .then(() => model.compile({ optimizer: { name: 'sgd', learningRate: -1 } }))
      .then(
        () => 'taken',
        () => 'refused',
      );
    const weights = await model.weights();
    if (refused === 'taken') {
      await expect(model.fit(data, short)).rejects.toEqual(code('invalid_config'));
      await expect(model.fit(data, short)).rejects.toEqual(code('invalid_config'));
      expect(await model.weights()).toEqual(weights);
    } else expect(model.compiled?.optimizer).toBe('adam');
    model.compile({ optimizer: 'sgd' });
    await model.reset();
    await model.fit(data, short);
    expect(await model.optimizerState()).toEqual(await stateAfter({ optimizer: 'sgd' }));
  });

  it('during a fit is for the next one, as in Keras', async () => {
    model.compile({ optimizer: 'adam' });
    const control = new FitControl();
    control.pause();
    const first = model.fit(data, { ...short, control });
    model.compile({ optimizer: 'sgd' });
    control.step();
    // Asked meanwhile: the optimizer of the fit that runs.
    expect((await model.snapshot()).optimizer.slots.some((slot) => slot.length > 0)).toBe(true);
    control.resume();
    await first;
    await model.reset();
    await model.fit(data, short);
    expect(await model.optimizerState()).toEqual(await stateAfter({ optimizer: 'sgd' }));
  });

  it('is not lost when a call between is refused', async () => {
    model.compile({ optimizer: 'rmsprop' });
    const two = presets['simple-cnn']();
    await expect(model.setOptimizerState({ steps: 1, slots: [] })).rejects.toThrow();
    await expect(model.fit(data, { ...short, batchSize: 0 })).rejects.toThrow();
    await model.fit(data, short);
    expect(await model.optimizerState()).toEqual(await stateAfter({ optimizer: 'rmsprop' }));
    two.dispose();
  });
});

it('what a fit refuses while another runs changes nothing of that one', async () => {
  const alone = presets['softmax-regression']();
  await alone.fit(data, { ...short, epochs: 3 });
  const control = new FitControl();
  control.pause();
  const running = model.fit(data, { ...short, epochs: 3, control });
  for (const refused of [
    () => model.fit(data, short),
    () => model.setWeights(new Float32Array(model.parameterCount)),
    () => model.reset(),
    () => model.setOptimizerState({ steps: 0, slots: [] }),
  ]) {
    await expect(refused()).rejects.toEqual(code('invalid_state'));
  }
  control.resume();
  await running;
  expect(await model.weights()).toEqual(await alone.weights());
  alone.dispose();
});

it('a model that could not be made is made by the next call', async () => {
  let full = true;
  threads.wrap = (core) => ({
    ...core,
    createModel: (...args) => {
      if (full) throw Object.assign(new Error('no memory'), { code: 'out_of_memory' });
      return core.createModel(...args);
    },
  });
  await threads.restart();
  await expect(model.weights()).rejects.toEqual(code('out_of_memory'));
  full = false;
  expect(await model.weights()).toHaveLength(7850);
});

describe('what the page knows of a model outlives its worker', () => {
  it('the weights of its last fit, of setWeights, of reset', async () => {
    await model.fit(data, short);
    const trained = await model.weights();
    await threads.restart();
    expect(await model.weights()).toEqual(trained);
    const set = trained.map((w) => w / 2);
    await model.setWeights(set);
    await threads.restart();
    expect(await model.weights()).toEqual(set);
    await model.reset(7);
    const fresh = await model.weights();
    await threads.restart();
    expect(await model.weights()).toEqual(fresh);
  });
});

it('what cannot be sent is refused, and what waits behind it is sent', async () => {
  const bad = model.fit(data, { ...short, validationData: null as never, seed: 3 });
  const worse = model.predict(new Proxy(new Float32Array(784), {}) as Float32Array);
  const outcomes = await Promise.allSettled([bad, worse, model.weights()]);
  expect(outcomes[1]!.status).toBe('rejected');
  expect(outcomes[2]!.status).toBe('fulfilled');
});

it('a signal that lives long keeps nothing of the calls that it was handed to', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  for (let i = 0; i < 5; i++) {
    await model.fit(data, { ...short, signal });
    await model.evaluate(data, { signal });
  }
  expect(added.mock.calls.length).toBeGreaterThan(0);
  expect(removed.mock.calls.length).toBe(added.mock.calls.length);
});
