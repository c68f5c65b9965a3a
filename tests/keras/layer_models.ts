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
};
