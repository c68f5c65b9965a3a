// SeparableConv2D: [h, w, c] → [h', w', filters], each channel by itself, then all of them at each place; depthwise_kernel [kh, kw, c, m],
// pointwise_kernel [1, 1, c · m, filters], bias [filters].
import {
  activationWord,
  count,
  extent,
  flag,
  initializer,
  int,
  oneOf,
  only,
  penalties,
} from '../fields.ts';
import { layer, productWork, sizeOf, type Weights } from '../layer.ts';
import { type Initializer, PADDINGS } from '../types.ts';
import { BESIDE_WIDE_PRODUCT, type DepthwiseConv2DConfig } from './depthwise_conv2d.ts';

export interface SeparableConv2DConfig extends DepthwiseConv2DConfig {
  /** 1 to 4096. */
  filters: number;
  /** Default `glorot_uniform`. */
  pointwiseInitializer?: Initializer;
}

export const separableConv2d = layer({
  className: 'SeparableConv2D',
  aliases: ['SeparableConvolution2D'],
  offered: { filters: 8, kernelSize: 3, activation: 'relu' },
  fields: {
    filters: int(1, 4096, { form: 256, leads: true }),
    kernel_size: extent([1, 1], { required: true, form: 11, leads: true }),
    strides: extent([1, 1], { form: 8 }),
    padding: oneOf(PADDINGS, 'valid', { form: true }),
    data_format: only('channels_last'),
    dilation_rate: extent([1, 1]),
    depth_multiplier: count(1, 256, 1, { form: 16 }),
    activation: activationWord({ form: true, none: true }),
    use_bias: flag(true),
    depthwise_initializer: initializer('glorot_uniform'),
    pointwise_initializer: initializer('glorot_uniform'),
    bias_initializer: initializer('zeros'),
    ...penalties(
      'depthwise_regularizer',
      'pointwise_regularizer',
      'bias_regularizer',
      'activity_regularizer',
      'depthwise_constraint',
      'pointwise_constraint',
      'bias_constraint',
    ),
  },
  shape(at, { filters, kernel_size, strides, padding, dilation_rate }) {
    at.within('filters', filters);
    return [...at.windowed('kernel_size', kernel_size, strides, padding, dilation_rate), filters];
  },
  weights(at, { filters, kernel_size, depth_multiplier, use_bias }) {
    const [, , channels] = at.image();
    const between = channels * depth_multiplier;
    const weights: Weights[] = [
      { name: 'depthwise_kernel', shape: [...kernel_size, channels, depth_multiplier] },
      { name: 'pointwise_kernel', shape: [1, 1, between, filters] },
    ];
    return use_bias ? [...weights, { name: 'bias', shape: [filters] }] : weights;
  },
  cost(at, { filters, kernel_size, depth_multiplier }, [height, width]) {
    const between = sizeOf([height!, width!, at.image()[2], depth_multiplier]);
    const alone = between * sizeOf(kernel_size) * BESIDE_WIDE_PRODUCT;
    return { patches: between, work: alone + productWork(between, filters) };
  },
});
