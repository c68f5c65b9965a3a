// The layers a model is made of: `layers.conv2d({ filters: 8, kernelSize: 3 })` as in TensorFlow.js, meaning what they mean in
// Keras. A LayerSpec is plain data; it is checked, and its defaults are filled in, when `sequential` takes it.

export type Activation = 'linear' | 'relu' | 'sigmoid' | 'softmax' | 'tanh';
export type Padding = 'same' | 'valid';
export type Initializer =
  | 'glorot_uniform'
  | 'glorot_normal'
  | 'he_uniform'
  | 'he_normal'
  | 'lecun_uniform'
  | 'lecun_normal'
  | 'zeros'
  | 'ones';
/** One number for both, or [height, width]. */
export type Pair = number | readonly [number, number];

/** What every layer takes. */
export interface LayerConfig {
  /** Unique within the model; `conv2d`, `conv2d_1`, … where none is given. */
  name?: string;
  /** Default true; false: training leaves its weights as they are. */
  trainable?: boolean;
  /** The first layer's: one image as [height, width, channels], without the batch axis. */
  inputShape?: readonly number[];
}

export interface Conv2DConfig extends LayerConfig {
  filters: number;
  kernelSize: Pair;
  /** Default 1. */
  strides?: Pair;
  /** Default `valid`. */
  padding?: Padding;
  /** Default `linear`. */
  activation?: Activation;
  /** Default `glorot_uniform`. */
  kernelInitializer?: Initializer;
  /** Default `zeros`. */
  biasInitializer?: Initializer;
  /** Default true. */
  useBias?: boolean;
}

export interface Pooling2DConfig extends LayerConfig {
  /** Default 2. */
  poolSize?: Pair;
  /** Default: the pool size. */
  strides?: Pair;
  /** Default `valid`. */
  padding?: Padding;
}

export interface DenseConfig extends LayerConfig {
  units: number;
  /** Default `linear`. */
  activation?: Activation;
  /** Default `glorot_uniform`. */
  kernelInitializer?: Initializer;
  /** Default `zeros`. */
  biasInitializer?: Initializer;
  /** Default true. */
  useBias?: boolean;
}

export interface ActivationConfig extends LayerConfig {
  activation: Activation;
}

export interface RescalingConfig extends LayerConfig {
  /** Default 1. */
  scale?: number;
  /** Default 0. */
  offset?: number;
}

export interface BatchNormalizationConfig extends LayerConfig {
  /** Always false: it normalizes with its moving statistics, in training too. */
  trainable?: false;
  /** Kept for files; default 0.99. */
  momentum?: number;
  /** Added to the variance; default 0.001. */
  epsilon?: number;
  /** Whether it has beta; default true. */
  center?: boolean;
  /** Whether it has gamma; default true. */
  scale?: boolean;
  /** Default `zeros`. */
  betaInitializer?: Initializer;
  /** Default `ones`. */
  gammaInitializer?: Initializer;
  /** Default `zeros`. */
  movingMeanInitializer?: Initializer;
  /** Default `ones`. */
  movingVarianceInitializer?: Initializer;
}

export interface DropoutConfig extends LayerConfig {
  /** The share of inputs set to zero while training, 0 ≤ rate < 1. */
  rate: number;
}

export type LayerSpec =
  | { readonly className: 'Conv2D'; readonly config: Conv2DConfig }
  | { readonly className: 'MaxPooling2D'; readonly config: Pooling2DConfig }
  | { readonly className: 'AveragePooling2D'; readonly config: Pooling2DConfig }
  | { readonly className: 'Flatten'; readonly config: LayerConfig }
  | { readonly className: 'Dense'; readonly config: DenseConfig }
  | { readonly className: 'Dropout'; readonly config: DropoutConfig }
  | { readonly className: 'Activation'; readonly config: ActivationConfig }
  | { readonly className: 'ReLU'; readonly config: LayerConfig }
  | { readonly className: 'Softmax'; readonly config: LayerConfig }
  | { readonly className: 'Rescaling'; readonly config: RescalingConfig }
  | { readonly className: 'BatchNormalization'; readonly config: BatchNormalizationConfig };

export type LayerClass = LayerSpec['className'];

export const layers = {
  /** [h, w, c] → [h', w', filters]; kernel [kh, kw, c, filters], bias [filters]. */
  conv2d: (config: Conv2DConfig): LayerSpec => ({ className: 'Conv2D', config }),
  /** [h, w, c] → [h', w', c]: the largest of each window. */
  maxPooling2d: (config: Pooling2DConfig = {}): LayerSpec => ({
    className: 'MaxPooling2D',
    config,
  }),
  /** [h, w, c] → [h', w', c]: the mean of each window. */
  averagePooling2d: (config: Pooling2DConfig = {}): LayerSpec => ({
    className: 'AveragePooling2D',
    config,
  }),
  /** Any shape → [size]. */
  flatten: (config: LayerConfig = {}): LayerSpec => ({ className: 'Flatten', config }),
  /** [n] → [units]; kernel [n, units], bias [units]. */
  dense: (config: DenseConfig): LayerSpec => ({ className: 'Dense', config }),
  /** Keeps the shape; active only while training. */
  dropout: (config: DropoutConfig): LayerSpec => ({ className: 'Dropout', config }),
  /** An activation as a layer of its own. */
  activation: (config: ActivationConfig): LayerSpec => ({ className: 'Activation', config }),
  /** `activation({ activation: 'relu' })` under a class of its own. */
  reLU: (config: LayerConfig = {}): LayerSpec => ({ className: 'ReLU', config }),
  /** `activation({ activation: 'softmax' })` under a class of its own. */
  softmax: (config: LayerConfig = {}): LayerSpec => ({ className: 'Softmax', config }),
  /** y = x · scale + offset. */
  rescaling: (config: RescalingConfig): LayerSpec => ({ className: 'Rescaling', config }),
  /** Keeps the shape; gamma, beta, moving_mean, moving_variance, each [channels]. Never trained: for weights from elsewhere. */
  batchNormalization: (config: BatchNormalizationConfig = {}): LayerSpec => ({
    className: 'BatchNormalization',
    config,
  }),
};
