// Reshape and Permute: the same numbers in another shape, or with their axes in another order.
import { wholes } from '../fields.ts';
import { layer, shapeText, sizeOf } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface ReshapeConfig extends LayerConfig {
  /** 1 to 8 extents without the batch axis; one may be −1, which is what the others leave. */
  targetShape: readonly number[];
}

export interface PermuteConfig extends LayerConfig {
  /** Each axis once, counted from 1. */
  dims: readonly number[];
}

const MOST_AXES = 8;

export const reshape = layer({
  className: 'Reshape',
  fields: { target_shape: wholes([], { required: true, leads: true, linked: true }) },
  shape(at, { target_shape: shape }) {
    const known = shape.filter((d) => d !== -1);
    const right = shape.length > 0 && shape.length <= MOST_AXES && known.every((d) => d > 0);
    const got = shapeText(shape);
    const expected = 'target_shape to have 1 to 8 extents of at least 1, of which one may be -1';
    at.require(right && shape.length - known.length <= 1, expected, got);
    const size = sizeOf(at.input);
    const rest = size / sizeOf(known);
    const fits = known.length < shape.length ? Number.isInteger(rest) : rest === 1;
    if (!fits) {
      const message = `${shapeText(at.input)} has ${size} numbers, which do not fit into ${got}.`;
      at.fail('shape_mismatch', message);
    }
    return shape.map((d) => (d === -1 ? rest : d));
  },
});

export const permute = layer({
  className: 'Permute',
  fields: { dims: wholes([], { required: true, leads: true, linked: true }) },
  shape(at, { dims }) {
    const each = at.input.every((_, i) => dims.includes(i + 1));
    if (!each || dims.length !== at.input.length) {
      const axes = `each axis of ${shapeText(at.input)} once, counted from 1`;
      at.fail('shape_mismatch', `expected dims to name ${axes}, got ${shapeText(dims)}.`);
    }
    return dims.map((axis) => at.input[axis - 1]!);
  },
});
