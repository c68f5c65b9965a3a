// MaxPooling2D and AveragePooling2D: [h, w, c] → [h', w', c], the largest of each window or its mean.
import { extent, oneOf, only } from '../fields.ts';
import { layer, sizeOf } from '../layer.ts';
import { type LayerConfig, PADDINGS, type Padding, type Pair } from '../types.ts';

export interface Pooling2DConfig extends LayerConfig {
  /** In pixels, 1 to 255 a side; default 2. */
  poolSize?: Pair;
  /** In pixels; default: the pool size. */
  strides?: Pair;
  /** Default `valid`. */
  padding?: Padding;
}

const pooling = <Name extends string>(className: Name, alias: string) =>
  layer({
    className,
    aliases: [alias],
    offered: { poolSize: 2 },
    fields: {
      pool_size: extent([2, 2], { form: 14, leads: true }),
      strides: extent('pool_size', { none: true }),
      padding: oneOf(PADDINGS, 'valid', { form: true }),
      data_format: only('channels_last'),
    },
    shape: (at, { pool_size, strides, padding }) => {
      const channels = at.image()[2];
      return [...at.windowed('pool_size', pool_size, strides, padding), channels];
    },
    // Each place of each window that lies in the image is looked at, one by one.
    cost: (at, { pool_size }, output) => {
      const [height, width] = at.image();
      const places = Math.min(pool_size[0], height) * Math.min(pool_size[1], width);
      return { patches: 0, work: 16 * sizeOf(output) * places };
    },
  });

export const maxPooling2d = pooling('MaxPooling2D', 'MaxPool2D');
export const averagePooling2d = pooling('AveragePooling2D', 'AvgPool2D');
