// Keras's random layers: RandomRotation, RandomTranslation, RandomZoom, RandomFlip, RandomContrast, RandomBrightness.
import { interval, oneOf, seed } from '../fields.ts';
import { layer } from '../layer.ts';
import type { Interval } from '../types.ts';
import {
  type AugmentedConfig,
  type Bound,
  checkIntervals,
  cost,
  imageOf,
  type MovingConfig,
  moving,
  type Range,
  SHARE,
} from './augmented.ts';

export interface RandomRotationConfig extends MovingConfig {
  /** Of a whole turn, to both sides, or [least, most]. */
  factor: Range;
}
export interface RandomTranslationConfig extends MovingConfig {
  /** Of the height, up and down, or [least, most]; positive ones move down. */
  heightFactor: Range;
  /** Of the width, to both sides, or [least, most]; positive ones move to the right. */
  widthFactor: Range;
}
export interface RandomZoomConfig extends MovingConfig {
  /** What more or less is seen of the height, or [least, most]; negative ones magnify. */
  heightFactor: Range;
  /** Default: the height's. */
  widthFactor?: Range | null;
}
export interface RandomFlipConfig extends AugmentedConfig {
  /** Default `horizontal_and_vertical`. */
  mode?: 'horizontal' | 'vertical' | 'horizontal_and_vertical';
}
export interface RandomContrastConfig extends AugmentedConfig {
  /** Up to how much more contrast, or [how much less, how much more] at most. */
  factor: Range;
  /** Which values pictures have; default [0, 255]. */
  valueRange?: Interval;
}
export interface RandomBrightnessConfig extends AugmentedConfig {
  /** Of the range of values, or [least, most]. */
  factor: Range;
  /** Which values pictures have; default [0, 255]. */
  valueRange?: Interval;
}

/** To both sides, as far. */
const around = (n: number): Interval => [-Math.abs(n), Math.abs(n)];
const upwards = (n: number): Interval => [Math.max(-Math.abs(n), 0), Math.abs(n)];

const range = { required: true, form: true, leads: true } as const;
const valueRange = interval(null, { usual: [0, 255] });

const ZOOM: Bound = { low: -1, above: true, high: 1, expected: 'factors above -1, at most 1' };
const CONTRAST: Bound = { low: 0, high: 1, expected: 'factors from 0 to 1' };

export const randomRotation = layer({
  className: 'RandomRotation',
  augments: true,
  offered: { factor: 0.03 },
  fields: { factor: interval(around, range), ...moving },
  shape(at, { factor }) {
    checkIntervals(at, ['factor', factor, SHARE]);
    return imageOf(at);
  },
  cost,
});

export const randomTranslation = layer({
  className: 'RandomTranslation',
  augments: true,
  offered: { heightFactor: 0.1, widthFactor: 0.1 },
  fields: {
    height_factor: interval(around, range),
    width_factor: interval(around, range),
    ...moving,
  },
  shape(at, { height_factor, width_factor }) {
    checkIntervals(
      at,
      ['height_factor', height_factor, SHARE],
      ['width_factor', width_factor, SHARE],
    );
    return imageOf(at);
  },
  cost,
});

export const randomZoom = layer({
  className: 'RandomZoom',
  augments: true,
  offered: { heightFactor: 0.1 },
  fields: {
    height_factor: interval(around, range),
    width_factor: interval(around, { form: true, none: true, usual: null }),
    ...moving,
  },
  shape(at, { height_factor, width_factor }) {
    checkIntervals(
      at,
      ['height_factor', height_factor, ZOOM],
      ['width_factor', width_factor, ZOOM],
    );
    return imageOf(at);
  },
  cost,
});

export const randomFlip = layer({
  className: 'RandomFlip',
  augments: true,
  fields: {
    mode: oneOf(
      ['horizontal', 'vertical', 'horizontal_and_vertical'] as const,
      'horizontal_and_vertical',
      { form: true, leads: true },
    ),
    seed: seed(),
  },
  shape: imageOf,
  cost,
});

export const randomContrast = layer({
  className: 'RandomContrast',
  augments: true,
  fields: { factor: interval(upwards, range), value_range: valueRange, seed: seed() },
  shape(at, { factor, value_range }) {
    checkIntervals(at, ['factor', factor, CONTRAST], ['value_range', value_range]);
    return imageOf(at);
  },
  cost,
});

export const randomBrightness = layer({
  className: 'RandomBrightness',
  augments: true,
  fields: { factor: interval(around, range), value_range: valueRange, seed: seed() },
  shape(at, { factor, value_range }) {
    checkIntervals(at, ['factor', factor, SHARE], ['value_range', value_range]);
    return imageOf(at);
  },
  cost,
});
