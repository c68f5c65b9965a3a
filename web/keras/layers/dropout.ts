// Dropout, SpatialDropout2D, GaussianDropout and GaussianNoise keep the shape; they are active only while training.
import { idle, number, only } from '../fields.ts';
import { type LayerInput, layer } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface DropoutConfig extends LayerConfig {
  /** The share of inputs (SpatialDropout2D: of channels) set to zero while training, 0 ≤ rate < 1. */
  rate: number;
}

export interface GaussianNoiseConfig extends LayerConfig {
  /** The deviation of what is added to each input while training, 0 to 1. */
  stddev: number;
}

const rate = number(0.5, { required: true, form: true, leads: true });

function kept(at: LayerInput, config: { readonly rate: number }): number[] {
  const share = Math.fround(config.rate);
  const got = share < 0 ? 'a negative one' : 'one of 1 or more';
  at.require(share >= 0 && share < 1, 'a rate in [0, 1)', got);
  return [...at.input];
}

export const dropout = layer({
  className: 'Dropout',
  offered: { rate: 0.5 },
  fields: { rate, noise_shape: only(null), seed: idle(null) },
  shape: kept,
});

export const spatialDropout2d = layer({
  className: 'SpatialDropout2D',
  offered: { rate: 0.2 },
  fields: { rate, data_format: only('channels_last'), seed: idle(null) },
  shape(at, config) {
    at.image();
    return kept(at, config);
  },
});

export const gaussianDropout = layer({
  className: 'GaussianDropout',
  offered: { rate: 0.2 },
  fields: { rate, seed: idle(null) },
  shape: kept,
});

export const gaussianNoise = layer({
  className: 'GaussianNoise',
  offered: { stddev: 0.1 },
  fields: {
    stddev: number(0.1, { required: true, form: true, leads: true, formerly: ['sigma'] }),
    seed: idle(null),
  },
  shape(at, { stddev }) {
    const got = stddev < 0 ? 'a negative one' : 'a larger one';
    at.require(stddev >= 0 && stddev <= 1, 'a stddev from 0 to 1', got);
    return [...at.input];
  },
});
