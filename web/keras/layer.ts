// What a layer is on the page: its class, its settings, its shapes. Each file of layers/ describes one.
import { type ErrorCode, ZifferError } from '../protocol/errors.ts';
import { type Fields, idle, type Resolved } from './fields.ts';
import type { AllSides, Extent, WeightRegion } from './types.ts';

export type Weights = Pick<WeightRegion, 'name' | 'shape' | 'moving'>;

/** What a layer takes for one image, as src/nn/layer.hpp counts it. */
export interface Cost {
  /** Numbers that it lays out beside its output: a convolution's patches. */
  readonly patches: number;
  /** Multiplications; what is slow counts more. */
  readonly work: number;
}

export interface Layer<Name extends string = string> {
  readonly className: Name;
  /** Other names of the class in files. */
  readonly aliases: readonly string[];
  readonly fields: Fields;
  /** Changes pictures in training and lets them pass otherwise. */
  readonly augments: boolean;
  /** Keras keeps it beside the model: its files do not have it. */
  readonly apart: boolean;
  /** Takes several inputs. */
  readonly joins: boolean;
  /** What Keras 2 and TensorFlow.js call a weight, where they have another name for it. */
  readonly formerly: Readonly<Record<string, string>>;
  /** The settings of a new one, under JavaScript's names, where the lab offers it; else null. */
  readonly offered: Readonly<Record<string, unknown>> | null;
  /** The output's shape, without the batch axis. Errors: `invalid_config`, `shape_mismatch`, `unsupported_layer`. */
  shape(at: LayerInput, config: Readonly<Record<string, unknown>>): readonly number[];
  /** In Keras's order. */
  weights(at: LayerInput, config: Readonly<Record<string, unknown>>): readonly Weights[];
  cost(at: LayerInput, config: Readonly<Record<string, unknown>>, output: readonly number[]): Cost;
}

interface Definition<Name extends string, F extends Fields> {
  readonly className: Name;
  readonly aliases?: readonly string[];
  readonly fields: F;
  readonly augments?: boolean;
  readonly apart?: boolean;
  readonly joins?: boolean;
  readonly formerly?: Readonly<Record<string, string>>;
  readonly offered?: Readonly<Record<string, unknown>>;
  /** Left out: the input's. */
  shape?(at: LayerInput, config: Resolved<F>): readonly number[];
  weights?(at: LayerInput, config: Resolved<F>): readonly Weights[];
  /** Left out: next to nothing. */
  cost?(at: LayerInput, config: Resolved<F>, output: readonly number[]): Cost;
}

export function layer<Name extends string, F extends Fields>(
  definition: Definition<Name, F>,
): Layer<Name> {
  const { className, aliases = [], fields, formerly = {}, offered = null } = definition;
  const { augments = false, apart = false, joins = false } = definition;
  return {
    className,
    aliases,
    fields,
    augments,
    apart,
    joins,
    formerly,
    offered,
    shape: (at, config) => definition.shape?.(at, config as Resolved<F>) ?? [...at.input],
    weights: (at, config) => definition.weights?.(at, config as Resolved<F>) ?? [],
    cost: (at, config, output) =>
      definition.cost?.(at, config as Resolved<F>, output) ?? { patches: 0, work: 0 },
  };
}

/** What comes to one layer of a model; errors speak of it as `Conv2D "conv2d"`. */
export class LayerInput {
  constructor(
    private readonly name: string,
    private readonly layer: Layer,
    readonly trainable: boolean,
    /** One, or more where the layer joins several. */
    readonly inputs: readonly (readonly number[])[],
  ) {}

  get input(): readonly number[] {
    return this.inputs[0]!;
  }

  fail(code: ErrorCode, message: string): never {
    throw new ZifferError(code, `${this.layer.className} "${this.name}": ${message}`);
  }

  require(ok: boolean, expected: string, got: string): void {
    if (!ok) this.fail('invalid_config', `expected ${expected}, got ${got}.`);
  }

  atMost(most: number, got: number, what: string, cure: string): void {
    if (got > most) this.fail('model_too_large', `${what} ${got}, more than ${most}. ${cure}`);
  }

  /** Holds a setting to the range of its field; `what`: how errors call it. */
  within(key: string, values: number | Extent | AllSides, what = key): void {
    const { min = 0, max = 0 } = this.layer.fields[key]!;
    for (const value of [values].flat(2) as number[]) {
      const expected = `${what} between ${min} and ${max}`;
      this.require(value >= min && value <= max, expected, `${value}`);
    }
  }

  image(): readonly [height: number, width: number, channels: number] {
    const [h, w, c] = this.input;
    if (this.input.length === 3) return [h!, w!, c!];
    const got = shapeText(this.input);
    const message = `expected an input of height × width × channels, got ${got}. Put it before Flatten and Dense.`;
    this.fail('shape_mismatch', message);
  }

  /** The output of a sliding window of the setting `key`, or an error when nothing is left. */
  windowed(
    key: string,
    places: Extent,
    strides: Extent,
    padding: string,
    dilation: Extent = [1, 1],
  ): [number, number] {
    const [height, width] = this.image();
    this.within(key, places, 'a window extent');
    this.within('strides', strides, 'a stride');
    if (this.layer.fields.dilation_rate) this.within('dilation_rate', dilation, 'a dilation');
    const window = places.map((n, i) => (n - 1) * dilation[i]! + 1) as unknown as Extent;
    const out = (n: number, w: number, s: number) => {
      if (padding === 'same') return Math.ceil(n / s);
      return n < w ? 0 : Math.floor((n - w) / s) + 1;
    };
    const h = out(height, window[0], strides[0]);
    const w = out(width, window[1], strides[1]);
    if (h >= 1 && w >= 1) return [h, w];
    const into = shapeText(this.input);
    const cure = 'Make it smaller, use padding "same", or pool less.';
    const message = `a window of ${window[0]} × ${window[1]} does not fit into ${into}. ${cure}`;
    this.fail('shape_mismatch', message);
  }
}

/** Of a product; below four columns it is computed one by one. */
export function productWork(rows: number, columns: number): number {
  return rows * columns * (columns < 4 ? 8 : 1);
}

export function kernelAndBias(
  kernel: readonly number[],
  bias: boolean,
  outputs = kernel.at(-1)!,
): Weights[] {
  const weights: Weights[] = [{ name: 'kernel', shape: kernel }];
  if (bias) weights.push({ name: 'bias', shape: [outputs] });
  return weights;
}

/** What every call may say beside a layer's own settings. */
export const COMMON: Fields = {
  name: {
    kind: 'other',
    none: true,
    read: (r, key) => (typeof r.value(key) === 'string' ? r.value(key) : r.expected('a text', key)),
  },
  trainable: { kind: 'flag', read: (r, key) => r.flag(key, true) },
  input_shape: { kind: 'other', none: true, read: (r, key) => r.shape(key) },
  inbound: { kind: 'other', none: true, read: (r, key) => r.names(key) },
  dtype: idle('float32'),
};

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((n, d) => n * d, 1);
}

/** `(28, 28, 1)`; a single extent keeps its comma, as Python's tuples do. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
