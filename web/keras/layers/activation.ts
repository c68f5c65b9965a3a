// Activation, and Softmax as a class of its own. Both keep the shape.
import { activationWord, only } from '../fields.ts';
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

export const softmax = layer({ className: 'Softmax', fields: { axis: only(-1) } });
