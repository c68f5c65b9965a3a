// A fit that waits for the page's own callbacks, and what it is told beside batches and epochs.
import { describe, expect, it } from 'vitest';
import { OwnCallbacks } from '../../../web/api/own_callbacks.ts';
import type { Callback, OwnCallback } from '../../../web/api/types.ts';
import type { Args } from '../../../web/protocol/messages.ts';
import { fitArgs, withModel } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

/** A fit of 300 images with callbacks of the page's own. */
async function fitted(
  own: readonly OwnCallback[],
  options: Record<string, unknown>,
  rest: Partial<Args<'fit'>> = {},
) {
  const harness = await Harness.started();
  await openStripes(harness, 1, 300);
  await withModel(harness);
  const callbacks = own.map((one): Callback => ({ kind: 'lambdaCallback', options: one }));
  const asked = new OwnCallbacks(callbacks);
  const { id, reply } = harness.begin('fit', fitArgs({ batch_size: 100, ...options }, rest));
  harness.onNotice = (notice) => {
    if (notice.type !== 'turn') return;
    void asked
      .answer(notice)
      .then((answer) => harness.command({ kind: 'command', type: 'turn', id, ...answer }));
  };
  const { history } = await reply;
  await asked.end();
  const weights = await harness.request('model.weights', { model: 1 });
  return { history, weights };
}

describe('callbacks of the page’s own', () => {
  it('are asked in Keras’s order, with epochs and batches counted from 0', async () => {
    const said: string[] = [];
    const say = (what: string) => (number: number) => void said.push(`${what} ${number}`);
    const { history } = await fitted(
      [
        {
          onTrainBegin: () => void said.push('begin'),
          onTrainEnd: () => void said.push('end'),
          onEpochBegin: say('epoch'),
          onEpochEnd: (epoch, logs) => {
            said.push(`epoch ${epoch} ended`);
            expect(Object.keys(logs).sort()).toEqual([
              'accuracy',
              'loss',
              'val_accuracy',
              'val_loss',
            ]);
          },
          onTrainBatchBegin: say('batch'),
          onTrainBatchEnd: say('batch ended'),
        },
      ],
      { epochs: 2, validation_split: 0.34 },
      { turns: 'batches' },
    );
    const epoch = (n: number) => [
      `epoch ${n}`,
      'batch 0',
      'batch ended 0',
      'batch 1',
      'batch ended 1',
      `epoch ${n} ended`,
    ];
    expect(said).toEqual(['begin', ...epoch(0), ...epoch(1), 'end']);
    expect(history.epoch).toEqual([0, 1]);
  });

  it('hear of each batch once, where nothing is validated too', async () => {
    const said: number[] = [];
    const onBatchEnd = (batch: number) => void said.push(batch);
    await fitted([{ onBatchEnd }], { epochs: 2 }, { turns: 'batches' });
    expect(said).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('change nothing by being asked', async () => {
    const plain = await fitted([], { epochs: 2 });
    for (const turns of ['epochs', 'batches'] as const) {
      expect(await fitted([{ onEpochEnd: () => {} }], { epochs: 2 }, { turns })).toEqual(plain);
    }
  });

  it('may end the training after an epoch, or after a batch', async () => {
    const after = (epoch: number): OwnCallback => ({
      onEpochEnd: (n, _, training) => {
        training.stopTraining = n === epoch;
      },
    });
    const { history } = await fitted([after(1)], { epochs: 9 }, { turns: 'epochs' });
    expect(history.epoch).toEqual([0, 1]);
  });

  it('may set the rate, which is logged then', async () => {
    const halving: OwnCallback = {
      onEpochBegin: (epoch, _, training) => {
        if (epoch > 0) training.learningRate /= 2;
      },
    };
    const { history } = await fitted([halving], { epochs: 3 }, { turns: 'epochs' });
    const first = history.history.learning_rate![0]!;
    expect(history.history.learning_rate).toEqual([first, first / 2, first / 4]);
  });
});

it('a backup holds the rate that a callback of the page’s own has set', async () => {
  const harness = await Harness.started();
  await openStripes(harness, 1, 300);
  await withModel(harness);
  const rates: number[] = [];
  const run = async (from: Uint8Array | null) => {
    const args = fitArgs({ batch_size: 100, epochs: 3 }, { turns: 'epochs', backups: true, from });
    const { id, reply } = harness.begin('fit', args);
    harness.onNotice = (notice) => {
      if (notice.type !== 'turn') return;
      const { turn } = notice;
      rates.push(turn.learningRate);
      const rate = turn.epoch === 0 ? 0.25 : null;
      harness.command({ kind: 'command', type: 'turn', id, stop: false, rate });
    };
    return (await reply).history;
  };
  const whole = await run(null);
  const backup = harness.notices.find((notice) => notice.type === 'backup')!;
  await harness.request('model.reset', { model: 1, seed: 42 });
  expect(await run(backup.type === 'backup' ? backup.bytes : null)).toEqual(whole);
});

it('weights of classes and of images, and metrics, reach training and evaluation', async () => {
  const harness = await Harness.started();
  await openStripes(harness, 1, 300);
  await withModel(harness);
  const metrics = [{ key: 'top3', name: 'top_k_categorical_accuracy', k: 3 }];
  const compiled = JSON.stringify({ optimizer: { name: 'sgd' }, metrics });
  await harness.request('model.compile', { model: 1, options: compiled });
  const sampleWeight = new Float32Array(300).fill(0);
  const none = await harness.request('fit', fitArgs({ epochs: 1 }, { sampleWeight }));
  expect(none.history.history.loss).toEqual([0]);
  expect(none.history.history.top3![0]).toBeGreaterThan(none.history.history.accuracy[0]!);
  const told = { model: 1, data: 1, threads: 1 } as const;
  const all = await harness.request('evaluate', told);
  const half = await harness.request('evaluate', {
    ...told,
    sampleWeight: new Float32Array(300).fill(0.5),
  });
  expect(half.loss).toBeCloseTo(all.loss / 2, 6);
  expect(half.metrics).toEqual(all.metrics);
  const some = await harness.request('evaluate', { ...told, count: 40 });
  expect(some.predicted).toEqual(all.predicted.subarray(0, 40));
});
