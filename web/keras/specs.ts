// Between the API's layers (as in TensorFlow.js) and Keras's configurations, which is what the core, model files and Keras itself read.
import { ZifferError } from '../protocol/errors.ts';
import type { Fields } from './fields.ts';
import { given, reading } from './given.ts';
import { COMMON, type Layer } from './layer.ts';
import { type LayerSpec, layerNamed, unsupported } from './layers.ts';
import { INPUT, MOST_LAYERS } from './model.ts';
import { camelCase, snakeCase } from './names.ts';
import { isPlain, shown } from './reader.ts';
import type { KerasConfig } from './types.ts';

const MNIST_SHAPE = [28, 28, 1];

/** Every setting of a call that makes a layer, in the order of Keras's arguments. */
export function callFields(layer: Layer): Fields {
  return { ...layer.fields, ...COMMON };
}

/** A caller's list of layers, each checked but for its ranges. Errors: `invalid_argument`, `invalid_config`, `unsupported_layer`, `model_too_large`. */
export function checkedSpecs(where: string, list: unknown): LayerSpec[] {
  return reading(where, () => {
    if (!Array.isArray(list)) {
      const message = `${where}: expected a list of layers such as [layers.flatten(), layers.dense(10)], got ${shown(list)}.`;
      throw new ZifferError('invalid_argument', message);
    }
    if (list.length === 0) {
      throw new ZifferError('invalid_config', `${where}: expected at least one layer, got none.`);
    }
    if (list.length > MOST_LAYERS) {
      throw new ZifferError('model_too_large', `${where}: more than ${MOST_LAYERS} layers.`);
    }
    return Array.from(list, (item, i) => checkedSpec(`${where}: layer ${i + 1}`, item));
  });
}

function checkedSpec(where: string, item: unknown): LayerSpec {
  if (!isPlain(item)) {
    const call = typeof item === 'function' ? ' Call it.' : '';
    const message = `${where}: expected a layer such as layers.dense(10), got ${shown(item)}.${call}`;
    throw new ZifferError('invalid_argument', message);
  }
  const className = item.className ?? item.class_name;
  if (typeof className !== 'string') {
    const message = `${where}: expected className to be a word, got ${shown(className)}.`;
    throw new ZifferError('invalid_config', message);
  }
  const layer = layerNamed(className);
  if (!layer) throw unsupported(where, className);
  const { config = {} } = item;
  if (!isPlain(config)) {
    const message = `${where} (${className}): expected config to be an object, got ${shown(config)}.`;
    throw new ZifferError('invalid_config', message);
  }
  const example = `{ className: '${className}', config: {} }`;
  const checked = given(`${where} (${className})`, callFields(layer), [config], example);
  return { className: layer.className, config: checked } as unknown as LayerSpec;
}

/** The configuration of a Sequential as written by its author: nothing is checked or filled in yet. */
export function toKeras(name: string, specs: readonly LayerSpec[]): KerasConfig {
  const inputShape = specs[0]?.config.inputShape ?? MNIST_SHAPE;
  const list: KerasConfig[] = [
    { class_name: 'InputLayer', config: { batch_shape: [null, ...inputShape] } },
  ];
  for (const { className, config } of specs) {
    const words: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(config)) {
      if (key !== 'inputShape' && key !== 'inbound') words[snakeCase(key)] = value;
    }
    const { inbound } = config;
    list.push({ class_name: className, config: words, ...(inbound && { inbound }) });
  }
  return { class_name: 'Sequential', config: { name, layers: list } };
}

/** The API's layers of a configuration that `describe` gave back. */
export function toSpecs(resolved: KerasConfig): LayerSpec[] {
  const list = resolved.config.layers as KerasConfig[];
  const shape = (list[0]?.config.batch_shape as unknown[] | undefined)?.slice(1);
  return list.slice(1).map(({ class_name, config, inbound }, i) => {
    const layer = layerNamed(class_name);
    if (!layer) throw new ZifferError('internal', `toSpecs: ${class_name} is no layer of the API.`);
    const out: Record<string, unknown> = { name: config.name };
    if (i === 0) out.inputShape = shape;
    if (config.trainable === false) out.trainable = false;
    const before = i === 0 ? INPUT : list[i]!.config.name;
    if (inbound && (inbound.length > 1 || inbound[0] !== before)) out.inbound = inbound;
    for (const [key, field] of Object.entries(layer.fields)) {
      if (!field.fixed) out[camelCase(key)] = field.short?.(config[key]) ?? config[key];
    }
    return { className: class_name, config: out } as unknown as LayerSpec;
  });
}
