// One layer's configuration, read value by value; what is wrong is said in the words of src/nn/json_read.cpp.
import { ZifferError } from '../protocol/errors.ts';

export type Extent = readonly [height: number, width: number];
export type Same = 'same' | 'valid';

/** What layers with weights have in common. */
export interface Weighted {
  activation: string;
  use_bias: boolean;
  kernel_initializer: string;
  bias_initializer: string;
}

export const LONGEST_WORD = 64;
/** In bytes, of a model or a layer. */
export const LONGEST_NAME = 256;
const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;
/** What would change training without a word. */
const PENALTIES = [
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
];
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
/** A configuration object and the name under which errors speak of it. */
export class ConfigReader {
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
    fail(this.where, `expected a whole number for ${key}, got ${shown(value)}.`);
  }

  number(key: string, otherwise: number): number {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'number' && Math.abs(value) <= LARGEST_FLOAT) return shortest(value);
    fail(this.where, `expected a number for ${key}, got ${shown(value)}.`);
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
      const got = shown(value);
      fail(this.where, `expected an input shape such as [null, 28, 28, 1], got ${got}.`);
    }
    return value.slice(1).map((v) => this.element('the input shape', v));
  }

  only(key: string, supported: unknown): void {
    if (!this.has(key) || dump(this.config[key]) === dump(supported)) return;
    const got = shown(this.config[key]);
    throw new ZifferError(
      'unsupported_layer',
      `${this.where}: ${key} = ${got} is not supported; only ${shown(supported)} is.`,
    );
  }

  noPenalties(): void {
    for (const key of PENALTIES) this.only(key, null);
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
    const kernel_initializer = this.initializer('kernel_initializer', 'glorot_uniform');
    return {
      activation,
      use_bias,
      kernel_initializer,
      bias_initializer: this.initializer('bias_initializer', 'zeros'),
    };
  }

  initializer(key: string, otherwise: string): string {
    const word = this.word(key, otherwise);
    const name = word === 'variance_scaling' ? varianceScaling(this.config[key]) : word;
    return this.oneOf(INITIALIZERS, 'initializer', name);
  }

  /** A word, or Keras's serialised object {"class_name": "GlorotUniform", …}, read as `glorot_uniform`. */
  private word(key: string, otherwise: string): string {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    const text = isObject(value) && 'class_name' in value ? value.class_name : value;
    if (typeof text !== 'string' || bytesIn(text) > LONGEST_WORD) {
      fail(this.where, `expected a word for ${key}, got ${shown(value)}.`);
    }
    if (typeof value === 'string') return value;
    return text.replace(/[A-Z]/g, (c, at) => (at ? '_' : '') + c.toLowerCase());
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

export function fail(where: string, message: string): never {
  throw new ZifferError('invalid_config', `${where}: ${message}`);
}

/** TensorFlow.js and older Keras write the whole family as VarianceScaling with its three settings. */
function varianceScaling(value: unknown): string {
  const config = isObject(value) ? (value.config ?? null) : null;
  if (!isObject(config)) return 'variance_scaling';
  const { scale = 1, mode = 'fan_in', distribution = 'truncated_normal' } = config;
  const kind = distribution === 'uniform' ? '_uniform' : '_normal';
  if (distribution === 'untruncated_normal') return 'variance_scaling';
  if (mode === 'fan_avg' && scale === 1) return `glorot${kind}`;
  if (mode === 'fan_in' && scale === 1) return `lecun${kind}`;
  if (mode === 'fan_in' && scale === 2) return `he${kind}`;
  return 'variance_scaling';
}

/** The double whose text is the shortest that reads back as this 32-bit float: 0.3, not 0.30000001192092896. */
function shortest(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return Number(float.toPrecision(9));
}

/** Short enough, and nothing in it that would garble a line of text. */
export function isPresentable(text: string, longest: number): boolean {
  const controls = [...text].some((c) => c < ' ' || c === '\x7f');
  return bytesIn(text) <= longest && !controls;
}

export function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A value as errors show it: plain ASCII, of bearable length. */
export function shown(value: unknown): string {
  const text = dump(value).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

export function dump(value: unknown): string {
  return JSON.stringify(value ?? null);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
