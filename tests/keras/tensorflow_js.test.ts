// TensorFlow.js opens what we save, and we open what it saves.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { modelFromKeras } from '../../web/api/model.ts';
import type { KerasConfig } from '../../web/api/types.ts';
import { read, tfjsFiles } from '../../web/formats/tfjs.ts';
import { ACTIVATIONS, type Activation } from '../../web/keras/types.ts';
import { layers, sequential } from '../../web/ziffer.ts';
import { within } from '../support/measured.ts';
import { realCore } from '../support/trainer_harness.ts';
import { deviation } from './judge.ts';
import { noise } from './noise.ts';

const IMAGES = 4;
const images = noise(IMAGES * 784, 31);

async function core(config: KerasConfig, weights: Float32Array): Promise<Float32Array> {
  const model = (await realCore()).createModel(JSON.stringify(config), 1);
  model.setParameters(weights);
  const outputs = model.predict(images, IMAGES);
  model.delete();
  return outputs;
}

const input = () => tf.tensor4d(images, [IMAGES, 28, 28, 1]);

const LACKING: readonly Activation[] = ['leaky_relu', 'exponential', 'hard_sigmoid'];

const CHAINS = {
  'every kind of layer': [
    layers.conv2d({
      filters: 4,
      kernelSize: [3, 5],
      strides: [2, 1],
      padding: 'same',
      inputShape: [28, 28, 1],
    }),
    layers.activation({ activation: 'relu' }),
    layers.batchNormalization({ epsilon: 0.01, scale: false }),
    layers.averagePooling2d({ poolSize: [2, 3], padding: 'same' }),
    layers.conv2d({ filters: 5, kernelSize: 2, useBias: false, activation: 'tanh' }),
    layers.maxPooling2d({ poolSize: 2, strides: 1 }),
    layers.flatten(),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 8, activation: 'sigmoid', kernelInitializer: 'he_normal' }),
    layers.batchNormalization(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'every activation that it has': [
    layers.conv2d({ filters: 4, kernelSize: 5, activation: 'gelu', inputShape: [28, 28, 1] }),
    layers.activation('log_softmax'),
    layers.flatten(),
    ...ACTIVATIONS.filter((word) => !LACKING.includes(word)).map((activation) =>
      layers.dense({ units: 9, activation }),
    ),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'every convolution, and Dense on pictures': [
    layers.dense({ units: 4, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, activation: 'relu' }),
    layers.conv2d({ filters: 6, kernelSize: 3, dilationRate: [2, 1], padding: 'same' }),
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
    layers.separableConv2d({ filters: 6, kernelSize: [2, 3], depthMultiplier: 2, strides: 2 }),
    layers.dense({ units: 5, useBias: false }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'branches that are joined': [
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, inputShape: [28, 28, 1], name: 'a' }),
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'b' }),
    layers.add({ inbound: ['a', 'b'], name: 'sum' }),
    layers.maximum({ inbound: ['sum', 'b'], name: 'most' }),
    layers.globalAveragePooling2d({ name: 'mean' }),
    layers.globalMaxPooling2d({ inbound: ['sum'], name: 'peak' }),
    layers.concatenate({ inbound: ['mean', 'peak'], name: 'both' }),
    layers.dense({ units: 10, activation: 'softmax', name: 'probabilities' }),
  ],
  'layers that bend, shape and pad': [
    layers.reshape({ targetShape: [14, 56, 1], inputShape: [28, 28, 1] }),
    layers.zeroPadding2d({ padding: [1, [0, 2]] }),
    layers.cropping2d({ cropping: [[2, 1], 3] }),
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2 }),
    layers.leakyReLU({ negativeSlope: 0.1 }),
    layers.upSampling2d({ size: [2, 1] }),
    layers.pReLU({ sharedAxes: [1, 2], alphaInitializer: 'he_normal' }),
    layers.permute({ dims: [3, 1, 2] }),
    layers.conv2d({ filters: 6, kernelSize: 3, strides: 3, padding: 'same' }),
    layers.elu(),
    layers.gaussianNoise({ stddev: 0.1 }),
    layers.gaussianDropout({ rate: 0.1 }),
    layers.globalMaxPooling2d(),
    layers.reLU({ maxValue: 0.5 }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'a mean of whole images': [
    layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.globalAveragePooling2d(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
};

it.each(Object.entries(CHAINS))(
  'TensorFlow.js opens our model.json and predicts the same: %s',
  async (_, list) => {
    await tf.setBackend('cpu');
    const model = sequential({ layers: list });
    const weights = noise(model.parameterCount, 32).map((v) => v / 3);
    for (const { name, shape, offset } of model.layersInfo.flatMap(({ regions }) => regions)) {
      const own = weights.subarray(offset, offset + shape[0]!);
      if (name === 'moving_variance') own.set(own.map((v) => 0.1 + Math.abs(v)));
    }
    const { 'model.json': json, bytes } = tfjsFiles(model, weights);
    const { modelTopology, weightsManifest } = JSON.parse(json);
    const weightSpecs = weightsManifest[0].weights;
    const handler = tf.io.fromMemory({
      modelTopology,
      weightSpecs,
      weightData: bytes.slice().buffer,
    });
    const theirs = await tfl.loadLayersModel(handler);
    const outputs = (theirs.predict(input()) as tf.Tensor).dataSync();
    const most = deviation(outputs, await core(model.config(), weights));
    within('TensorFlow.js format predicted by TensorFlow.js', most, 1e-5);
  },
);

it.each(LACKING)('what would be computed otherwise is refused: %s', (activation) => {
  const model = sequential({ layers: [layers.flatten(), layers.dense({ units: 2, activation })] });
  expect(() => tfjsFiles(model, new Float32Array(model.parameterCount))).toThrow(
    `has no activation that computes Keras’s ${activation}`,
  );
});

it('groups of channels, which TensorFlow.js would pass over, are refused', () => {
  const grouped = layers.conv2d({ filters: 4, kernelSize: 3, groups: 2, inputShape: [9, 9, 2] });
  const model = sequential({ layers: [grouped] });
  expect(() => tfjsFiles(model, new Float32Array(model.parameterCount))).toThrow(
    'TensorFlow.js has no groups of channels, as conv2d has them. Save the model as .keras',
  );
});

/** A residual block, and two poolings side by side. */
function branched(): tfl.LayersModel {
  const apply = (layer: tfl.layers.Layer, x: tfl.SymbolicTensor | tfl.SymbolicTensor[]) =>
    layer.apply(x) as tfl.SymbolicTensor;
  const padded = { filters: 4, kernelSize: 3, padding: 'same' } as const;
  const start = tfl.input({ shape: [28, 28, 1] });
  const a = apply(tfl.layers.conv2d({ ...padded, strides: 2 }), start);
  const b = apply(tfl.layers.conv2d({ ...padded, activation: 'relu' }), a);
  const sum = apply(tfl.layers.add(), [a, b]);
  const poolings = [
    apply(tfl.layers.globalAveragePooling2d({}), sum),
    apply(tfl.layers.globalMaxPooling2d({}), b),
  ];
  const both = apply(tfl.layers.concatenate(), poolings);
  return tfl.model({ inputs: start, outputs: apply(tfl.layers.dense({ units: 10 }), both) });
}

it("we open TensorFlow.js's own models, sequential and functional", async () => {
  await tf.setBackend('cpu');
  const list = () => [
    tfl.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    tfl.layers.batchNormalization(),
    tfl.layers.maxPooling2d({ poolSize: 2 }),
    tfl.layers.depthwiseConv2d({ kernelSize: [3, 3], depthMultiplier: 2 }),
    tfl.layers.separableConv2d({ filters: 4, kernelSize: [2, 3] }),
    tfl.layers.flatten(),
    tfl.layers.batchNormalization({ center: false }),
    tfl.layers.dense({ units: 6, kernelInitializer: 'randomNormal' }),
    tfl.layers.reLU(),
    tfl.layers.dense({ units: 10 }),
    tfl.layers.softmax(),
  ];
  const start = tfl.input({ shape: [28, 28, 1] });
  const end = list().reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, start);
  for (const theirs of [
    tfl.sequential({ layers: list() }),
    tfl.model({ inputs: start, outputs: end }),
    branched(),
  ]) {
    // The normalizations' statistics too.
    const moved = theirs.getWeights().map((w, i) => {
      const numbers = tf.randomUniform(w.shape, 0.1, 0.9, 'float32', i + 1);
      return w.rank > 1 ? tf.div(tf.sub(numbers, 0.5), 4) : numbers;
    });
    theirs.setWeights(moved);
    let saved: tf.io.ModelArtifacts = {};
    const outputs = (theirs.predict(input()) as tf.Tensor).dataSync();
    await theirs.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const weights = new Uint8Array(saved.weightData as ArrayBuffer);
    const root = {
      modelTopology: saved.modelTopology,
      weightsManifest: [{ paths: ['weights.bin'], weights: saved.weightSpecs }],
    };
    const { config, weights: found } = await read({
      name: 'model.json',
      bytes: new TextEncoder().encode(JSON.stringify(root)),
      beside: async () => [weights],
    });
    const model = modelFromKeras(config, found);
    const flat = new Float32Array(model.parameterCount);
    const tensors = theirs.layers.flatMap((layer) => layer.getWeights());
    const values = await Promise.all(tensors.map((w) => w.data()));
    let at = 0;
    for (const part of values) {
      flat.set(part, at);
      at += part.length;
    }
    const most = deviation(outputs, await core(model.config(), flat));
    within("TensorFlow.js's model predicted here", most, 1e-5);
  }
});
