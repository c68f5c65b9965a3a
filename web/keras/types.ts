// Keras's words for what a model is made of.

export const ACTIVATIONS = [
  'linear',
  'relu',
  'softmax',
  'sigmoid',
  'tanh',
  'elu',
  'selu',
  'gelu',
  'silu',
  'leaky_relu',
  'relu6',
  'softplus',
  'softsign',
  'hard_sigmoid',
  'exponential',
  'log_softmax',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const PADDINGS = ['valid', 'same'] as const;
export type Padding = (typeof PADDINGS)[number];

export const INITIALIZERS = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
  'zeros',
  'ones',
] as const;
export type Initializer = (typeof INITIALIZERS)[number];

/** One number for both, or [height, width]. */
export type Pair = number | readonly [number, number];
export type Extent = readonly [height: number, width: number];

/** What is drawn lies between the two. */
export type Interval = readonly [low: number, high: number];

/** What stands where a moved picture has no pixels. */
export type FillMode = 'constant' | 'nearest' | 'reflect' | 'wrap';

export type AllSides = readonly [
  rows: readonly [top: number, bottom: number],
  columns: readonly [left: number, right: number],
];
/** One number for all, or [rows, columns], each as one number for both sides or as a pair. */
export type Sides =
  | number
  | readonly [
      rows: number | readonly [top: number, bottom: number],
      columns: number | readonly [left: number, right: number],
    ];

/** A layer or a model in Keras's words. */
export interface KerasConfig {
  /** Where Keras 3 finds the class; Keras 2 has none. */
  module?: string;
  class_name: string;
  config: Record<string, unknown>;
  registered_name?: string | null;
  /** Of a layer of a graph: the names of what it takes. Left out: the layer before it. Keras's own files say it in `inbound_nodes`. */
  inbound?: readonly string[];
}

/** What every layer takes. */
export interface LayerConfig {
  /** Unique within the model, at most 256 bytes; `conv2d`, `conv2d_1`, … where none is given. */
  name?: string;
  /** Default true; false: training leaves its weights as they are. */
  trainable?: boolean;
  /** The first layer's: one image as [height, width, channels], without the batch axis. Default [28, 28, 1]. */
  inputShape?: readonly number[];
  /** The names of the layers that it takes, which stand before it; `input_layer` is the model's input. Left out: the layer before it. */
  inbound?: readonly string[];
}

export interface WeightRegion {
  readonly name:
    | 'kernel'
    | 'depthwise_kernel'
    | 'pointwise_kernel'
    | 'bias'
    | 'gamma'
    | 'beta'
    | 'moving_mean'
    | 'moving_variance'
    | 'alpha';
  readonly shape: readonly number[];
  /** In floats, from the beginning of `weights()`. */
  readonly offset: number;
  /** It follows what the batches have: the optimizer does not move it, and Keras counts it among what is not trainable. */
  readonly moving?: boolean;
}

/** `kernelSize` as `kernel_size`: the same settings under Keras's own names. */
export type InKeras<T> = { [K in keyof T as K extends string ? SnakeCase<K> : K]: T[K] };
/** In JavaScript's spelling, in Keras's, or some of each. */
export type Spelled<T> = T | InKeras<T>;

/** `from_logits` → `fromLogits` */
export type CamelCase<S extends string> = S extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : S;

type SnakeCase<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : S;
