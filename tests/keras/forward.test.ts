// What the core computes is what Keras computes: every layer with every stride, padding and window, at odd sizes too.
import { beforeAll, expect } from 'vitest';
import { type LayerSpec, layers, type Pair } from '../../web/api/layers.ts';
import { presetLayers } from '../../web/api/presets.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import { summary } from '../../web/keras/summary.ts';
import { ACTIVATIONS } from '../../web/keras/types.ts';
import type { Core } from '../../web/worker/core.ts';
import { within } from '../support/measured.ts';
import { realCore } from '../support/trainer_harness.ts';
import { ask, deviation, floats, type Numbers, withKeras } from './judge.ts';
import { LAYER_MODELS } from './layer_models.ts';
import { noise } from './noise.ts';

const TOLERANCE = 1e-5;
const IMAGES = 5;
const PRESETS = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const;
let core: Core;

beforeAll(async () => {
  core = await realCore();
});

/** The largest difference between the core's outputs and Keras's with Keras's weights. */
async function measure(specs: readonly LayerSpec[]): Promise<number> {
  const { config, input } = describe(toKeras('model', specs));
  const shape = [IMAGES, ...input];
  const images = noise(
    shape.reduce((n, d) => n * d, 1),
    7,
  );
  const answer = await ask<{ weights: Numbers; outputs: Numbers }>('forward', {
    config,
    images: floats(images, shape),
  });
  const model = core.createModel(JSON.stringify(config), 1);
  model.setParameters(answer.weights.values);
  const outputs = model.predict(images, IMAGES);
  model.delete();
  return deviation(outputs, answer.outputs.values);
}

const head = () => [layers.flatten(), layers.dense({ units: 7 })];
const shapes: readonly (readonly [number, number, number])[] = [
  [28, 28, 1],
  [11, 8, 3],
  [7, 13, 2],
];
const windows: readonly Pair[] = [1, 2, 3, [2, 5], [5, 3]];
const strides: readonly Pair[] = [1, 2, 3, [1, 2], [3, 1]];

withKeras('convolutions of all strides, paddings and kernels', async () => {
  let most = 0;
  for (const inputShape of shapes) {
    for (const [i, kernelSize] of windows.entries()) {
      for (const padding of ['valid', 'same'] as const) {
        const options = {
          kernelSize,
          padding,
          strides: strides[(i + inputShape[2]) % strides.length]!,
        };
        const useBias = i % 2 === 0;
        const conv = layers.conv2d({ filters: 5, useBias, inputShape, ...options });
        most = Math.max(most, await measure([conv, ...head()]));
      }
    }
  }
  within('forward: Conv2D, 30 combinations of size, kernel, stride, padding', most, TOLERANCE);
});

for (const kind of ['maxPooling2d', 'averagePooling2d'] as const) {
  withKeras(`${kind} of all windows, strides and paddings`, async () => {
    let most = 0;
    for (const inputShape of shapes) {
      for (const [i, poolSize] of windows.entries()) {
        for (const padding of ['valid', 'same'] as const) {
          const own = i % 2 ? {} : { strides: strides[(i + inputShape[2]) % strides.length]! };
          const pool = layers[kind]({ poolSize, padding, ...own, inputShape });
          most = Math.max(most, await measure([pool, ...head()]));
        }
      }
    }
    within(`forward: ${kind}, 30 combinations of size, window, stride, padding`, most, TOLERANCE);
  });
}

withKeras('the mean of whole images, behind convolutions and alone', async () => {
  let most = 0;
  for (const inputShape of shapes) {
    const means = () => layers.globalAveragePooling2d();
    const conv = layers.conv2d({ filters: 5, kernelSize: 2, padding: 'same', inputShape });
    const dense = layers.dense({ units: 4, activation: 'softmax' });
    most = Math.max(most, await measure([conv, means(), dense]));
    most = Math.max(most, await measure([layers.rescaling({ scale: 2, inputShape }), means()]));
  }
  within('forward: GlobalAveragePooling2D, behind Conv2D and alone, 6 models', most, TOLERANCE);
});

withKeras('convolutions of all dilations, and of groups', async () => {
  let most = 0;
  for (const inputShape of [
    [28, 28, 1],
    [11, 9, 4],
    [9, 13, 6],
  ]) {
    for (const padding of ['valid', 'same'] as const) {
      for (const dilationRate of [2, [1, 3], [3, 2]] as const) {
        const options = { filters: 5, dilationRate, padding, inputShape };
        const kernelSize = [2, 3] as const;
        most = Math.max(
          most,
          await measure([layers.conv2d({ ...options, kernelSize }), ...head()]),
        );
      }
      for (const groups of inputShape[2] === 1 ? [] : [2, inputShape[2]!]) {
        const options = { filters: 2 * groups, groups, padding, inputShape };
        for (const own of [{ strides: 2 }, { dilationRate: 2 }, { useBias: false }]) {
          const conv = layers.conv2d({ ...options, kernelSize: 3, ...own });
          most = Math.max(most, await measure([conv, ...head()]));
        }
      }
    }
  }
  within('forward: Conv2D, 42 combinations of dilation, groups, padding', most, TOLERANCE);
});

withKeras('depthwise and separable convolutions of all settings', async () => {
  let most = 0;
  for (const inputShape of [
    [28, 28, 1],
    [11, 9, 4],
    [9, 13, 5],
  ]) {
    for (const padding of ['valid', 'same'] as const) {
      for (const depthMultiplier of [1, 3]) {
        for (const own of [{ strides: 2 }, { dilationRate: [2, 1] }, { useBias: false }] as const) {
          const options = { padding, depthMultiplier, inputShape, ...own };
          const alone = layers.depthwiseConv2d({ ...options, kernelSize: [3, 2] });
          const both = layers.separableConv2d({ ...options, filters: 5, kernelSize: [2, 3] });
          most = Math.max(most, await measure([alone, ...head()]));
          most = Math.max(most, await measure([both, ...head()]));
        }
      }
    }
  }
  within('forward: DepthwiseConv2D, SeparableConv2D, 72 combinations', most, TOLERANCE);
});

withKeras('Dense on inputs of every rank', async () => {
  let most = 0;
  for (const inputShape of [[11], [7, 9], [28, 28], [5, 6, 3], [4, 3, 1]]) {
    for (const activation of ['linear', 'softmax'] as const) {
      const wide = layers.dense({ units: 6, activation, inputShape });
      const narrow = layers.dense({ units: 3, useBias: false, activation: 'tanh' });
      most = Math.max(most, await measure([wide, narrow]));
      most = Math.max(
        most,
        await measure([layers.rescaling({ scale: 2, inputShape }), wide, ...head()]),
      );
    }
  }
  within('forward: Dense on inputs of rank 1 to 3, 20 models', most, TOLERANCE);
});

withKeras('the fused convolution, ReLU and pooling at even and odd sizes', async () => {
  let most = 0;
  for (const inputShape of [...shapes, [12, 9, 4] as const]) {
    for (const filters of [3, 4, 8]) {
      const conv = layers.conv2d({ filters, kernelSize: 3, activation: 'relu', inputShape });
      const pool = layers.maxPooling2d();
      most = Math.max(most, await measure([conv, pool, ...head()]));
    }
  }
  within('forward: Conv2D + ReLU + MaxPooling2D fused, 12 combinations', most, TOLERANCE);
});

withKeras('every activation, in a layer and as one', async () => {
  let most = 0;
  for (const activation of ACTIVATIONS) {
    const specs = [
      layers.conv2d({ filters: 3, kernelSize: 2, activation, inputShape: [6, 5, 2] }),
      // So that no exponential of an exponential is compared.
      layers.activation('tanh'),
      layers.flatten(),
      layers.dense({ units: 9, activation }),
      layers.activation('tanh'),
      layers.dense({ units: 6 }),
      layers.activation({ activation }),
    ];
    most = Math.max(most, await measure(specs));
  }
  within(`forward: ${ACTIVATIONS.join(', ')}`, most, TOLERANCE);
});

for (const [name, specs] of Object.entries(LAYER_MODELS)) {
  withKeras(`${name}: outputs`, async () => {
    within(`forward: ${name}`, await measure(specs()), TOLERANCE);
  });
}

withKeras('ReLU of all settings', async () => {
  let most = 0;
  for (const maxValue of [null, 0, 0.25, 6]) {
    for (const negativeSlope of [0, 0.125, 2]) {
      for (const threshold of [0, 0.5]) {
        const settings = { maxValue, negativeSlope, threshold, inputShape: [9, 7, 2] };
        most = Math.max(most, await measure([layers.reLU(settings)]));
      }
    }
  }
  within('forward: ReLU, 24 settings', most, TOLERANCE);
});

withKeras('UpSampling2D of all factors, sizes and interpolations', async () => {
  let most = 0;
  for (const inputShape of shapes) {
    for (const size of windows) {
      for (const interpolation of ['nearest', 'bilinear'] as const)
        most = Math.max(
          most,
          await measure([layers.upSampling2d({ size, interpolation, inputShape })]),
        );
    }
  }
  within('forward: UpSampling2D, 30 combinations of size, factor, interpolation', most, TOLERANCE);
});

withKeras('Dropout, noise and Rescaling when predicting', async () => {
  const specs = [
    layers.rescaling({ scale: 1 / 127.5, offset: -1, inputShape: [9, 9, 1] }),
    layers.dropout({ rate: 0.4 }),
    layers.spatialDropout2d({ rate: 0.3 }),
    layers.gaussianNoise({ stddev: 0.2 }),
    layers.gaussianDropout({ rate: 0.2 }),
    ...head(),
  ];
  within('forward: Rescaling, Dropout', await measure(specs), TOLERANCE);
});

withKeras('BatchNormalization with its moving statistics, anywhere', async () => {
  const norm = layers.batchNormalization;
  let most = 0;
  for (const inputShape of shapes) {
    const conv = layers.conv2d({ filters: 5, kernelSize: 3, activation: 'relu' });
    const first = norm({ epsilon: 0.01, inputShape });
    most = Math.max(most, await measure([first, conv, norm(), layers.maxPooling2d(), ...head()]));
    const flat = [layers.flatten({ inputShape }), norm({ scale: false }), ...head()];
    const last = norm({ center: false, epsilon: 1e-5 });
    most = Math.max(most, await measure([...flat, last, layers.reLU(), norm()]));
  }
  within('forward: BatchNormalization, 6 models', most, TOLERANCE);
});

withKeras("the lecture's models", async () => {
  for (const name of PRESETS) {
    within(`forward: ${name}`, await measure(presetLayers(name)), TOLERANCE);
  }
});

withKeras("summary() is Keras's, line by line", async () => {
  const normalized = [layers.conv2d({ filters: 8, kernelSize: 3 }), layers.batchNormalization()];
  const models = PRESETS.map((name) => [name, presetLayers(name)] as const);
  for (const [name, specs] of [...models, ['normalized', normalized] as const]) {
    const described = describe(toKeras(name, specs));
    const own = summary(described);
    const theirs = await ask<string>('summary', { config: described.config });
    const lines = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trimEnd())
        .filter(Boolean);
    expect(lines(own)).toEqual(lines(theirs));
  }
});

withKeras("initial weights have the bounds and the variance of Keras's", async () => {
  const kinds = {
    GlorotUniform: 'glorot_uniform',
    GlorotNormal: 'glorot_normal',
    HeUniform: 'he_uniform',
    HeNormal: 'he_normal',
    LecunUniform: 'lecun_uniform',
    LecunNormal: 'lecun_normal',
  } as const;
  for (const [name, kernelInitializer] of Object.entries(kinds)) {
    const conv = layers.conv2d({
      filters: 64,
      kernelSize: 5,
      kernelInitializer,
      useBias: false,
      inputShape: [5, 5, 32],
    });
    const { config } = describe(toKeras('model', [conv]));
    const model = core.createModel(JSON.stringify(config), 9);
    const own = spread(model.parameters());
    model.delete();
    const theirs = await ask<Spread>('initializer', { name, shape: [5, 5, 32, 64] });
    // 51,200 numbers: the variance of the sample variance is within 1.3 %, three times over 2 %.
    expect(Math.abs(own.variance / theirs.variance - 1), name).toBeLessThan(0.04);
    expect(Math.abs(own.most / theirs.most - 1), name).toBeLessThan(0.01);
    expect(Math.abs(own.least / theirs.least - 1), name).toBeLessThan(0.01);
  }
});

interface Spread {
  least: number;
  most: number;
  variance: number;
}

function spread(values: Float32Array): Spread {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { least: Math.min(...values), most: Math.max(...values), variance };
}
