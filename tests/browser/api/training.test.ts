// Training through the public API, in Chromium, on real MNIST.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Site, until } from '../../support/api_site.ts';
import { Harness, idx, stripes } from '../../support/trainer_harness.ts';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site?.close());
beforeEach(async () => {
  page = await site.freshPage();
});
afterEach(() => page.context().close());

describe('on MNIST', () => {
  it('softmax regression reaches 0.9 in one epoch, and its confusion matrix adds up', async () => {
    const { history, test, labels } = await page.evaluate(async () => {
      const { train, test } = await ziffer.loadMnist();
      const model = ziffer.presets['softmax-regression']();
      model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
      const history = await model.fit(train, { epochs: 1, validationSplit: 0.1 });
      const evaluation = await model.evaluate(test);
      return { history, test: evaluation, labels: [...(await test.labels())] };
    });
    expect(history.epoch).toEqual([0]);
    expect(history.history.val_accuracy?.[0]).toBeGreaterThan(0.9);
    expect(test.accuracy).toBeGreaterThan(0.9);
    const truth = test.confusion.map((row) => row.reduce((a, b) => a + b));
    expect(truth).toEqual(
      Array.from({ length: 10 }, (_, c) => labels.filter((l) => l === c).length),
    );
    const right = test.confusion.reduce((sum, row, c) => sum + (row[c] ?? 0), 0);
    expect(right / 10_000).toBeCloseTo(test.accuracy, 10);
  });

  it('the simple CNN learns, and predictions get through and move while it trains', async () => {
    const seen = await page.evaluate(async () => {
      const { train, test } = await ziffer.loadMnist({ trainCount: 10_000 });
      const model = ziffer.presets['simple-cnn']();
      const image = await test.image(0);
      let training = true;
      let steps = 0;
      const fit = model
        .fit(train, { batchSize: 50, epochs: 2, onStep: ({ totalStep }) => (steps = totalStep) })
        .finally(() => (training = false));
      const sevens: number[] = [];
      const waits: number[] = [];
      while (training) {
        const asked = performance.now();
        sevens.push((await model.predict(image))[7]!);
        waits.push(performance.now() - asked);
        await new Promise((done) => setTimeout(done, 10));
      }
      const history = await fit;
      return { sevens, waits, steps, history, label: await test.label(0) };
    });
    expect(seen.steps).toBe(400);
    expect(seen.label).toBe(7);
    expect(new Set(seen.sevens).size).toBeGreaterThan(10);
    expect(seen.sevens.at(-1)).toBeGreaterThan(0.9);
    expect(seen.waits.sort((a, b) => a - b)[seen.waits.length >> 1]).toBeLessThan(50);
    expect(seen.history.history.accuracy[1]).toBeGreaterThan(0.85);
  });

  it('a second fit goes on with the optimizer, as in Keras, until compile makes it anew', async () => {
    const [once, twice, compiled, moved] = await page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 1000 });
      const options = { batchSize: 100, shuffle: false } as const;
      const weightsAfter = async (fits: number[], between: 'nothing' | 'compile' | 'move') => {
        let model = ziffer.presets['softmax-regression']();
        for (const [i, epochs] of fits.entries()) {
          if (i > 0 && between === 'compile') model.compile();
          if (i > 0 && between === 'move') {
            const [weights, state] = [await model.weights(), await model.optimizerState()];
            model = ziffer.presets['softmax-regression']();
            await model.setWeights(weights);
            await model.setOptimizerState(state);
          }
          await model.fit(train, { ...options, epochs });
        }
        return [...(await model.weights())];
      };
      return [
        await weightsAfter([3], 'nothing'),
        await weightsAfter([1, 2], 'nothing'),
        await weightsAfter([1, 2], 'compile'),
        await weightsAfter([1, 2], 'move'),
      ];
    });
    expect(twice).toEqual(once);
    expect(moved).toEqual(once);
    expect(compiled).not.toEqual(once);
  });

  it('pauses, steps, resumes and stops by its control', async () => {
    const seen = await page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 5000 });
      const model = ziffer.presets['simple-cnn']();
      const control = new ziffer.FitControl();
      const states: string[] = [];
      control.addEventListener('change', () => states.push(control.state));
      let steps = 0;
      const rest = () => new Promise((done) => setTimeout(done, 250));
      control.pause();
      const onStep = (report: { totalStep: number }) => (steps = report.totalStep);
      const fit = model.fit(train, { epochs: 1000, control, onStep });
      const counts: number[] = [];
      await rest();
      counts.push(steps);
      control.step();
      control.step();
      await rest();
      counts.push(steps);
      control.resume();
      await rest();
      counts.push(steps);
      control.stop();
      const history = await fit;
      return { counts, states, epochs: history.epoch.length, end: control.state };
    });
    expect(seen.counts.slice(0, 2)).toEqual([0, 2]);
    expect(seen.counts[2]).toBeGreaterThan(2);
    expect(seen.epochs).toBeLessThan(1000);
    expect(seen.states).toEqual(['paused', 'running', 'finished']);
  });

  it('aborts with the weights as they are then, and can be trained further', async () => {
    const seen = await page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 5000 });
      const model = ziffer.presets['simple-cnn']();
      const before = await model.weights();
      const abort = new AbortController();
      const onStep = () => abort.abort();
      const error = await model
        .fit(train, { epochs: 99, signal: abort.signal, onStep })
        .catch((e) => e);
      const after = await model.weights();
      const history = await model.fit(train, { epochs: 1 });
      return {
        code: error.code,
        isError: error instanceof ziffer.ZifferError,
        moved: after.some((w, i) => w !== before[i]),
        epochs: history.epoch,
      };
    });
    expect(seen).toEqual({ code: 'aborted', isError: true, moved: true, epochs: [0] });
  });

  it('stops early, restores the best weights and saves the best only', async () => {
    const seen = await page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 2000 });
      const model = ziffer.presets['simple-cnn']();
      model.compile({ optimizer: { name: 'adam', learningRate: 0.01 } });
      const saved: { epoch: number; weights: Float32Array }[] = [];
      const history = await model.fit(train, {
        epochs: 60,
        validationSplit: 0.5,
        callbacks: [
          ziffer.earlyStopping({ patience: 2, restoreBestWeights: true }),
          ziffer.modelCheckpoint({ saveBestOnly: true, onSave: (c) => saved.push(c) }),
        ],
      });
      const weights = await model.weights();
      const best = saved.at(-1);
      return {
        history,
        epochs: saved.map((c) => c.epoch),
        restored: weights.every((w, i) => w === best?.weights[i]),
      };
    });
    const { history, epochs, restored } = seen;
    const losses = history.history.val_loss ?? [];
    expect(history.bestEpoch).toBe(losses.indexOf(Math.min(...losses)));
    expect(history.stoppedEpoch).toBe(history.bestEpoch + 2);
    expect(epochs.at(-1)).toBe(history.bestEpoch + 1);
    expect(restored).toBe(true);
  });
});

describe('the worker', () => {
  it('gives in Chromium, with any number of threads, the bits that it gives in Node', async () => {
    const count = 500;
    const { images, labels } = stripes(count);
    const files = [idx(images, count, 28, 28), idx(labels, count)].map((f) => Array.from(f));
    const inChromium = await page.evaluate(async ([imageBytes, labelBytes]) => {
      const data = await ziffer.loadIdx(new Uint8Array(imageBytes!), new Uint8Array(labelBytes!));
      const out: number[][] = [];
      for (const threads of [1, 2, 3]) {
        const model = ziffer.presets['two-conv-cnn'](7);
        await model.fit(data, { batchSize: 64, epochs: 1, validationSplit: 0.2, threads });
        out.push([...new Uint32Array((await model.weights()).buffer)]);
      }
      return out;
    }, files);
    const inNode = await weightsInNode(files);
    for (const bits of inChromium) expect(bits).toEqual(inNode);
  });

  it('serves two models that train at once, and ends when both are disposed', async () => {
    const accuracies = await page.evaluate(async () => {
      const { train, test } = await ziffer.loadMnist({ trainCount: 3000 });
      const models = [ziffer.presets['simple-cnn'](1), ziffer.presets['softmax-regression'](2)];
      const histories = await Promise.all(
        models.map((m) => m.fit(train, { epochs: 2, threads: 2 })),
      );
      for (const disposable of [...models, train, test]) disposable.dispose();
      return histories.map((h) => h.history.accuracy[1]);
    });
    for (const accuracy of accuracies) expect(accuracy).toBeGreaterThan(0.7);
    await until(() => page.workers().length === 0);
  });

  it('when it dies, everybody who waits is told, and the next call starts another', async () => {
    const fit = page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 2000 });
      const model = ziffer.presets['simple-cnn'](3);
      Object.assign(window, { model, train });
      return model.fit(train, { epochs: 1000, threads: 1 }).catch((error) => error.code);
    });
    await until(() => page.workers().length === 1);
    await new Promise((done) => setTimeout(done, 500));
    await page.workers()[0]?.evaluate(() => self.close());
    expect(await fit).toBe('worker_lost');
    const after = await page.evaluate(async () => {
      const { model, train } = window as unknown as {
        model: ReturnType<(typeof ziffer.presets)['simple-cnn']>;
        train: Parameters<typeof model.fit>[0];
      };
      const history = await model.fit(train, { epochs: 1 });
      return history.epoch;
    });
    expect(after).toEqual([0]);
  });

  it('a compute worker that dies is done without', async () => {
    const fit = page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 5000 });
      const model = ziffer.presets['two-conv-cnn']();
      const history = await model.fit(train, { batchSize: 250, epochs: 2, threads: 2 });
      return history.epoch;
    });
    await until(() => page.workers().length === 2);
    await page.workers()[1]?.evaluate(() =>
      setTimeout(() => {
        throw new Error('dead');
      }),
    );
    expect(await fit).toEqual([0, 1]);
  });
});

async function weightsInNode([images, labels]: number[][]): Promise<number[]> {
  const harness = await Harness.started();
  const config = await page.evaluate(() =>
    JSON.stringify(ziffer.presets['two-conv-cnn']().config()),
  );
  const blob = (bytes: number[]) => ({ blob: new Blob([new Uint8Array(bytes)]) });
  const source = {
    kind: 'idx' as const,
    images: blob(images!),
    labels: blob(labels!),
    classes: 10,
    count: null,
  };
  await harness.request('data.open', { data: 1, source, lazy: false });
  await harness.request('model.create', { model: 1, config, seed: 7, weights: null });
  await harness.request('fit', {
    model: 1,
    data: 1,
    validation: null,
    options: JSON.stringify({ batch_size: 64, epochs: 1, validation_split: 0.2, seed: 7 }),
    threads: 1,
    checkpoints: false,
    backups: false,
    from: null,
    actions: [],
  });
  const weights = await harness.request('model.weights', { model: 1 });
  return [...new Uint32Array(weights.buffer)];
}
