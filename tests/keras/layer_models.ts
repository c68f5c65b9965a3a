// Models of the layers without kernels of convolutions, for all that real Keras judges: outputs, training and files.
import { type LayerSpec, layers } from '../../web/api/layers.ts';

const inputShape = [28, 28, 1];
const conv = (filters = 4) => layers.conv2d({ filters, kernelSize: 3, strides: 2, inputShape });

export const LAYER_MODELS: Readonly<Record<string, () => LayerSpec[]>> = {
  rectifiers: () => [
    conv(),
    layers.leakyReLU({ negative_slope: 0.1 }),
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2 }),
    layers.pReLU({ sharedAxes: [1, 2], alphaInitializer: 'he_normal' }),
    layers.conv2d({ filters: 5, kernelSize: 3 }),
    layers.pReLU(),
    layers.reLU({ maxValue: 2, negativeSlope: 0.1 }),
    layers.flatten(),
    layers.dense({ units: 12 }),
    layers.elu({ alpha: 0.5 }),
    layers.dense({ units: 12 }),
    layers.reLU({ maxValue: 1.5, negativeSlope: 0.2, threshold: 0.1 }),
    layers.dense({ units: 12 }),
    layers.leakyReLU(),
    layers.dense({ units: 10 }),
    layers.softmax(),
  ],
  'shapes and sides': () => [
    layers.cropping2d({ cropping: [[2, 1], 3], inputShape }),
    layers.zeroPadding2d({ padding: [1, [0, 2]] }),
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 3, activation: 'tanh' }),
    layers.upSampling2d({ size: [2, 1] }),
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: 'tanh' }),
    layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }),
    layers.permute({ dims: [3, 1, 2] }),
    layers.reshape({ targetShape: [8, -1, 6] }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  // Behind a ReLU many places of a channel are equally large.
  'largest of whole images': () => [
    layers.conv2d({ filters: 6, kernelSize: 5, activation: 'relu', inputShape }),
    layers.globalMaxPooling2d({ keepdims: true }),
    layers.conv2d({ filters: 8, kernelSize: 1, activation: 'tanh' }),
    layers.globalAveragePooling2d({ keepdims: true }),
    layers.globalMaxPooling2d(),
    layers.dense({ units: 10 }),
    layers.softmax(),
  ],
};
