// From Keras 3's configurations, which Ziffer speaks, to Keras 2's, which TensorFlow.js does. The other way is chain.ts.
import type { KerasConfig } from '../api/index.ts';
import { layerNamed } from '../keras/layers.ts';
import { ZifferError } from '../protocol/errors.ts';
import { oldFunctionalConfig } from './graph.ts';

/** Keras's activations that TensorFlow.js calls otherwise; null: it has none with this meaning. */
const ACTIVATIONS: Readonly<Record<string, string | null>> = {
  silu: 'swish',
  leaky_relu: null,
  exponential: null,
  // TensorFlow.js's goes from −2.5 to 2.5, Keras 3's from −3 to 3.
  hard_sigmoid: null,
};

/** What TensorFlow.js says otherwise of a layer. */
const OTHERWISE: Readonly<
  Record<string, (config: KerasConfig['config']) => Record<string, unknown>>
> = {
  LeakyReLU: ({ negative_slope: alpha }) => ({ alpha, negative_slope: undefined }),
  ELU({ alpha }) {
    if (alpha !== 1) lacks('ELU whose alpha is not 1');
    return {};
  },
  ReLU({ negative_slope, threshold }) {
    if (negative_slope !== 0 || threshold !== 0) lacks('ReLU with a slope or a threshold');
    return {};
  },
  // Its own counts from the corners of pixels, not from their centres.
  UpSampling2D({ interpolation }) {
    if (interpolation === 'bilinear')
      lacks('bilinear UpSampling2D that computes what Keras’s does');
    return {};
  },
  GlobalAveragePooling2D: withoutKeepdims,
  GlobalMaxPooling2D: withoutKeepdims,
  SpatialDropout2D: () => lacks('SpatialDropout2D'),
  Subtract: () => lacks('Subtract'),
};

function withoutKeepdims({ keepdims }: KerasConfig['config']): Record<string, unknown> {
  if (keepdims) lacks('pooling of whole images that keeps their axes');
  return {};
}

/** TensorFlow.js wants the input's shape at the first layer, and initialisers as objects. */
export function toTfjs(config: KerasConfig, isChain: boolean): KerasConfig {
  const [input, ...rest] = config.config.layers as KerasConfig[];
  const layers = rest.map(({ class_name, config: own, inbound }, i) => {
    if (layerNamed(class_name)?.augments) {
      const cure = 'Take it out, or save the model as .keras, .h5 or ONNX.';
      const message = `TensorFlow.js has no ${class_name}, which changes pictures in training. ${cure}`;
      throw new ZifferError('unsupported_layer', message);
    }
    if (Number(own.groups ?? 1) > 1) lacks(`groups of channels, as ${own.name} has them`);
    const out: Record<string, unknown> = { ...own, ...OTHERWISE[class_name]?.(own) };
    for (const [key, value] of Object.entries(own)) {
      if (key.endsWith('_initializer')) out[key] = initializerObject(value);
    }
    if (typeof own.activation === 'string') out.activation = activationOf(own.activation);
    if (i === 0 && isChain) out.batch_input_shape = input?.config.batch_shape;
    if (class_name === 'Flatten' || 'padding' in own) out.data_format = 'channels_last';
    const told = { class_name, config: { trainable: true, ...out, dtype: 'float32' } };
    return isChain ? told : { ...told, inbound };
  });
  const { name } = config.config;
  if (isChain) return { class_name: 'Sequential', config: { name, layers } };
  const first = { class_name: 'InputLayer', config: inputOf(input!) };
  return oldFunctionalConfig({ class_name: 'Model', config: { name, layers: [first, ...layers] } });
}

/** The name and shape of a graph's input, in TensorFlow.js's words. */
function inputOf({ config }: KerasConfig): Record<string, unknown> {
  const { batch_shape, name } = config;
  return { batch_input_shape: batch_shape, dtype: 'float32', sparse: false, name };
}

function activationOf(word: string): string {
  const known = Object.hasOwn(ACTIVATIONS, word) ? ACTIVATIONS[word]! : word;
  return known ?? lacks(`activation that computes Keras’s ${word}`);
}

function lacks(what: string): never {
  const message = `TensorFlow.js has no ${what}. Save the model as .keras, .h5 or ONNX.`;
  throw new ZifferError('unsupported_layer', message);
}

/** `glorot_uniform` → { class_name: 'GlorotUniform', config: {} } */
function initializerObject(word: unknown): KerasConfig {
  const className = String(word).replace(/(^|_)([a-z])/g, (_, _u, c: string) => c.toUpperCase());
  return { class_name: className, config: {} };
}
