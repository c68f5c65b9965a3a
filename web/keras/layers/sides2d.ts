// ZeroPadding2D and Cropping2D: [h, w, c] → [h', w', c], with rows and columns more or fewer at the sides of an image.
import { only, sides } from '../fields.ts';
import { layer, shapeText } from '../layer.ts';
import type { LayerConfig, Sides } from '../types.ts';

export interface ZeroPadding2DConfig extends LayerConfig {
  /** Rows and columns of zeros at each side, 0 to 255; default 1. */
  padding?: Sides;
}

export interface Cropping2DConfig extends LayerConfig {
  /** Rows and columns that go at each side, 0 to 255; default 0. */
  cropping?: Sides;
}

export const zeroPadding2d = layer({
  className: 'ZeroPadding2D',
  offered: { padding: 1 },
  fields: {
    padding: sides(1, { form: 8, leads: true }),
    data_format: only('channels_last'),
  },
  shape(at, { padding }) {
    const [height, width, channels] = at.image();
    at.within('padding', padding);
    const [[top, bottom], [left, right]] = padding;
    return [height + top + bottom, width + left + right, channels];
  },
});

export const cropping2d = layer({
  className: 'Cropping2D',
  offered: { cropping: 1 },
  fields: {
    cropping: sides(0, { form: 8, leads: true }),
    data_format: only('channels_last'),
  },
  shape(at, { cropping }) {
    const [height, width, channels] = at.image();
    at.within('cropping', cropping);
    const [[top, bottom], [left, right]] = cropping;
    const rest = [height - top - bottom, width - left - right] as const;
    if (rest.some((extent) => extent < 1)) {
      at.fail('shape_mismatch', `nothing is left of ${shapeText(at.input)}. Crop less.`);
    }
    return [...rest, channels];
  },
});
