// Models whose layers explain() takes apart, with every setting that changes where a window lies or what it weighs.
import { type LayerSpec, layers } from '../../web/api/layers.ts';
import { presetLayers } from '../../web/api/presets.ts';

const head = (activation: 'softmax' | 'log_softmax' | 'sigmoid' | 'linear' = 'softmax') => [
  layers.flatten(),
  layers.dense({ units: 10, activation }),
];

export const EXPLAINED: Readonly<Record<string, () => readonly LayerSpec[]>> = {
  'softmax regression': () => presetLayers('softmax-regression'),
  'simple CNN': () => presetLayers('simple-cnn'),
  'two-conv CNN': () => presetLayers('two-conv-cnn'),
  'strides, padding and dilation': () => [
    layers.conv2d({ filters: 4, kernelSize: [5, 2], strides: [2, 3], padding: 'same' }),
    layers.averagePooling2d({ poolSize: [3, 2], strides: 2, padding: 'same' }),
    layers.conv2d({ filters: 6, kernelSize: 2, dilationRate: [2, 1], padding: 'same', groups: 2 }),
    layers.maxPooling2d({ poolSize: [2, 3], strides: 1, padding: 'same' }),
    ...head('log_softmax'),
  ],
  'by channel': () => [
    layers.rescaling({ scale: 2, offset: -1 }),
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 4, activation: 'relu' }),
    layers.batchNormalization(),
    layers.separableConv2d({ filters: 5, kernelSize: [3, 2], depthMultiplier: 2, strides: 2 }),
    layers.pReLU({ alphaInitializer: 'he_normal', sharedAxes: [1, 2] }),
    layers.globalAveragePooling2d(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 10, useBias: false }),
    layers.softmax(),
  ],
  'every rank': () => [
    layers.dense({ units: 3, activation: 'tanh' }),
    layers.globalMaxPooling2d({ keepdims: true }),
    layers.reshape({ targetShape: [3, 1] }),
    layers.dense({ units: 4, activation: 'gelu' }),
    layers.reLU({ maxValue: 2 }),
    ...head('sigmoid'),
  ],
};
