// The layers there are. A new one is a file in layers/ and a line in each of the two lists.
import { ZifferError } from '../protocol/errors.ts';
import type { Layer } from './layer.ts';
import { type ActivationConfig, activation, softmax } from './layers/activation.ts';
import { type BatchNormalizationConfig, batchNormalization } from './layers/batch_normalization.ts';
import { type Conv2DConfig, conv2d } from './layers/conv2d.ts';
import { type DenseConfig, dense } from './layers/dense.ts';
import { type DepthwiseConv2DConfig, depthwiseConv2d } from './layers/depthwise_conv2d.ts';
import {
  type DropoutConfig,
  dropout,
  type GaussianNoiseConfig,
  gaussianDropout,
  gaussianNoise,
  spatialDropout2d,
} from './layers/dropout.ts';
import { flatten } from './layers/flatten.ts';
import {
  type GlobalPooling2DConfig,
  globalAveragePooling2d,
  globalMaxPooling2d,
} from './layers/global_pooling2d.ts';
import {
  type ImageDataGeneratorConfig,
  imageDataGenerator,
} from './layers/image_data_generator.ts';
import {
  add,
  average,
  type ConcatenateConfig,
  concatenate,
  type MergeConfig,
  maximum,
  minimum,
  multiply,
  subtract,
} from './layers/merge.ts';
import { averagePooling2d, maxPooling2d, type Pooling2DConfig } from './layers/pooling2d.ts';
import {
  type RandomBrightnessConfig,
  type RandomContrastConfig,
  type RandomFlipConfig,
  type RandomRotationConfig,
  type RandomTranslationConfig,
  type RandomZoomConfig,
  randomBrightness,
  randomContrast,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
} from './layers/random.ts';
import {
  type ELUConfig,
  elu,
  type LeakyReLUConfig,
  leakyReLU,
  type PReLUConfig,
  pReLU,
  type ReLUConfig,
  reLU,
} from './layers/rectifiers.ts';
import { type RescalingConfig, rescaling } from './layers/rescaling.ts';
import { type PermuteConfig, permute, type ReshapeConfig, reshape } from './layers/reshape.ts';
import { type SeparableConv2DConfig, separableConv2d } from './layers/separable_conv2d.ts';
import {
  type Cropping2DConfig,
  cropping2d,
  type ZeroPadding2DConfig,
  zeroPadding2d,
} from './layers/sides2d.ts';
import { type UpSampling2DConfig, upSampling2d } from './layers/up_sampling2d.ts';
import { nearest } from './nearest.ts';
import { shown } from './reader.ts';
import type { LayerConfig, WeightRegion } from './types.ts';

export type { Range } from './layers/augmented.ts';
export type {
  ActivationConfig,
  BatchNormalizationConfig,
  ConcatenateConfig,
  Conv2DConfig,
  Cropping2DConfig,
  DenseConfig,
  DepthwiseConv2DConfig,
  DropoutConfig,
  ELUConfig,
  GaussianNoiseConfig,
  GlobalPooling2DConfig,
  ImageDataGeneratorConfig,
  LeakyReLUConfig,
  MergeConfig,
  PermuteConfig,
  Pooling2DConfig,
  PReLUConfig,
  RandomBrightnessConfig,
  RandomContrastConfig,
  RandomFlipConfig,
  RandomRotationConfig,
  RandomTranslationConfig,
  RandomZoomConfig,
  ReLUConfig,
  RescalingConfig,
  ReshapeConfig,
  SeparableConv2DConfig,
  UpSampling2DConfig,
  ZeroPadding2DConfig,
};

export type LayerSpec =
  | { readonly className: 'Conv2D'; readonly config: Conv2DConfig }
  | { readonly className: 'MaxPooling2D'; readonly config: Pooling2DConfig }
  | { readonly className: 'AveragePooling2D'; readonly config: Pooling2DConfig }
  | { readonly className: 'GlobalAveragePooling2D'; readonly config: GlobalPooling2DConfig }
  | { readonly className: 'GlobalMaxPooling2D'; readonly config: GlobalPooling2DConfig }
  | { readonly className: 'UpSampling2D'; readonly config: UpSampling2DConfig }
  | { readonly className: 'ZeroPadding2D'; readonly config: ZeroPadding2DConfig }
  | { readonly className: 'Cropping2D'; readonly config: Cropping2DConfig }
  | { readonly className: 'Flatten'; readonly config: LayerConfig }
  | { readonly className: 'Reshape'; readonly config: ReshapeConfig }
  | { readonly className: 'Permute'; readonly config: PermuteConfig }
  | { readonly className: 'Dense'; readonly config: DenseConfig }
  | { readonly className: 'Dropout'; readonly config: DropoutConfig }
  | { readonly className: 'SpatialDropout2D'; readonly config: DropoutConfig }
  | { readonly className: 'GaussianDropout'; readonly config: DropoutConfig }
  | { readonly className: 'GaussianNoise'; readonly config: GaussianNoiseConfig }
  | { readonly className: 'Activation'; readonly config: ActivationConfig }
  | { readonly className: 'ReLU'; readonly config: ReLUConfig }
  | { readonly className: 'LeakyReLU'; readonly config: LeakyReLUConfig }
  | { readonly className: 'ELU'; readonly config: ELUConfig }
  | { readonly className: 'PReLU'; readonly config: PReLUConfig }
  | { readonly className: 'Softmax'; readonly config: LayerConfig }
  | { readonly className: 'Rescaling'; readonly config: RescalingConfig }
  | { readonly className: 'BatchNormalization'; readonly config: BatchNormalizationConfig }
  | { readonly className: 'RandomRotation'; readonly config: RandomRotationConfig }
  | { readonly className: 'RandomTranslation'; readonly config: RandomTranslationConfig }
  | { readonly className: 'RandomZoom'; readonly config: RandomZoomConfig }
  | { readonly className: 'RandomFlip'; readonly config: RandomFlipConfig }
  | { readonly className: 'RandomContrast'; readonly config: RandomContrastConfig }
  | { readonly className: 'RandomBrightness'; readonly config: RandomBrightnessConfig }
  | { readonly className: 'ImageDataGenerator'; readonly config: ImageDataGeneratorConfig }
  | { readonly className: 'DepthwiseConv2D'; readonly config: DepthwiseConv2DConfig }
  | { readonly className: 'SeparableConv2D'; readonly config: SeparableConv2DConfig }
  | { readonly className: 'Add'; readonly config: MergeConfig }
  | { readonly className: 'Subtract'; readonly config: MergeConfig }
  | { readonly className: 'Multiply'; readonly config: MergeConfig }
  | { readonly className: 'Average'; readonly config: MergeConfig }
  | { readonly className: 'Maximum'; readonly config: MergeConfig }
  | { readonly className: 'Minimum'; readonly config: MergeConfig }
  | { readonly className: 'Concatenate'; readonly config: ConcatenateConfig };

export type LayerClass = LayerSpec['className'];

/** A layer of a model, with its place in it. Shapes are without the batch axis. */
export interface LayerInfo {
  readonly name: string;
  readonly className: LayerClass;
  /** The names of the layers that it takes; `input_layer` is the model's input. */
  readonly inbound: readonly string[];
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: number;
  /** Whether training changes them. */
  readonly trainable: boolean;
  /** Where the layer's arrays stand in `weights()`, in Keras's order. Offsets count floats. */
  readonly regions: readonly WeightRegion[];
}

/** Under the names that `layers` of the API has. */
export const LAYERS = {
  conv2d,
  maxPooling2d,
  averagePooling2d,
  /** [h, w, c] → [c]: the mean of each channel. */
  globalAveragePooling2d,
  /** [h, w, c] → [c]: the largest of each channel. */
  globalMaxPooling2d,
  /** [h, w, c] → [h · size, w · size, c] */
  upSampling2d,
  /** [h, w, c] → [h', w', c]: with zeros at the sides. */
  zeroPadding2d,
  /** [h, w, c] → [h', w', c]: without some rows and columns at the sides. */
  cropping2d,
  /** Any shape → [size]. */
  flatten,
  /** Any shape → another with as many numbers. */
  reshape,
  /** The axes in another order. */
  permute,
  dense,
  dropout,
  /** Dropout of whole channels. */
  spatialDropout2d,
  /** Keeps the shape; each input times a normal number about 1, while training. */
  gaussianDropout,
  /** Keeps the shape; a normal number is added to each input, while training. */
  gaussianNoise,
  activation,
  /** `activation('relu')` under a class of its own, with a largest value, a slope below and a threshold. */
  reLU,
  /** x above 0, a share of x below. */
  leakyReLU,
  /** x above 0, alpha · (eˣ − 1) below. */
  elu,
  /** A LeakyReLU that learns its slopes: alpha, as the input or 1 along shared axes. */
  pReLU,
  /** `activation('softmax')` under a class of its own. */
  softmax,
  rescaling,
  /** Keeps the shape; gamma, beta, moving_mean, moving_variance, each [channels]. Never trained: for weights from elsewhere. */
  batchNormalization,
  /** [h, w, c], in training only: each picture turned. */
  randomRotation,
  /** [h, w, c], in training only: each picture moved. */
  randomTranslation,
  /** [h, w, c], in training only: each picture made larger or smaller. */
  randomZoom,
  /** [h, w, c], in training only: half of the pictures mirrored. */
  randomFlip,
  /** [h, w, c], in training only: each picture with another contrast. */
  randomContrast,
  /** [h, w, c], in training only: each picture brighter or darker. */
  randomBrightness,
  /** [h, w, c], in training only: what Keras's ImageDataGenerator does to the pictures of a fit. */
  imageDataGenerator,
  depthwiseConv2d,
  separableConv2d,
  /** Several inputs of one shape, number by number: their sum. */
  add,
  /** The first input less the second. */
  subtract,
  multiply,
  average,
  /** The largest of several inputs, number by number. */
  maximum,
  minimum,
  /** Several inputs one behind the other, along the channels unless told otherwise. */
  concatenate,
} satisfies Record<string, Layer>;

const ALL: readonly Layer[] = Object.values(LAYERS);

export const CLASS_NAMES = ALL.map(({ className }) => className) as readonly LayerClass[];

/** By its class, or one of the other names that files have for it. */
export function layerNamed(className: string): Layer | undefined {
  return ALL.find((one) => one.className === className || one.aliases.includes(className));
}

/** Errors: `unsupported_layer`, with the class that was probably meant. */
export function unsupported(where: string, className: string): ZifferError {
  const near = nearest(className, CLASS_NAMES);
  const hint = near ? ` Did you mean ${near}?` : '';
  const what = className.length > 64 ? shown(className) : className;
  const message = `${where}: ${what} layers are not supported. Supported are ${CLASS_NAMES.join(', ')}.${hint}`;
  return new ZifferError('unsupported_layer', message);
}
