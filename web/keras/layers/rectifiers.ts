// What passes numbers above a threshold and bends those below: ReLU, LeakyReLU, ELU, PReLU. All keep the shape; PReLU learns an alpha for
// each place of the input, or for all places of a shared axis.
import { initializer, limit, number, penalties, wholes } from '../fields.ts';
import { type LayerInput, layer } from '../layer.ts';
import type { Initializer, LayerConfig } from '../types.ts';

export interface ReLUConfig extends LayerConfig {
  /** The largest output; default null, none. */
  maxValue?: number | null;
  /** Below the threshold; default 0. */
  negativeSlope?: number;
  /** Default 0. */
  threshold?: number;
}

export interface LeakyReLUConfig extends LayerConfig {
  /** Below 0; default 0.3. */
  negativeSlope?: number;
}

export interface ELUConfig extends LayerConfig {
  /** What −y comes to far below 0; default 1. */
  alpha?: number;
}

export interface PReLUConfig extends LayerConfig {
  /** Default `zeros`. */
  alphaInitializer?: Initializer;
  /** Axes along which all places have one alpha, counted from 1; default none. */
  sharedAxes?: number | readonly number[] | null;
}

function atLeastZero(at: LayerInput, config: Readonly<Record<string, number | null>>): number[] {
  for (const [key, value] of Object.entries(config)) {
    at.require((value ?? 0) >= 0, `a ${key} of at least 0`, 'a negative one');
  }
  return [...at.input];
}

export const reLU = layer({
  className: 'ReLU',
  fields: { max_value: limit(), negative_slope: number(0), threshold: number(0) },
  shape: atLeastZero,
});

export const leakyReLU = layer({
  className: 'LeakyReLU',
  offered: { negativeSlope: 0.2 },
  fields: { negative_slope: number(0.3, { form: true, leads: true, formerly: ['alpha'] }) },
  shape: atLeastZero,
});

export const elu = layer({
  className: 'ELU',
  fields: { alpha: number(1, { leads: true }) },
});

export const pReLU = layer({
  className: 'PReLU',
  offered: {},
  fields: {
    alpha_initializer: initializer('zeros', { formerly: ['init'] }),
    ...penalties('alpha_regularizer', 'alpha_constraint'),
    shared_axes: wholes([], { none: true }),
  },
  shape(at, { shared_axes }) {
    const rank = at.input.length;
    for (const axis of shared_axes) {
      const once = shared_axes.filter((other) => other === axis).length === 1;
      const expected = `shared_axes to be axes between 1 and ${rank}, each once`;
      at.require(axis >= 1 && axis <= rank && once, expected, `${axis}`);
    }
    return [...at.input];
  },
  weights(at, { shared_axes }) {
    const shape = at.input.map((extent, i) => (shared_axes.includes(i + 1) ? 1 : extent));
    return [{ name: 'alpha', shape }];
  },
});
