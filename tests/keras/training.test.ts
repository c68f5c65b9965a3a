// Training step by step is Keras's: the same losses and weights from the same start, for every optimiser and its settings.
import { beforeAll, expect } from 'vitest';
import { layers } from '../../web/api/layers.ts';
import { optimizerForCore } from '../../web/api/optimizer.ts';
import type { KerasConfig } from '../../web/api/types.ts';
import { compileInFile } from '../../web/formats/compile_in_file.ts';
import { lossNamed } from '../../web/keras/losses.ts';
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

const ending = (name: string, activation: 'linear' | 'softplus' | 'hard_sigmoid') =>
  describe(
    toKeras(name, [
      layers.flatten({ inputShape: [28, 28, 1] }),
      layers.dense({ units: 12, activation: 'relu' }),
      layers.dense({ units: 10, activation }),
    ]),
  ).config;
const logits = ending('logits', 'linear');
/** Above 0, and not bounded by 1. */
const positive = ending('positive', 'softplus');
/** Also 0 and 1. */
const bounded = ending('bounded', 'hard_sigmoid');

const of = (class_name: string, config: Record<string, unknown> = {}) => ({ class_name, config });
const smoothed = { label_smoothing: 0.1 };

/** What is trained with, on which outputs: probabilities, logits, and what is neither. */
const LOSSES: readonly [string, KerasConfig, NonNullable<Case['loss']>][] = [
  ['categorical, label_smoothing', plain, of('CategoricalCrossentropy', smoothed)],
  [
    'categorical, label_smoothing, from_logits',
    logits,
    of('CategoricalCrossentropy', { ...smoothed, from_logits: true }),
  ],
  [
    'categorical, label_smoothing of what is no distribution',
    positive,
    of('CategoricalCrossentropy', smoothed),
  ],
  ['categorical of sigmoids, which sees their logits', sigmoids, 'categorical_crossentropy'],
  ['sparse of a softmax', plain, 'sparse_categorical_crossentropy'],
  ['sparse from_logits', logits, of('SparseCategoricalCrossentropy', { from_logits: true })],
  [
    'sparse of what is no distribution, which clips first',
    positive,
    'sparse_categorical_crossentropy',
  ],
  ['sparse of sigmoids', sigmoids, 'sparse_categorical_crossentropy'],
  ['binary of sigmoids', sigmoids, 'binary_crossentropy'],
  ['binary of a softmax, which sees its logits', plain, 'binary_crossentropy'],
  ['binary of what is no sigmoid', bounded, of('BinaryCrossentropy', smoothed)],
  ['binary from_logits', logits, of('BinaryCrossentropy', { ...smoothed, from_logits: true })],
  ['mean_absolute_error of a softmax', plain, 'mae'],
  ['mean_absolute_error of logits', logits, 'mean_absolute_error'],
  ['kl_divergence of a softmax', plain, 'KLDivergence'],
  ['kl_divergence of sigmoids', sigmoids, 'kl_divergence'],
];

const schedule = (class_name: string, config: Record<string, unknown>) => ({
  module: 'keras.optimizers.schedules',
  class_name,
  config,
  registered_name: null,
});

const EXACT = [1e-6, 1e-5, 1e-4] as const;
/** An update of Adam or RMSprop has the size of the rate also where the gradient is rounding noise. */
const ADAPTIVE = [1e-6, 1e-5, 5e-3] as const;
/** Whatever every optimizer has is tried with one that is exact. */
const OPTIMIZERS: readonly [string, string, Record<string, unknown>, Case['tolerances']?][] = [
  ['adadelta', 'Adadelta', {}],
  [
    'adadelta, rate 1, rho 0.9, epsilon 1e-6',
    'Adadelta',
    { learning_rate: 1, rho: 0.9, epsilon: 1e-6 },
  ],
  ['adagrad', 'Adagrad', {}],
  [
    'adagrad, rate 0.01, accumulator from 0.5',
    'Adagrad',
    { learning_rate: 0.01, initial_accumulator_value: 0.5 },
  ],
  ['adamax', 'Adamax', {}],
  [
    'adamax, rate 0.003, beta_1 0.8, beta_2 0.95',
    'Adamax',
    { learning_rate: 0.003, beta_1: 0.8, beta_2: 0.95 },
  ],
  ['nadam', 'Nadam', {}],
  [
    'nadam, rate 0.002, beta_1 0.8, beta_2 0.95',
    'Nadam',
    { learning_rate: 0.002, beta_1: 0.8, beta_2: 0.95 },
  ],
  ['lion, rate 0.0003', 'Lion', { learning_rate: 0.0003 }],
  ['sgd, weight_decay 0.05', 'SGD', { weight_decay: 0.05 }, EXACT],
  ['sgd, clipnorm 0.1', 'SGD', { clipnorm: 0.1, learning_rate: 0.1 }, EXACT],
  // What is cut off is larger than what is left: rounding counts for more of it.
  ['sgd, clipvalue 0.01', 'SGD', { clipvalue: 0.01, learning_rate: 0.1 }, ADAPTIVE],
  ['sgd, global_clipnorm 0.2', 'SGD', { global_clipnorm: 0.2, learning_rate: 0.1 }, EXACT],
  [
    'sgd, use_ema, overwriting each 4 steps',
    'SGD',
    { use_ema: true, ema_momentum: 0.8, ema_overwrite_frequency: 4 },
    EXACT,
  ],
  [
    'nadam, use_ema, clipnorm, weight_decay',
    'Nadam',
    { use_ema: true, clipnorm: 0.5, weight_decay: 0.01, ema_overwrite_frequency: 10 },
  ],
  [
    'sgd, ExponentialDecay',
    'SGD',
    {
      learning_rate: schedule('ExponentialDecay', {
        initial_learning_rate: 0.05,
        decay_steps: 30,
        decay_rate: 0.7,
      }),
    },
    EXACT,
  ],
  [
    'sgd, ExponentialDecay in stairs',
    'SGD',
    {
      learning_rate: schedule('ExponentialDecay', {
        initial_learning_rate: 0.05,
        decay_steps: 30,
        decay_rate: 0.7,
        staircase: true,
      }),
    },
    EXACT,
  ],
  [
    'sgd, CosineDecay',
    'SGD',
    {
      learning_rate: schedule('CosineDecay', {
        initial_learning_rate: 0.05,
        decay_steps: 100,
        alpha: 0.1,
      }),
    },
    EXACT,
  ],
  [
    'sgd, CosineDecay with a warm-up',
    'SGD',
    {
      learning_rate: schedule('CosineDecay', {
        initial_learning_rate: 0.001,
        decay_steps: 100,
        warmup_target: 0.08,
        warmup_steps: 20,
      }),
    },
    EXACT,
  ],
  [
    'sgd, PiecewiseConstantDecay',
    'SGD',
    {
      learning_rate: schedule('PiecewiseConstantDecay', {
        boundaries: [5, 60],
        values: [0.05, 0.02, 0.005],
      }),
    },
    EXACT,
  ],
  [
    'sgd, PolynomialDecay, a cycle',
    'SGD',
    {
      learning_rate: schedule('PolynomialDecay', {
        initial_learning_rate: 0.05,
        decay_steps: 40,
        end_learning_rate: 0.001,
        power: 2,
        cycle: true,
      }),
    },
    EXACT,
  ],
  [
    'adamw, InverseTimeDecay',
    'AdamW',
    {
      weight_decay: 0.1,
      learning_rate: schedule('InverseTimeDecay', {
        initial_learning_rate: 0.003,
        decay_steps: 10,
        decay_rate: 0.5,
      }),
    },
  ],
];

interface Case {
  what: string;
  config?: KerasConfig;
  optimizer: { class_name: string; config: Record<string, unknown> };
  /** Keras's categorical cross-entropy where none is named. */
  loss?: string | { class_name: string; config: Record<string, unknown> };
  /** Of losses and weights after 1, 10 and 150 steps. Rounding differs, and training amplifies what differs. */
  tolerances: readonly [number, number, number];
}

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
  ...OPTIMIZERS.map(([what, class_name, config, tolerances = ADAPTIVE]) => ({
    what,
    optimizer: { class_name, config },
    tolerances,
  })),
  ...LOSSES.map(([what, config, loss]) => ({
    what,
    config,
    optimizer: { class_name: 'SGD', config: { learning_rate: 0.03 } },
    loss,
    tolerances: EXACT,
  })),
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

/** As the core is told it. */
function lossOf(loss: NonNullable<Case['loss']>) {
  const { class_name: word, config } = typeof loss === 'string' ? of(loss) : loss;
  return { ...config, name: lossNamed(word) };
}

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
    const { options, lost } = compileInFile(optimizer, { loss: 'mse' });
    expect(lost).toEqual([]);
    const settings = optimizerForCore(options!.optimizer!);
    const own = runSteps(
      core,
      model,
      data,
      settings,
      BATCH,
      STOPS,
      loss ? lossOf(loss) : undefined,
    );
    for (const [i, stop] of STOPS.entries()) {
      const losses = deviation(own.losses.slice(0, stop), theirs.losses.slice(0, stop));
      const weights = deviation(own.weights[i]!, theirs.weights[i]!.values);
      within(`${what}: losses of ${stop} steps`, losses, tolerances[i]!);
      within(`${what}: weights after ${stop} steps`, weights, tolerances[i]!);
    }
    const epoch = COUNT / BATCH;
    const sum = (losses: readonly number[]) => losses.reduce((a, b) => a + b);
    expect(sum(own.losses.slice(-epoch))).toBeLessThan(sum(own.losses.slice(0, epoch)));
    data.delete();
    model.delete();
  });
}
