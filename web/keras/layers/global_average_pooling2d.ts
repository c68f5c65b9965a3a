// GlobalAveragePooling2D: [h, w, c] → [c], the mean of each channel over the whole image.
import { only } from '../fields.ts';
import { layer, sizeOf } from '../layer.ts';

export const globalAveragePooling2d = layer({
  className: 'GlobalAveragePooling2D',
  aliases: ['GlobalAvgPool2D'],
  offered: {},
  fields: { data_format: only('channels_last'), keepdims: only(false) },
  shape: (at) => [at.image()[2]],
  // Each place of the image is looked at, one by one.
  cost: (at) => ({ patches: 0, work: 16 * sizeOf(at.image()) }),
});
