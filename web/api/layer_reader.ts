// Reads a Keras configuration into layers, as src/nn/json.cpp does, with the same errors word for word, so that a model can be
// described and checked while its author types, before any WebAssembly has arrived. tests/wasm holds the two together.
import { ZifferError } from '../protocol/errors.ts';
import type { KerasConfig } from './types.ts';

export type Extent = readonly [height: number, width: number];
type Same = 'same' | 'valid';

interface Weighted {
  activation: string;
  use_bias: boolean;
  kernel_initializer: string;
  bias_initializer: string;
}

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
  | { kind: 'Rescaling'; scale: number; offset: number };

export interface ReadModel {
  name: string;
  input: number[];
  layers: { name: string; kind: Kind }[];
}

const ACTIVATIONS = ['linear', 'relu', 'softmax', 'sigmoid', 'tanh'];
const PADDINGS = ['valid', 'same'];
const INITIALIZERS = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
  'zeros',
  'ones',
];
const SUPPORTED =
  'Conv2D, MaxPooling2D, AveragePooling2D, Flatten, Dense, Dropout, Activation, ReLU, Softmax, Rescaling';

/** The layers of a Sequential's configuration. Errors: `invalid_config`, `unsupported_layer`, `unsupported_model`. */
export function readModel(given: KerasConfig): ReadModel {
  // Through JSON, as the core gets it: undefined goes, NaN becomes null.
  const root = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
  if (root.class_name !== 'Sequential') {
    throw new ZifferError(
      'unsupported_model',
      `model configuration: expected class_name "Sequential", got ${dump(root.class_name)}.`,
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
  const config = 'config' in item ? item.config : {};
  if (!isObject(config)) fail(position, 'expected config to be an object.');
  const kind = item.class_name;
  const name = typeof config.name === 'string' ? config.name : '';
  const r = new Reader(config, name === '' ? `${kind} (${position})` : `${kind} "${name}"`);
  for (const key of ['batch_shape', 'batch_input_shape']) {
    if (i === 0 && r.has(key)) model.input = r.batchShape(config[key]);
  }
  if (kind === 'InputLayer') {
    if (i !== 0) fail(r.where, 'an InputLayer can only come first.');
    return;
  }
  model.layers.push({ name, kind: readKind(kind, r) });
}

function readKind(kind: string, r: Reader): Kind {
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
      return { kind: 'Activation', activation: 'relu' };
    case 'Softmax':
      r.only('axis', -1);
      return { kind: 'Activation', activation: 'softmax' };
    case 'Rescaling':
      return { kind: 'Rescaling', scale: r.number('scale', 1), offset: r.number('offset', 0) };
    default:
      throw new ZifferError(
        'unsupported_layer',
        `${r.where}: ${kind} layers are not supported. Supported are ${SUPPORTED}.`,
      );
  }
}

function readConv(r: Reader): Kind {
  r.only('data_format', 'channels_last');
  r.only('groups', 1);
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

function readPool(kind: 'MaxPooling2D' | 'AveragePooling2D', r: Reader): Kind {
  r.only('data_format', 'channels_last');
  const pool_size = r.extent('pool_size', [2, 2]);
  return { kind, pool_size, strides: r.extent('strides', pool_size), padding: r.padding() };
}

/** A configuration object and the name under which errors speak of it. */
class Reader {
  constructor(
    private readonly config: Record<string, unknown>,
    readonly where: string,
  ) {}

  has(key: string): boolean {
    return this.config[key] !== undefined && this.config[key] !== null;
  }

  integer(key: string, value = this.config[key]): number {
    if (value === undefined || value === null) {
      fail(this.where, `expected ${key}, which is missing.`);
    }
    if (Number.isInteger(value) && Math.abs(value as number) <= 1e9) return value as number;
    fail(this.where, `expected a whole number for ${key}, got ${dump(value)}.`);
  }

  number(key: string, otherwise: number): number {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'number') return value;
    fail(this.where, `expected a number for ${key}, got ${dump(value)}.`);
  }

  flag(key: string, otherwise: boolean): boolean {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'boolean') return value;
    fail(this.where, `expected true or false for ${key}.`);
  }

  /** `3` or `[3, 3]`. */
  extent(key: string, otherwise: Extent): Extent {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (Array.isArray(value)) {
      if (value.length !== 2) fail(this.where, `expected two numbers for ${key}.`);
      return [this.element(key, value[0]), this.element(key, value[1])];
    }
    const n = this.integer(key);
    return [n, n];
  }

  /** [null, 28, 28, 1] → [28, 28, 1]. */
  batchShape(value: unknown): number[] {
    if (!Array.isArray(value) || value.length < 2 || value.length > 4) {
      const got = dump(value);
      fail(this.where, `expected an input shape such as [null, 28, 28, 1], got ${got}.`);
    }
    return value.slice(1).map((v) => this.element('the input shape', v));
  }

  only(key: string, supported: unknown): void {
    if (!this.has(key) || dump(this.config[key]) === dump(supported)) return;
    const got = dump(this.config[key]);
    throw new ZifferError(
      'unsupported_layer',
      `${this.where}: ${key} = ${got} is not supported; only ${dump(supported)} is.`,
    );
  }

  activation(): string {
    return this.oneOf(ACTIVATIONS, 'activation', this.word('activation', 'linear'));
  }

  padding(): Same {
    return this.oneOf(PADDINGS, 'padding', this.word('padding', 'valid')) as Same;
  }

  weighted(): Weighted {
    const activation = this.activation();
    const use_bias = this.flag('use_bias', true);
    const initializer = (key: string, otherwise: string) =>
      this.oneOf(INITIALIZERS, 'initializer', this.word(key, otherwise));
    const kernel_initializer = initializer('kernel_initializer', 'glorot_uniform');
    return {
      activation,
      use_bias,
      kernel_initializer,
      bias_initializer: initializer('bias_initializer', 'zeros'),
    };
  }

  /** A word, or Keras's serialised object {"class_name": "GlorotUniform", …}, read as `glorot_uniform`. */
  private word(key: string, otherwise: string): string {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'string') return value;
    if (!isObject(value) || typeof value.class_name !== 'string') {
      fail(this.where, `expected a word for ${key}, got ${dump(value)}.`);
    }
    return value.class_name.replace(/[A-Z]/g, (c, at) => (at ? '_' : '') + c.toLowerCase());
  }

  private oneOf(known: readonly string[], what: string, text: string): string {
    if (known.includes(text)) return text;
    fail(this.where, `expected ${what} to be one of ${known.join(', ')}, got "${text}".`);
  }

  /** As `integer`, but within a list null is a wrong value, not a missing one. */
  private element(key: string, value: unknown): number {
    if (value === null) fail(this.where, `expected a whole number for ${key}, got null.`);
    return this.integer(key, value);
  }
}

function fail(where: string, message: string): never {
  throw new ZifferError('invalid_config', `${where}: ${message}`);
}

function dump(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
