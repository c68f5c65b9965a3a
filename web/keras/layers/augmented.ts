// What the layers have in common that change pictures in training, each another way, and let them pass otherwise. All keep the shape.
import { number, oneOf, only, seed } from '../fields.ts';
import { type LayerInput, sizeOf } from '../layer.ts';
import type { FillMode, Interval, LayerConfig } from '../types.ts';

/** A number, or the two between which is drawn. */
export type Range = number | Interval;

export interface AugmentedConfig extends LayerConfig {
  /** Which pictures are changed how; default: the fit's. */
  seed?: number | null;
}

export interface MovingConfig extends AugmentedConfig {
  /** What stands where a moved picture has no pixels; default `reflect`. */
  fillMode?: FillMode;
  /** Default `bilinear`. */
  interpolation?: 'nearest' | 'bilinear';
  /** Of `fillMode` `constant`; default 0. */
  fillValue?: number;
}

export const FILL_MODES = ['constant', 'nearest', 'reflect', 'wrap'] as const;

/** In the order of Keras's arguments. */
export const moving = {
  fill_mode: oneOf(FILL_MODES, 'reflect', { form: true }),
  interpolation: oneOf(['nearest', 'bilinear'] as const, 'bilinear'),
  seed: seed(),
  fill_value: number(0),
  data_format: only('channels_last'),
};

export interface Bound {
  readonly low: number;
  /** Whether `low` itself is too low. */
  readonly above?: true;
  readonly high: number;
  readonly expected: string;
}

export const SHARE: Bound = { low: -1, high: 1, expected: 'factors from -1 to 1' };

/** Holds settings of two numbers to their ranges, in the core's words. */
export function checkIntervals(
  at: LayerInput,
  ...settings: readonly (readonly [key: string, value: Interval | null, bound?: Bound])[]
): void {
  for (const [key, value, bound] of settings) {
    if (!value) continue;
    for (const each of bound ? value : []) {
      const { low, above, high, expected } = bound!;
      const number = Math.fround(each);
      at.require(above ? number > low : number >= low, expected, 'a lower one');
      at.require(number <= high, expected, 'a higher one');
    }
    const wrong = Math.fround(value[0]) > Math.fround(value[1]);
    at.require(!wrong, `the lower number of ${key} first`, 'the higher one');
  }
}

/** A pixel is read from four others, at places that are computed. */
export const cost = (_at: LayerInput, _config: unknown, output: readonly number[]) => ({
  patches: 0,
  work: 64 * sizeOf(output),
});

export function imageOf(at: LayerInput): readonly number[] {
  return [...at.image()];
}
