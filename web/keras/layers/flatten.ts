// Flatten: any shape → [size].
import { only } from '../fields.ts';
import { layer, sizeOf } from '../layer.ts';

export const flatten = layer({
  className: 'Flatten',
  offered: {},
  fields: { data_format: only('channels_last') },
  shape: (at) => [sizeOf(at.input)],
});
