// Dense: [n] → [units]; kernel [n, units], bias [units].
import { activationWord, flag, initializer, int, penalties } from '../fields.ts';
import { kernelAndBias, layer, productWork, shapeText } from '../layer.ts';
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
    if (at.input.length !== 1) {
      const got = shapeText(at.input);
      const message = `expected a flat input, got ${got}. Put a Flatten layer before it.`;
      at.fail('shape_mismatch', message);
    }
    return [units];
  },
  weights: (at, { units, use_bias }) => kernelAndBias([at.input[0]!, units], use_bias),
  cost: (at, { units }) => ({ patches: 0, work: productWork(at.input[0]!, units) }),
});
