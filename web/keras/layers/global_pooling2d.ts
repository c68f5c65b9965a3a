// GlobalAveragePooling2D and GlobalMaxPooling2D: [h, w, c] → [c], or [1, 1, c]: the mean of each channel of the whole image, or its largest.
import { flag, only } from '../fields.ts';
import { layer, sizeOf } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface GlobalPooling2DConfig extends LayerConfig {
  /** Whether it stays an image, of one pixel; default false. */
  keepdims?: boolean;
}

const pooling = <Name extends string>(className: Name, alias: string) =>
  layer({
    className,
    aliases: [alias],
    offered: {},
    fields: { data_format: only('channels_last'), keepdims: flag(false) },
    shape(at, { keepdims }) {
      const channels = at.image()[2];
      return keepdims ? [1, 1, channels] : [channels];
    },
    // Each place of the image is looked at, one by one.
    cost: (at) => ({ patches: 0, work: 16 * sizeOf(at.image()) }),
  });

export const globalAveragePooling2d = pooling('GlobalAveragePooling2D', 'GlobalAvgPool2D');
export const globalMaxPooling2d = pooling('GlobalMaxPooling2D', 'GlobalMaxPool2D');
