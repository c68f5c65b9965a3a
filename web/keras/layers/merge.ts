// The layers that take several others: number by number, or one behind the other.
import { count } from '../fields.ts';
import { type LayerInput, layer, shapeText } from '../layer.ts';
import type { LayerConfig } from '../types.ts';

export interface MergeConfig extends LayerConfig {
  /** The names of the layers that it takes; `input_layer` is the model's input. */
  inbound: readonly string[];
}

export interface ConcatenateConfig extends MergeConfig {
  /** Counted with the batch's, which is 0, or from the end. Default −1, the channels. */
  axis?: number;
}

const merge = <Name extends string>(className: Name, most = Number.POSITIVE_INFINITY) =>
  layer({
    className,
    joins: true,
    fields: {},
    shape(at) {
      const count = at.inputs.length;
      if (count > most || (most === 2 && count < 2))
        at.fail('shape_mismatch', `expected two inputs, got ${count}.`);
      return merged(at);
    },
  });

export const add = merge('Add');
export const subtract = merge('Subtract', 2);
export const multiply = merge('Multiply');
export const average = merge('Average');
export const maximum = merge('Maximum');
export const minimum = merge('Minimum');

/** An extent of 1 stands for any other, and what has fewer axes is taken for each place of those in front. */
function merged(at: LayerInput): readonly number[] {
  return at.inputs.reduce((out, other) => {
    const rank = Math.max(out.length, other.length);
    const [a, b] = [out, other].map((dims) => [...Array(rank - dims.length).fill(1), ...dims]);
    const fits = a!.every((d, i) => d === b![i] || d === 1 || b![i] === 1);
    if (!fits) differs(at, 'inputs of the same shape as', other);
    return a!.map((d, i) => Math.max(d, b![i]));
  });
}

function differs(at: LayerInput, expected: string, got: readonly number[]): never {
  const message = `expected ${expected} ${shapeText(at.input)}, got ${shapeText(got)}.`;
  at.fail('shape_mismatch', message);
}

export const concatenate = layer({
  className: 'Concatenate',
  joins: true,
  fields: { axis: count(-3, 3, -1) },
  shape(at, { axis }) {
    const out = [...at.input];
    const along = axis < 0 ? axis + out.length : axis - 1;
    if (axis === 0 || along < 0 || along >= out.length) {
      at.fail('invalid_config', `${axis} is no axis of inputs of ${shapeText(at.input)}.`);
    }
    for (const other of at.inputs.slice(1)) {
      const fits =
        other.length === out.length && other.every((d, i) => i === along || d === out[i]);
      if (!fits) differs(at, 'inputs that differ in the axis of concatenation alone from', other);
      out[along]! += other[along]!;
    }
    return out;
  },
});
