// UpSampling2D: [h, w, c] → [h · size, w · size, c].
import { extent, oneOf, only } from '../fields.ts';
import { layer } from '../layer.ts';
import type { LayerConfig, Pair } from '../types.ts';

const INTERPOLATIONS = ['nearest', 'bilinear'] as const;

export interface UpSampling2DConfig extends LayerConfig {
  /** How many rows and columns each becomes, 1 to 255; default 2. */
  size?: Pair;
  /** Default `nearest`. */
  interpolation?: (typeof INTERPOLATIONS)[number];
}

export const upSampling2d = layer({
  className: 'UpSampling2D',
  offered: { size: 2 },
  fields: {
    size: extent([2, 2], { form: 8, leads: true }),
    data_format: only('channels_last'),
    interpolation: oneOf(INTERPOLATIONS, 'nearest', { form: true }),
  },
  shape(at, { size }) {
    const [height, width, channels] = at.image();
    at.within('size', size, 'a size');
    return [height * size[0], width * size[1], channels];
  },
});
