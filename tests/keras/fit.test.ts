// A whole fit is Keras's: its History, and what EarlyStopping and ModelCheckpoint decide.
import { beforeAll, expect } from 'vitest';
import { layers } from '../../web/api/layers.ts';
import { metricNamed } from '../../web/keras/metrics.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import type { Core } from '../../web/worker/core.ts';
import { within } from '../support/measured.ts';
import { realCore } from '../support/trainer_harness.ts';
import { ask, bytes, deviation, floats, type Numbers, withKeras } from './judge.ts';
import { asFloats, stripes } from './noise.ts';
import { type CoreHistory, coreDataset, runFit } from './training_run.ts';

const COUNT = 400;
// Wrong labels, so that the validation gets worse after a while.
const { images, labels } = stripes(COUNT, 11, 0.3);
const { config } = describe(
  toKeras('model', [
    layers.flatten({ inputShape: [28, 28, 1] }),
    layers.dense({ units: 12, activation: 'tanh' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
);

interface Theirs {
  first: Numbers;
  last: Numbers;
  epoch: number[];
  history: Record<string, number[]>;
  best_epoch: number | null;
  stopped_epoch: number | null;
  saved: number[];
}

interface Case {
  what: string;
  optimizer?: { class_name: string; config: Record<string, unknown> };
  options: Record<string, unknown>;
  stopping?: Record<string, unknown>;
  checkpoint?: Record<string, unknown>;
  reducing?: Record<string, unknown>;
  metrics?: readonly (string | [string, Record<string, unknown>])[];
  /** By image, out of its number. */
  weight?: (image: number) => number;
  /** Whether EarlyStopping is expected to end it, so that the case cannot be an empty one. */
  stops?: boolean;
}

const sgd = { class_name: 'SGD', config: { learning_rate: 0.1, momentum: 0.5 } };
const validated = { batch_size: 40, validation_split: 0.25 };
const CASES: readonly Case[] = [
  {
    what: 'no callbacks, a last batch that is not full, no validation',
    options: { batch_size: 48, epochs: 4 },
  },
  {
    what: "the lecture's: adam, half for validation, patience 2, the best saved",
    optimizer: { class_name: 'Adam', config: {} },
    options: { batch_size: 50, validation_split: 0.5, epochs: 8 },
    stopping: { patience: 2 },
    checkpoint: { save_best_only: true },
  },
  {
    what: 'monitor val_loss, patience 0, restored',
    options: { ...validated, epochs: 60 },
    stopping: { monitor: 'val_loss', restore_best_weights: true },
    checkpoint: { save_best_only: true },
    stops: true,
  },
  {
    what: 'monitor val_loss, patience 3, not restored, every epoch saved',
    options: { ...validated, epochs: 60 },
    stopping: { monitor: 'val_loss', patience: 3 },
    checkpoint: {},
    stops: true,
  },
  {
    what: 'monitor val_accuracy, min_delta 0.02, patience 4, restored',
    options: { ...validated, epochs: 60 },
    stopping: {
      monitor: 'val_accuracy',
      min_delta: 0.02,
      patience: 4,
      restore_best_weights: true,
    },
    checkpoint: { monitor: 'val_accuracy', save_best_only: true },
    stops: true,
  },
  {
    what: 'monitor loss with mode max: worse is better, restored',
    options: { ...validated, epochs: 20 },
    stopping: { monitor: 'loss', mode: 'max', patience: 2, restore_best_weights: true },
    checkpoint: { monitor: 'accuracy', mode: 'min', save_best_only: true },
    stops: true,
  },
  {
    what: 'the rate is reduced, with a cooldown, down to min_lr',
    options: { ...validated, epochs: 24 },
    reducing: { factor: 0.3, patience: 1, cooldown: 2, min_delta: 0.01, min_lr: 0.004 },
  },
  {
    what: 'the rate is reduced by val_accuracy, patience 0, until it is stopped',
    options: { ...validated, epochs: 40 },
    reducing: { monitor: 'val_accuracy', patience: 0, factor: 0.5 },
    stopping: { patience: 6, restore_best_weights: true },
    stops: true,
  },
  {
    what: 'the rate is reduced by loss with mode max, without validation, adam',
    optimizer: { class_name: 'Adam', config: {} },
    options: { batch_size: 50, epochs: 6 },
    reducing: { monitor: 'loss', mode: 'max', patience: 2 },
  },
  {
    what: 'class_weight, which validation does not have',
    options: { ...validated, epochs: 4, class_weight: { 0: 3, 2: 0.5, 7: 0 } },
  },
  {
    what: 'sample_weight, which validation has too',
    options: { ...validated, epochs: 4 },
    weight: (image) => (image % 5) / 2,
  },
  {
    what: 'epochs of four steps, of which a pass has eight and a part',
    options: { ...validated, batch_size: 35, epochs: 7, steps_per_epoch: 4 },
  },
  {
    what: 'from an initial epoch on, validated each second epoch by two batches of 30',
    options: {
      ...{ ...validated, initial_epoch: 3, epochs: 9 },
      ...{ validation_freq: 2, validation_steps: 2, validation_batch_size: 30 },
    },
  },
  {
    what: 'EarlyStopping with a baseline that is not reached, from epoch 2 on',
    options: { ...validated, epochs: 60 },
    stopping: { monitor: 'val_loss', patience: 3, baseline: 0.01, start_from_epoch: 2 },
    stops: true,
  },
  {
    what: 'metrics under their own names',
    options: { ...validated, epochs: 3 },
    metrics: [
      ...[
        'acc',
        'categorical_accuracy',
        'top_k_categorical_accuracy',
        'mse',
        'mae',
        'kl_divergence',
      ],
      ['TopKCategoricalAccuracy', { k: 3, name: 'top3' }],
      ['BinaryAccuracy', { threshold: 0.3 }],
      ['CategoricalCrossentropy', {}],
    ],
  },
  {
    what: 'all epochs run, the best restored',
    options: { ...validated, epochs: 9 },
    stopping: { patience: 30, restore_best_weights: true },
  },
];

let core: Core;

beforeAll(async () => {
  core = await realCore();
});

/** As the core reads them. */
function toldToCore({ class_weight, ...options }: Record<string, unknown>) {
  const weights = Object.entries((class_weight ?? {}) as Record<string, number>);
  const list = new Array(Math.max(0, ...weights.map(([label]) => Number(label) + 1))).fill(1);
  for (const [label, weight] of weights) list[Number(label)] = weight;
  return list.length > 0 ? { ...options, class_weight: list } : options;
}

for (const { what, optimizer = sgd, options, metrics = [], weight, ...rest } of CASES) {
  const { stopping, checkpoint, reducing, stops } = rest;
  const weights = weight && Float32Array.from({ length: COUNT }, (_, i) => weight(i));
  withKeras(
    `${what}: the same epochs, History, best epoch, saved epochs and last weights`,
    async () => {
      const theirs = await ask<Theirs>('fit', {
        config,
        optimizer,
        images: floats(asFloats(images), [COUNT, 28, 28, 1]),
        labels: bytes(labels),
        options,
        early_stopping: stopping ?? null,
        checkpoint: checkpoint ?? null,
        reduce_lr: reducing ?? null,
        metrics,
        sample_weight: weights ? floats(weights, [COUNT]) : null,
      });
      const model = core.createModel(JSON.stringify(config), 1);
      model.setParameters(theirs.first.values);
      const data = coreDataset(core, images, labels);
      const settings = { name: optimizer.class_name.toLowerCase(), ...optimizer.config };
      const all = {
        ...toldToCore(options),
        early_stopping: stopping,
        model_checkpoint: checkpoint,
        reduce_lr_on_plateau: reducing,
      };
      const { history, saved } = runFit(
        core,
        model,
        data,
        settings,
        all,
        metrics.map((one) =>
          typeof one === 'string' ? one : { metric: metricNamed(one[0])!, ...one[1] },
        ),
        weights,
      );
      const last = model.parameters();
      data.delete();
      model.delete();

      expect(history.epoch).toEqual(theirs.epoch);
      expect(saved).toEqual(theirs.saved);
      if (stopping) {
        expect(history.bestEpoch).toBe(theirs.best_epoch);
        // Keras says 0 where it did not stop.
        expect(Math.max(0, history.stoppedEpoch)).toBe(theirs.stopped_epoch);
      }
      expect(history.stoppedEpoch >= 0).toBe(stops ?? false);
      const compared = Object.keys(theirs.history) as (keyof CoreHistory['history'])[];
      expect(Object.keys(history.history).sort()).toEqual([...compared].sort());
      if (reducing) {
        const rates = theirs.history.learning_rate!;
        expect(rates.at(-1)).toBeLessThan(rates[0]!);
        expect(history.history.learning_rate).toEqual(rates);
      }
      const most = compared.map((key) => deviation(history.history[key]!, theirs.history[key]!));
      within(`fit, ${what}: History`, Math.max(...most), 1e-4);
      within(`fit, ${what}: last weights`, deviation(last, theirs.last.values), 1e-4);
    },
  );
}
