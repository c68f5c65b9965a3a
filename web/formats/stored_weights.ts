// From a file's arrays to a model's flat parameters.
import type { KerasConfig } from '../api/index.ts';
import { describe } from '../api/shape_rules.ts';

/** One array of a file's layer. */
export interface ArrayAt {
  /** Which layer: among all of the file but the InputLayer, and by name. */
  place: number;
  layer: string;
  /** Which of its arrays, by number and by name. */
  index: number;
  name: string;
  shape: readonly number[];
}

/** `read` fills its second argument with an array of the file. Errors: those of `describe` and `read`. */
export function storedWeights(
  chain: KerasConfig,
  read: (at: ArrayAt, out: Float32Array) => void,
): Float32Array {
  const { layers, parameters } = describe(chain);
  const values = new Float32Array(parameters);
  for (const [place, { name: layer, regions }] of layers.entries()) {
    for (const [index, { name, shape, offset }] of regions.entries()) {
      const size = shape.reduce((n, d) => n * d, 1);
      read({ place, layer, index, name, shape }, values.subarray(offset, offset + size));
    }
  }
  return values;
}
