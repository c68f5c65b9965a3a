// Conv2D: [h, w, c] → [h', w', filters]; kernel [kh, kw, c, filters], bias [filters].
import {
  activationWord,
  extent,
  flag,
  initializer,
  int,
  oneOf,
  only,
  penalties,
} from '../fields.ts';
import { kernelAndBias, layer, productWork, sizeOf } from '../layer.ts';
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
  /** Default `linear`. */
  activation?: Activation;
  /** Default `glorot_uniform`. */
  kernelInitializer?: Initializer;
  /** Default `zeros`. */
  biasInitializer?: Initializer;
  /** Default true. */
  useBias?: boolean;
}

/** One for both axes, as a number or as a pair. */
const undilated = only(1);

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
    dilation_rate: {
      ...undilated,
      read: (r, key) => {
        if (r.has(key) && r.extent(key, [1, 1]).some((d) => d !== 1)) r.only(key, [1, 1]);
        return undefined as never;
      },
    },
    groups: only(1),
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
  shape(at, { filters, kernel_size, strides, padding }) {
    at.within('filters', filters);
    return [...at.windowed('kernel_size', kernel_size, strides, padding), filters];
  },
  weights: (at, { filters, kernel_size, use_bias }) =>
    kernelAndBias([...kernel_size, at.image()[2], filters], use_bias),
  cost(at, { filters, kernel_size }, [height, width]) {
    const patches = sizeOf([height!, width!, ...kernel_size, at.image()[2]]);
    return { patches, work: productWork(patches, filters) };
  },
});
