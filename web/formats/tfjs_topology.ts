// Between Keras 3's configurations, which Ziffer speaks, and Keras 2's, which TensorFlow.js does.
import type { KerasConfig } from '../api/index.ts';
import { isKnownInitializer } from '../api/layer_reader.ts';

/** TensorFlow.js wants the input's shape at the first layer, and initialisers as objects. */
export function toTfjs(config: KerasConfig): KerasConfig {
  const [input, ...rest] = config.config.layers as KerasConfig[];
  const layers = rest.map(({ class_name, config: own }, i) => {
    const out: Record<string, unknown> = { ...own };
    for (const key of ['kernel_initializer', 'bias_initializer']) {
      if (typeof out[key] === 'string') out[key] = initializerObject(out[key]);
    }
    if (i === 0) out.batch_input_shape = input?.config.batch_shape;
    if (class_name === 'Flatten' || 'padding' in own) out.data_format = 'channels_last';
    return { class_name, config: { ...out, trainable: true, dtype: 'float32' } };
  });
  return { class_name: 'Sequential', config: { name: config.config.name, layers } };
}

/** The other way; initialisers that Ziffer does not have are dropped, since the weights are given. */
export function fromTfjs(topology: KerasConfig): KerasConfig {
  const own = topology.config as Record<string, unknown> | unknown[] | undefined;
  const list = Array.isArray(own) ? own : own?.layers;
  if (!Array.isArray(list)) return topology;
  const layers = list.map((layer: KerasConfig | null) => {
    if (typeof layer?.config !== 'object' || layer.config === null) return layer;
    const config = { ...layer.config };
    for (const key of ['kernel_initializer', 'bias_initializer']) {
      if (!isKnownInitializer(config[key])) delete config[key];
    }
    return { class_name: layer.class_name, config };
  });
  const name = Array.isArray(own) ? 'sequential' : own?.name;
  return { class_name: topology.class_name, config: { name, layers } };
}

/** `glorot_uniform` → { class_name: 'GlorotUniform', config: {} } */
function initializerObject(word: unknown): KerasConfig {
  const className = String(word).replace(/(^|_)([a-z])/g, (_, _u, c: string) => c.toUpperCase());
  return { class_name: className, config: {} };
}
