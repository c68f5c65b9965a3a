// DepthwiseConv2D: [h, w, c] → [h', w', c · m], each channel by itself; kernel [kh, kw, c, m], bias [c · m].
import {
  activationWord,
  count,
  extent,
  flag,
  initializer,
  oneOf,
  only,
  penalties,
} from '../fields.ts';
import { kernelAndBias, layer, sizeOf } from '../layer.ts';
import {
  type Activation,
  type Initializer,
  type LayerConfig,
  PADDINGS,
  type Padding,
  type Pair,
} from '../types.ts';

export interface DepthwiseConv2DConfig extends LayerConfig {
  /** In pixels, 1 to 255 a side. */
  kernelSize: Pair;
  /** In pixels; default 1. */
  strides?: Pair;
  /** Default `valid`. */
  padding?: Padding;
  /** Windows for each channel; default 1. */
  depthMultiplier?: number;
  /** From one place of the window to the next, in pixels; default 1. */
  dilationRate?: Pair;
  /** Default `linear`. */
  activation?: Activation;
  /** Default `glorot_uniform`. */
  depthwiseInitializer?: Initializer;
  /** Default `zeros`. */
  biasInitializer?: Initializer;
  /** Default true. */
  useBias?: boolean;
}

/** A product of a place counts as so many of a wide product. */
export const BESIDE_WIDE_PRODUCT = 4;

export const depthwiseConv2d = layer({
  className: 'DepthwiseConv2D',
  aliases: ['DepthwiseConvolution2D'],
  offered: { kernelSize: 3, activation: 'relu' },
  formerly: { kernel: 'depthwise_kernel' },
  fields: {
    kernel_size: extent([1, 1], { required: true, form: 11, leads: true }),
    strides: extent([1, 1], { form: 8 }),
    padding: oneOf(PADDINGS, 'valid', { form: true }),
    depth_multiplier: count(1, 256, 1, { form: 16 }),
    data_format: only('channels_last'),
    dilation_rate: extent([1, 1]),
    activation: activationWord({ form: true, none: true }),
    use_bias: flag(true),
    depthwise_initializer: initializer('glorot_uniform'),
    bias_initializer: initializer('zeros'),
    ...penalties(
      'depthwise_regularizer',
      'bias_regularizer',
      'activity_regularizer',
      'depthwise_constraint',
      'bias_constraint',
    ),
  },
  shape(at, { kernel_size, strides, padding, depth_multiplier, dilation_rate }) {
    const output = at.windowed('kernel_size', kernel_size, strides, padding, dilation_rate);
    return [...output, at.image()[2] * depth_multiplier];
  },
  weights(at, { kernel_size, depth_multiplier, use_bias }) {
    const [, , channels] = at.image();
    const shape = [...kernel_size, channels, depth_multiplier];
    return kernelAndBias(shape, use_bias, channels * depth_multiplier);
  },
  cost: (_, { kernel_size }, output) => ({
    patches: 0,
    work: sizeOf(output) * sizeOf(kernel_size) * BESIDE_WIDE_PRODUCT,
  }),
});
