// Between the API's layers (camel case, as in TensorFlow.js) and Keras's configurations, which is what the core, model files and
// Keras itself read.
import { ZifferError } from '../protocol/errors.ts';
import type { LayerClass, LayerSpec } from './layers.ts';
import type { KerasConfig } from './types.ts';

const MNIST_SHAPE = [28, 28, 1];

/** The configuration of a Sequential as written by its author: nothing is checked or filled in yet. */
export function toKeras(name: string, specs: readonly LayerSpec[]): KerasConfig {
  const inputShape = specs[0]?.config.inputShape ?? MNIST_SHAPE;
  const list: KerasConfig[] = [
    { class_name: 'InputLayer', config: { batch_shape: [null, ...inputShape] } },
  ];
  for (const { className, config } of specs) {
    // Keras's default is true, which would be another layer than ours.
    const words: Record<string, unknown> =
      className === 'BatchNormalization' ? { trainable: false } : {};
    for (const [key, value] of Object.entries(config)) {
      if (key !== 'inputShape') words[snakeCase(key)] = value;
    }
    list.push({ class_name: className, config: words });
  }
  return { class_name: 'Sequential', config: { name, layers: list } };
}

/** What the API's layers can say; other keys of a Keras configuration have defaults that `layer_reader` has checked. */
const KEYS: Record<LayerClass, readonly string[]> = {
  Conv2D: [
    'filters',
    'kernel_size',
    'strides',
    'padding',
    'activation',
    'use_bias',
    'kernel_initializer',
    'bias_initializer',
  ],
  MaxPooling2D: ['pool_size', 'strides', 'padding'],
  AveragePooling2D: ['pool_size', 'strides', 'padding'],
  Flatten: [],
  Dense: ['units', 'activation', 'use_bias', 'kernel_initializer', 'bias_initializer'],
  Dropout: ['rate'],
  Activation: ['activation'],
  ReLU: [],
  Softmax: [],
  Rescaling: ['scale', 'offset'],
  BatchNormalization: [
    'momentum',
    'epsilon',
    'center',
    'scale',
    'beta_initializer',
    'gamma_initializer',
    'moving_mean_initializer',
    'moving_variance_initializer',
  ],
};

/** The API's layers of a configuration that `resolve` gave back. */
export function toSpecs(resolved: KerasConfig): LayerSpec[] {
  const list = resolved.config.layers as KerasConfig[];
  const shape = (list[0]?.config.batch_shape as unknown[] | undefined)?.slice(1);
  return list.slice(1).map(({ class_name, config }, i) => {
    const keys = KEYS[class_name as LayerClass];
    if (!keys) throw new ZifferError('internal', `toSpecs: ${class_name} is no layer of the API.`);
    const out: Record<string, unknown> = { name: config.name };
    if (i === 0) out.inputShape = shape;
    if (config.trainable === false) out.trainable = false;
    for (const key of keys) out[camelCase(key)] = config[key];
    return { className: class_name, config: out } as unknown as LayerSpec;
  });
}

export function snakeCase(word: string): string {
  return word.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

function camelCase(word: string): string {
  return word.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
}
