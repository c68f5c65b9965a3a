// Dense: [n] → [units], and at each place of the axes before the last: [h, w, n] → [h, w, units]; kernel [n, units], bias [units].
import { activationWord, flag, initializer, int, penalties } from '../fields.ts';
import { kernelAndBias, layer, productWork, sizeOf } from '../layer.ts';
import type { Activation, Initializer, LayerConfig } from '../types.ts';

export interface DenseConfig extends LayerConfig {
  /** 1 to 65,536. */
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

export const dense = layer({
  className: 'Dense',
  offered: { units: 16, activation: 'relu' },
  fields: {
    units: int(1, 65536, { form: 1024, leads: true }),
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
  shape(at, { units }) {
    at.within('units', units);
    return [...at.input.slice(0, -1), units];
  },
  weights: (at, { units, use_bias }) => kernelAndBias([at.input.at(-1)!, units], use_bias),
  cost: (at, { units }) => ({ patches: 0, work: productWork(sizeOf(at.input), units) }),
});
