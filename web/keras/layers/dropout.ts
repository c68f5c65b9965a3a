// Dropout keeps the shape; it is active only while training.
import { idle, number, only } from '../fields.ts';
import { layer } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface DropoutConfig extends LayerConfig {
  /** The share of inputs set to zero while training, 0 ≤ rate < 1. */
  rate: number;
}

export const dropout = layer({
  className: 'Dropout',
  offered: { rate: 0.5 },
  fields: {
    rate: number(0.5, { required: true, form: true, leads: true }),
    noise_shape: only(null),
    seed: idle(null),
  },
  shape(at, config) {
    const rate = Math.fround(config.rate);
    const got = rate < 0 ? 'a negative one' : 'one of 1 or more';
    at.require(rate >= 0 && rate < 1, 'a rate in [0, 1)', got);
    return [...at.input];
  },
});
