// Conv2D: [h, w, c] → [h', w', filters]; kernel [kh, kw, c / groups, filters], bias [filters].
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
import { kernelAndBias, layer, productWork, shapeText, sizeOf } from '../layer.ts';
import {
  type Activation,
  type Initializer,
  type LayerConfig,
  PADDINGS,
  type Padding,
  type Pair,
} from '../types.ts';

export interface Conv2DConfig extends LayerConfig {
  /** 1 to 4096. */
  filters: number;
  /** In pixels, 1 to 255 a side. */
  kernelSize: Pair;
  /** In pixels; default 1. */
  strides?: Pair;
  /** Default `valid`. */
  padding?: Padding;
  /** From one place of the window to the next, in pixels; default 1. Above 1 with strides of 1 only. */
  dilationRate?: Pair;
  /** The channels and the filters are cut into so many parts, each of which sees its own; default 1. */
  groups?: number;
  /** Default `linear`. */
  activation?: Activation;
  /** Default `glorot_uniform`. */
  kernelInitializer?: Initializer;
  /** Default `zeros`. */
  biasInitializer?: Initializer;
  /** Default true. */
  useBias?: boolean;
}

export const conv2d = layer({
  className: 'Conv2D',
  aliases: ['Convolution2D'],
  offered: { filters: 8, kernelSize: 3, activation: 'relu' },
  fields: {
    filters: int(1, 4096, { form: 256, leads: true }),
    kernel_size: extent([1, 1], { required: true, form: 11, leads: true }),
    strides: extent([1, 1], { form: 8 }),
    padding: oneOf(PADDINGS, 'valid', { form: true }),
    data_format: only('channels_last'),
    dilation_rate: extent([1, 1]),
    groups: count(1, 4096, 1),
    activation: activationWord({ form: true, none: true }),
    use_bias: flag(true),
    kernel_initializer: initializer('glorot_uniform'),
    bias_initializer: initializer('zeros'),
    ...penalties(
      'kernel_regularizer',
      'bias_regularizer',
      'activity_regularizer',
      'kernel_constraint',
      'bias_constraint',
    ),
  },
  shape(at, { filters, strides, dilation_rate, groups, ...window }) {
    at.within('filters', filters);
    const output = at.windowed(
      'kernel_size',
      window.kernel_size,
      strides,
      window.padding,
      dilation_rate,
    );
    at.require(
      sizeOf(strides) === 1 || sizeOf(dilation_rate) === 1,
      'strides of 1 with a dilation_rate above 1',
      'both. Leave one of them at 1',
    );
    at.require(
      filters % groups === 0,
      `filters to be a multiple of groups = ${groups}`,
      `${filters}`,
    );
    if (at.image()[2] % groups > 0) {
      const expected = `expected the channels of the input to be a multiple of groups = ${groups}`;
      at.fail('shape_mismatch', `${expected}, got ${shapeText(at.input)}.`);
    }
    return [...output, filters];
  },
  weights: (at, { filters, kernel_size, groups, use_bias }) =>
    kernelAndBias([...kernel_size, at.image()[2] / groups, filters], use_bias),
  cost(at, { filters, kernel_size, groups }, [height, width]) {
    const patches = sizeOf([height!, width!, ...kernel_size, at.image()[2] / groups]);
    return { patches, work: groups * productWork(patches, filters / groups) };
  },
});
