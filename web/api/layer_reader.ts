// Reads a Keras configuration into layers, as src/nn/json_read.cpp does, with the same errors word for word, so that a model can be
// described and checked while its author types, before any WebAssembly has arrived. tests/wasm holds the two together.
import { ZifferError } from '../protocol/errors.ts';
import {
  ConfigReader,
  type Extent,
  fail,
  isObject,
  isPresentable,
  LONGEST_NAME,
  LONGEST_WORD,
  type Same,
  shown,
  type Weighted,
} from './config_reader.ts';
import type { KerasConfig } from './types.ts';

/** A layer's settings with every default filled in, under Keras's class name. */
export type Kind =
  | ({
      kind: 'Conv2D';
      filters: number;
      kernel_size: Extent;
      strides: Extent;
      padding: Same;
    } & Weighted)
  | { kind: 'MaxPooling2D' | 'AveragePooling2D'; pool_size: Extent; strides: Extent; padding: Same }
  | { kind: 'Flatten' }
  | ({ kind: 'Dense'; units: number } & Weighted)
  | { kind: 'Dropout'; rate: number }
  | { kind: 'Activation'; activation: string }
  | { kind: 'ReLU' | 'Softmax' }
  | { kind: 'Rescaling'; scale: number; offset: number }
  | {
      kind: 'BatchNormalization';
      momentum: number;
      epsilon: number;
      center: boolean;
      scale: boolean;
      beta_initializer: string;
      gamma_initializer: string;
      moving_mean_initializer: string;
      moving_variance_initializer: string;
    };

export interface ReadModel {
  name: string;
  input: number[];
  layers: { name: string; kind: Kind; trainable: boolean }[];
}

const SUPPORTED =
  'Conv2D, MaxPooling2D, AveragePooling2D, Flatten, Dense, Dropout, Activation, ReLU, Softmax, Rescaling, BatchNormalization';

/** The layers of a Sequential's configuration. Errors: `invalid_config`, `unsupported_layer`, `unsupported_model`. */
export function readModel(given: KerasConfig): ReadModel {
  // Through JSON, as the core gets it: undefined goes, NaN becomes null.
  const root = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
  if (root.class_name !== 'Sequential') {
    throw new ZifferError(
      'unsupported_model',
      `model configuration: expected class_name "Sequential", got ${shown(root.class_name)}.`,
    );
  }
  const config = root.config;
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : null;
  if (!Array.isArray(list)) fail('model configuration', 'expected config.layers to be a list.');
  const name = isObject(config) && typeof config.name === 'string' ? config.name : 'sequential';
  const model: ReadModel = { name, input: [], layers: [] };
  for (const [i, item] of list.entries()) readItem(item, i, model);
  if (model.input.length === 0) {
    fail(
      'model configuration',
      'expected an input shape: put an InputLayer with batch_shape first.',
    );
  }
  return model;
}

function readItem(item: unknown, i: number, model: ReadModel): void {
  const position = `layer ${i + 1}`;
  if (!isObject(item) || typeof item.class_name !== 'string') {
    fail(position, 'expected an object with a class_name.');
  }
  const kind = item.class_name;
  if (!isPresentable(kind, LONGEST_WORD)) {
    fail(position, `expected the name of a class, got ${shown(kind)}.`);
  }
  const config = 'config' in item ? item.config : {};
  if (!isObject(config)) fail(position, 'expected config to be an object.');
  const name = typeof config.name === 'string' ? config.name : '';
  if (!isPresentable(name, LONGEST_NAME)) {
    const expected = `expected a name of at most ${LONGEST_NAME} bytes without control characters`;
    fail(position, `${expected}, got ${shown(name)}.`);
  }
  const r = new ConfigReader(config, name === '' ? `${kind} (${position})` : `${kind} "${name}"`);
  for (const key of ['batch_shape', 'batch_input_shape']) {
    if (i === 0 && r.has(key)) model.input = r.batchShape(config[key]);
  }
  if (kind === 'InputLayer') {
    if (i !== 0) fail(r.where, 'an InputLayer can only come first.');
    return;
  }
  model.layers.push({ name, kind: readKind(kind, r), trainable: r.flag('trainable', true) });
}

function readKind(kind: string, r: ConfigReader): Kind {
  switch (kind) {
    case 'Conv2D':
    case 'Convolution2D':
      return readConv(r);
    case 'MaxPooling2D':
    case 'MaxPool2D':
      return readPool('MaxPooling2D', r);
    case 'AveragePooling2D':
    case 'AvgPool2D':
      return readPool('AveragePooling2D', r);
    case 'Flatten':
      r.only('data_format', 'channels_last');
      return { kind: 'Flatten' };
    case 'Dense':
      r.noPenalties();
      return { kind: 'Dense', units: r.integer('units'), ...r.weighted() };
    case 'Dropout':
      r.only('noise_shape', null);
      return { kind: 'Dropout', rate: r.number('rate', 0.5) };
    case 'Activation':
      return { kind: 'Activation', activation: r.activation() };
    case 'ReLU':
      r.only('max_value', null);
      if (r.number('negative_slope', 0) !== 0 || r.number('threshold', 0) !== 0) {
        throw new ZifferError('unsupported_layer', `${r.where}: only a plain ReLU is supported.`);
      }
      return { kind };
    case 'Softmax':
      r.only('axis', -1);
      return { kind };
    case 'BatchNormalization':
      return readNormalization(r);
    case 'Rescaling':
      return { kind: 'Rescaling', scale: r.number('scale', 1), offset: r.number('offset', 0) };
    default:
      throw new ZifferError(
        'unsupported_layer',
        `${r.where}: ${kind} layers are not supported. Supported are ${SUPPORTED}.`,
      );
  }
}

function readConv(r: ConfigReader): Kind {
  r.only('data_format', 'channels_last');
  r.only('groups', 1);
  r.noPenalties();
  if (r.has('dilation_rate') && r.extent('dilation_rate', [1, 1]).some((d) => d !== 1)) {
    r.only('dilation_rate', [1, 1]);
  }
  const filters = r.integer('filters');
  if (!r.has('kernel_size')) fail(r.where, 'expected kernel_size, which is missing.');
  const kernel_size = r.extent('kernel_size', [1, 1]);
  const strides = r.extent('strides', [1, 1]);
  const padding = r.padding();
  return { kind: 'Conv2D', filters, kernel_size, strides, padding, ...r.weighted() };
}

function readPool(kind: 'MaxPooling2D' | 'AveragePooling2D', r: ConfigReader): Kind {
  r.only('data_format', 'channels_last');
  const pool_size = r.extent('pool_size', [2, 2]);
  return { kind, pool_size, strides: r.extent('strides', pool_size), padding: r.padding() };
}

/** Penalties and constraints of gamma and beta have no say, as the layer is not trained. */
function readNormalization(r: ConfigReader): Kind {
  r.only('axis', -1);
  r.only('renorm', false);
  return {
    kind: 'BatchNormalization',
    momentum: r.number('momentum', 0.99),
    epsilon: r.number('epsilon', 0.001),
    center: r.flag('center', true),
    scale: r.flag('scale', true),
    beta_initializer: r.initializer('beta_initializer', 'zeros'),
    gamma_initializer: r.initializer('gamma_initializer', 'ones'),
    moving_mean_initializer: r.initializer('moving_mean_initializer', 'zeros'),
    moving_variance_initializer: r.initializer('moving_variance_initializer', 'ones'),
  };
}

/** Whether `initializer` is one that `reset` can draw from again. */
export function isKnownInitializer(initializer: unknown): boolean {
  const dense = { class_name: 'Dense', config: { units: 1, kernel_initializer: initializer } };
  try {
    readKind('Dense', new ConfigReader(dense.config, 'Dense'));
    return true;
  } catch {
    return false;
  }
}
