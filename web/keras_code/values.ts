// What Python's names stand for while a script is read: constants, and descriptions of what Keras would make. Nothing is computed
// with pictures; what cannot be known is `Unknown` and says why.
import type { Node } from './tree.ts';

export type Value =
  | null
  | boolean
  | number
  | string
  | Value[]
  | Map<Value, Value>
  | Ref
  | Func
  | Class
  | Instance
  | Bound
  | Made
  | Layer
  | Tensor
  | Model
  | Data
  | Dataset
  | Stat
  | Curried
  | Table
  | Places
  | Unknown;

export type Scope = {
  readonly names: Map<string, Value>;
  readonly outer: Scope | null;
  /** Of a function: names that are said to be `global` or `nonlocal`. */
  readonly elsewhere?: Set<string>;
};

/** Not understood, or known only when the script runs. */
export class Unknown {
  constructor(
    readonly at: Node,
    readonly reason: string,
  ) {}
}

/** What an import brought, by one path whatever it was called: `keras.layers.Dense`, `numpy.pad`. */
export class Ref {
  constructor(readonly path: string) {}
}

export class Func {
  called = false;
  constructor(
    readonly name: string,
    readonly node: Node,
    readonly scope: Scope,
    /** What stands for `self`. */
    readonly self: Value | undefined = undefined,
  ) {}
}

export class Class {
  constructor(
    readonly name: string,
    readonly node: Node,
    /** The path of what it is made from, such as `keras.Model`. */
    readonly base: string,
    readonly members: Map<string, Value>,
  ) {}
}

export class Instance {
  readonly attributes = new Map<string, Value>();
  constructor(readonly cls: Class) {}
}

/** A method with what it belongs to. */
export class Bound {
  constructor(
    readonly self: Value,
    readonly name: string,
  ) {}
}

export interface Args {
  readonly list: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly at: Node;
}

/** An object of a library with the arguments it was made with: an optimizer, a loss, a callback. */
export class Made {
  constructor(
    readonly path: string,
    readonly args: Args,
  ) {}
}

export class Layer {
  trainable: boolean | undefined;
  /** The pictures that a Normalization has its mean of. */
  adapted: Data | undefined;
  constructor(
    readonly className: string,
    readonly args: Args,
    /** Pictures' axes when it was made: Keras's global setting. */
    readonly channelsFirst: boolean,
  ) {}

  /** Another of the same settings. */
  again(): Layer {
    return new Layer(this.className, this.args, this.channelsFirst);
  }
}

/** What layers take, null for the input; one that is not in it takes what stands before it. */
export type Edges = ReadonlyMap<Layer, readonly (Layer | null)[]>;

/** A symbolic tensor: the layers that lead to it from one input, each behind what it takes. */
export class Tensor {
  constructor(
    readonly input: Shape,
    readonly layers: readonly Layer[],
    readonly edges: Edges = new Map(),
  ) {}

  get last(): Layer | null {
    return this.layers.at(-1) ?? null;
  }
}

/** Of one image; null: not said. */
export type Shape = readonly number[] | null;

export interface Fit {
  readonly args: Args;
  /** `fit`'s or `fit_generator`'s. */
  readonly method: string;
}

export class Model {
  readonly layers: Layer[] = [];
  edges: Edges = new Map();
  readonly attributes = new Map<string, Value>();
  readonly compiles: Args[] = [];
  /** Of each layer when it was last compiled: what is set after that counts from the next time. */
  stills: readonly (boolean | undefined)[] | null = null;
  readonly fits: Fit[] = [];
  input: Shape = null;
  name = '';
  /** Of a subclass of keras.Model: what its layers follow from. */
  cls: Class | null = null;
  /** Part of another model, which then has its layers. */
  used = false;
  trainable: boolean | undefined;
  /** What may have changed it and was not understood: it counts where it is trained after that, or never. */
  readonly touched: Unknown[] = [];
  constructor(readonly at: Node) {}
}

/** Pictures or labels of a data set, and what was done to them. */
export class Data {
  constructor(
    readonly set: string,
    readonly part: 'train' | 'test',
    readonly kind: 'x' | 'y',
    readonly more: {
      /** The first and the one behind the last, of the part. */
      readonly from: number;
      readonly to: number;
      /** Of one image. */
      readonly shape: readonly number[];
      /** What a pixel of 0–255 becomes: `pixel · scale + offset`. */
      readonly scale: number;
      readonly offset: number;
      readonly oneHot: number | null;
      /** Held out at random, as this share. */
      readonly drawn: number | null;
      /** One of them, as a function that maps a data set is given it. */
      readonly single?: boolean;
      /** Zeros around each picture. */
      readonly pad?: readonly [rows: number, columns: number];
    },
  ) {}

  with(more: { readonly [key in keyof Data['more']]?: Data['more'][key] }): Data {
    return new Data(this.set, this.part, this.kind, { ...this.more, ...more });
  }

  /** A run of them; null where it is none. */
  rows(from: Value, to: Value): Data | null {
    const cut = sliceOf({ from, to, step: null }, this.more.to - this.more.from);
    return cut && this.with({ from: this.more.from + cut[0], to: this.more.from + cut[1] });
  }
}

/** Pictures with their labels: `tf.data`, or what a generator flows. */
export class Dataset {
  constructor(
    readonly x: Value,
    readonly y: Value,
    readonly batch: number | null,
    /** The ImageDataGenerator. */
    readonly generator: Made | null = null,
    /** What a function that maps it is given: `{'image': x, 'label': y}`. */
    readonly named = false,
  ) {}
}

/** A number that follows from all pixels: their mean or deviation. */
export class Stat {
  constructor(
    readonly kind: 'mean' | 'std',
    readonly of: Data,
  ) {}
}

/** `functools.partial`: a callee with some of its arguments. */
export class Curried {
  constructor(
    readonly callee: Value,
    readonly args: Args,
  ) {}
}

/** A file of comma-separated values: a picture a row, its label in the first column. */
export class Table {
  constructor(
    readonly x: Data,
    readonly y: Data,
  ) {}
}

/** Which pictures: so many of them, in an order that is drawn. */
export class Places {
  constructor(
    readonly from: number,
    readonly to: number,
    /** Held out of so many. */
    readonly of: number,
  ) {}
}

export interface Slice {
  readonly from: Value;
  readonly to: Value;
  readonly step: Value;
}

export function isSlice(place: Value | Slice): place is Slice {
  return typeof place === 'object' && place !== null && 'step' in place;
}

/** The first and the one behind the last of a slice of so many; null for what is no run of them. */
export function sliceOf({ from, to, step }: Slice, length: number): [number, number] | null {
  const end = (n: Value, usual: number) => {
    if (n === null) return usual;
    if (typeof n !== 'number' || !Number.isInteger(n)) return null;
    return Math.min(length, Math.max(0, n < 0 ? length + n : n));
  };
  const [a, b] = [end(from, 0), end(to, length)];
  if (a === null || b === null || (step !== null && step !== 1)) return null;
  return [a, Math.max(a, b)];
}

/** Lists and tuples are arrays; what Python shows of them differs. */
export function isTuple(value: Value): boolean {
  return Array.isArray(value) && tuples.has(value);
}

const tuples = new WeakSet<Value[]>();

export function tuple(list: Value[]): Value[] {
  tuples.add(list);
  return list;
}

export function truth(value: Value): boolean | Unknown {
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** As `str` writes it. */
export function text(value: Value): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : null;
}
