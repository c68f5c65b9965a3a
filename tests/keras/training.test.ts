// Training step by step is Keras's: the same losses and weights from the same start, for every optimiser and its settings.
import { beforeAll, expect } from 'vitest';
import { layers } from '../../web/api/layers.ts';
import type { KerasConfig } from '../../web/api/types.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import type { Core } from '../../web/worker/core.ts';
import { within } from '../support/measured.ts';
import { realCore } from '../support/trainer_harness.ts';
import { ask, bytes, deviation, floats, type Numbers, withKeras } from './judge.ts';
import { LAYER_MODELS } from './layer_models.ts';
import { asFloats, stripes } from './noise.ts';
import { coreDataset, runSteps } from './training_run.ts';

const STOPS = [1, 10, 150];
const BATCH = 32;
const COUNT = BATCH * 15;
const { images, labels } = stripes(COUNT, 3, 0.1);

const { config: plain } = describe(
  toKeras('model', [
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 16, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
);

const { config: sigmoids } = describe(
  toKeras('sigmoids', [
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'sigmoid' }),
  ]),
);

/** Without biases that a normalization takes away again: their gradients are rounding noise, which Adam makes steps of. */
function normalizing(trainable: boolean): KerasConfig {
  const norm = layers.batchNormalization;
  return describe(
    toKeras('normalized', [
      norm({ inputShape: [28, 28, 1], trainable }),
      layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', useBias: false }),
      norm({ epsilon: 0.01, momentum: 0.9, trainable }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 16, useBias: false }),
      norm({ scale: false, trainable }),
      layers.reLU(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ]),
  ).config;
}
const [normalized, still] = [normalizing(true), normalizing(false)];

/** Products over the last axis, of pictures and of their rows. */
const { config: products } = describe(
  toKeras('products', [
    layers.dense({ units: 6, activation: 'tanh', inputShape: [28, 28, 1] }),
    layers.maxPooling2d(),
    layers.dense({ units: 3, useBias: false }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
);

const { config: convolved } = describe(
  toKeras('convolved', [
    layers.conv2d({ filters: 4, kernelSize: 3, dilationRate: 2, inputShape: [28, 28, 1] }),
    layers.maxPooling2d(),
    layers.conv2d({ filters: 6, kernelSize: 3, groups: 2, strides: 2, activation: 'relu' }),
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
    layers.separableConv2d({ filters: 8, kernelSize: 3, activation: 'relu' }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
);

interface Case {
  what: string;
  config?: KerasConfig;
  optimizer: { class_name: string; config: Record<string, unknown> };
  /** Keras's categorical cross-entropy where none is named. */
  loss?: string;
  /** Of losses and weights after 1, 10 and 150 steps. Rounding differs, and training amplifies what differs. */
  tolerances: readonly [number, number, number];
}

const EXACT = [1e-6, 1e-5, 1e-4] as const;
/** An update of Adam or RMSprop has the size of the rate also where the gradient is rounding noise. */
const ADAPTIVE = [1e-6, 1e-5, 5e-3] as const;
/** Dividing by a small deviation makes rounding larger. */
const NORMALIZED = [1e-4, 1e-3, 1e-2] as const;
const CASES: readonly Case[] = [
  { what: 'sgd', optimizer: { class_name: 'SGD', config: {} }, tolerances: EXACT },
  {
    what: 'sgd, momentum 0.9, rate 0.02',
    optimizer: { class_name: 'SGD', config: { momentum: 0.9, learning_rate: 0.02 } },
    tolerances: EXACT,
  },
  {
    what: 'sgd, Nesterov momentum 0.8, rate 0.03',
    optimizer: {
      class_name: 'SGD',
      config: { momentum: 0.8, nesterov: true, learning_rate: 0.03 },
    },
    tolerances: EXACT,
  },
  { what: 'adam', optimizer: { class_name: 'Adam', config: {} }, tolerances: ADAPTIVE },
  {
    what: 'adam, rate 0.004, beta_1 0.8, beta_2 0.95, epsilon 1e-5',
    optimizer: {
      class_name: 'Adam',
      config: { learning_rate: 0.004, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-5 },
    },
    tolerances: ADAPTIVE,
  },
  { what: 'adamw', optimizer: { class_name: 'AdamW', config: {} }, tolerances: ADAPTIVE },
  {
    what: 'adamw, weight_decay 0.2, rate 0.003, beta_2 0.95',
    optimizer: {
      class_name: 'AdamW',
      config: { weight_decay: 0.2, learning_rate: 0.003, beta_2: 0.95 },
    },
    tolerances: ADAPTIVE,
  },
  {
    what: 'rmsprop',
    optimizer: { class_name: 'RMSprop', config: {} },
    tolerances: ADAPTIVE,
  },
  {
    what: 'rmsprop, rho 0.8, momentum 0.5, centered, epsilon 1e-4',
    optimizer: {
      class_name: 'RMSprop',
      config: { rho: 0.8, momentum: 0.5, centered: true, epsilon: 1e-4, learning_rate: 0.0005 },
    },
    tolerances: ADAPTIVE,
  },
  {
    what: 'mean_squared_error of a softmax, sgd, rate 0.1',
    optimizer: { class_name: 'SGD', config: { learning_rate: 0.1 } },
    loss: 'mean_squared_error',
    tolerances: EXACT,
  },
  {
    what: 'mean_squared_error of sigmoids, adam',
    config: sigmoids,
    optimizer: { class_name: 'Adam', config: {} },
    loss: 'mean_squared_error',
    tolerances: ADAPTIVE,
  },
  {
    what: 'Dense before Flatten, sgd',
    config: products,
    optimizer: { class_name: 'SGD', config: {} },
    tolerances: EXACT,
  },
  {
    what: 'dilation, groups, depthwise and separable, sgd',
    config: convolved,
    optimizer: { class_name: 'SGD', config: { momentum: 0.9 } },
    tolerances: EXACT,
  },
  {
    what: 'BatchNormalization, sgd',
    config: normalized,
    optimizer: { class_name: 'SGD', config: {} },
    tolerances: NORMALIZED,
  },
  {
    what: 'BatchNormalization, adam',
    config: normalized,
    optimizer: { class_name: 'Adam', config: {} },
    tolerances: NORMALIZED,
  },
  ...Object.entries(LAYER_MODELS).map(([what, specs]) => ({
    what: `${what}, sgd, rate 0.05`,
    config: describe(toKeras('model', specs())).config,
    optimizer: { class_name: 'SGD', config: { learning_rate: 0.05 } },
    tolerances: EXACT,
  })),
  {
    what: 'BatchNormalization that is not trained, sgd',
    config: still,
    optimizer: { class_name: 'SGD', config: {} },
    tolerances: EXACT,
  },
  {
    what: 'BatchNormalization that is not trained, adam',
    config: still,
    optimizer: { class_name: 'Adam', config: {} },
    tolerances: ADAPTIVE,
  },
];

let core: Core;

beforeAll(async () => {
  core = await realCore();
});

for (const { what, config = plain, optimizer, loss, tolerances } of CASES) {
  withKeras(`${what}: losses and weights after 1, 10 and 150 steps`, async () => {
    const theirs = await ask<{ first: Numbers; losses: number[]; weights: Numbers[] }>('steps', {
      config,
      optimizer,
      images: floats(asFloats(images), [COUNT, 28, 28, 1]),
      labels: bytes(labels),
      batch_size: BATCH,
      stops: STOPS,
      ...(loss && { loss }),
    });
    const model = core.createModel(JSON.stringify(config), 1);
    model.setParameters(theirs.first.values);
    const data = coreDataset(core, images, labels);
    const settings = { name: optimizer.class_name.toLowerCase(), ...optimizer.config };
    const own = runSteps(core, model, data, settings, BATCH, STOPS, loss);
    for (const [i, stop] of STOPS.entries()) {
      const losses = deviation(own.losses.slice(0, stop), theirs.losses.slice(0, stop));
      const weights = deviation(own.weights[i]!, theirs.weights[i]!.values);
      within(`${what}: losses of ${stop} steps`, losses, tolerances[i]!);
      within(`${what}: weights after ${stop} steps`, weights, tolerances[i]!);
    }
    expect(own.losses.at(-1)).toBeLessThan(own.losses[0]!);
    data.delete();
    model.delete();
  });
}
