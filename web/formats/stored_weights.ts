// From a file's arrays to a model's flat parameters.
import type { KerasConfig } from '../api/types.ts';
import { layerNamed } from '../keras/layers.ts';
import { describe } from '../keras/model.ts';
import { ZifferError } from '../protocol/errors.ts';

/** One array of a file's layer. */
export interface ArrayAt {
  /** Which layer: among all of the file but the InputLayer, and by name. */
  place: number;
  layer: string;
  /** Which of its arrays, by number and by name. */
  index: number;
  name: string;
  /** What Keras 2 and TensorFlow.js call it. */
  formerly: string;
  shape: readonly number[];
}

export function formerName(className: string, weight: string): string {
  return layerNamed(className)?.formerly[weight] ?? weight;
}

/** Bytes of a parameter: its weight, and three of an optimizer. */
const PER_PARAMETER = 16;
/** What a format adds: names, groups, and what lies between. */
const BESIDES = 2 ** 22;

/** The most bytes that the weights of a model may take in a file. Errors: those of `describe`. */
export function mostBytes(chain: KerasConfig): number {
  return PER_PARAMETER * describe(chain).parameters + BESIDES;
}

/** What is no number would go through the whole network. Errors: `invalid_model`. */
export function requireFinite(where: string, what: string, values: Float32Array): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  const message = `${where}: ${what}: expected numbers, got ${values[wrong]} at place ${wrong}. The training went wrong before it was saved; train the model anew.`;
  throw new ZifferError('invalid_model', message);
}

/** `read` fills its second argument with an array of the file. Errors: `invalid_model`, and those of `describe` and `read`. */
export function storedWeights(
  where: string,
  chain: KerasConfig,
  read: (at: ArrayAt, out: Float32Array) => void,
): Float32Array {
  const { layers, parameters } = describe(chain);
  const values = new Float32Array(parameters);
  for (const [place, { name: layer, className, regions }] of layers.entries()) {
    for (const [index, { name, shape, offset }] of regions.entries()) {
      const size = shape.reduce((n, d) => n * d, 1);
      const out = values.subarray(offset, offset + size);
      const formerly = formerName(className, name);
      read({ place, layer, index, name, formerly, shape }, out);
      requireFinite(where, `weights ${layer}/${name}`, out);
    }
  }
  return values;
}
