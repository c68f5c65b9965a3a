// Activation, and ReLU and Softmax as classes of their own. All keep the shape.
import { activationWord, type Field, only } from '../fields.ts';
import { layer } from '../layer.ts';
import type { Activation, LayerConfig } from '../types.ts';

export interface ActivationConfig extends LayerConfig {
  activation: Activation;
}

export const activation = layer({
  className: 'Activation',
  fields: {
    activation: activationWord({ required: true, form: true, leads: true }),
  },
});

/** An argument that makes another function of it unless it is 0. */
const zero: Field<never> = {
  kind: 'other',
  fixed: 'everywhere',
  none: true,
  read: (r, key) => {
    if (r.number(key, 0) !== 0) r.fail('only a plain ReLU is supported.', 'unsupported_layer');
    return undefined as never;
  },
};

export const reLU = layer({
  className: 'ReLU',
  fields: { max_value: only(null), negative_slope: zero, threshold: zero },
});

export const softmax = layer({ className: 'Softmax', fields: { axis: only(-1) } });
