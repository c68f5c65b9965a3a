// What Keras's ImageDataGenerator does to the pictures of a fit, as a layer in front of the model: it turns, shifts, shears, zooms and
// mirrors them in training only. Keras keeps it beside the model, so its files do not have it.
import { count, flag, interval, number, oneOf, only, seed } from '../fields.ts';
import { layer } from '../layer.ts';
import type { FillMode } from '../types.ts';
import {
  type AugmentedConfig,
  checkIntervals,
  cost,
  FILL_MODES,
  imageOf,
  type Range,
} from './augmented.ts';

export interface ImageDataGeneratorConfig extends AugmentedConfig {
  /** Degrees, 0 to 360, to both sides. */
  rotationRange?: number;
  /** Below 1 a share, to both sides; from 1 pixels, of which a whole number of fewer is drawn. */
  widthShiftRange?: number;
  heightShiftRange?: number;
  /** Degrees, 0 to 360, to both sides. */
  shearRange?: number;
  /** 1 ± so much of the extents is seen, or [least, most]; each extent for itself. */
  zoomRange?: Range;
  /** Default `nearest`. */
  fillMode?: FillMode;
  /** Of `fillMode` `constant`; default 0. */
  cval?: number;
  horizontalFlip?: boolean;
  verticalFlip?: boolean;
  /** 1: pixels are mixed; 0: the nearest one. Default 1. */
  interpolationOrder?: number;
}

const ANGLE = { low: 0, high: 360, expected: 'an angle from 0 to 360' };
const SHIFT = { low: 0, high: 16384, expected: 'a shift from 0 to 16384' };
const ZOOM = { low: -100, high: 100, expected: 'zooms from -100 to 100' };

export const imageDataGenerator = layer({
  className: 'ImageDataGenerator',
  augments: true,
  apart: true,
  fields: {
    featurewise_center: only(false),
    samplewise_center: only(false),
    featurewise_std_normalization: only(false),
    samplewise_std_normalization: only(false),
    zca_whitening: only(false),
    zca_epsilon: only(1e-6),
    rotation_range: number(0, { form: 360 }),
    width_shift_range: number(0, { form: 28 }),
    height_shift_range: number(0, { form: 28 }),
    brightness_range: only(null),
    shear_range: number(0, { form: 360 }),
    zoom_range: interval((n) => [1 - n, 1 + n], { form: true, usual: [1, 1] }),
    channel_shift_range: only(0),
    fill_mode: oneOf(FILL_MODES, 'nearest', { form: true }),
    cval: number(0),
    horizontal_flip: flag(false),
    vertical_flip: flag(false),
    rescale: only(null),
    preprocessing_function: only(null),
    data_format: only('channels_last'),
    validation_split: only(0),
    interpolation_order: count(0, 1, 1),
    dtype: only('float32'),
    seed: seed(),
  },
  shape(at, config) {
    const number = (
      key: 'rotation_range' | 'width_shift_range' | 'height_shift_range' | 'shear_range',
    ) => {
      const { low, high, expected } = key.includes('shift') ? SHIFT : ANGLE;
      const value = Math.fround(config[key]);
      const got = value < low ? 'a negative one' : 'a larger one';
      at.require(value >= low && value <= high, expected, got);
    };
    number('rotation_range');
    number('width_shift_range');
    number('height_shift_range');
    number('shear_range');
    checkIntervals(at, ['zoom_range', config.zoom_range, ZOOM]);
    return imageOf(at);
  },
  cost,
});
