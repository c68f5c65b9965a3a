// An optimiser's variables in the order in which Keras keeps them: its steps, its rate, and a slot or more for each trainable weight.
import type { Group } from 'h5wasm';
import type { LayerInfo, OptimizerName, OptimizerState } from '../api/types.ts';
import { readFloats, readInteger } from './hdf5.ts';
import { requireFinite } from './stored_weights.ts';

/** Keras's words, without gaps. */
export type Settings = { name: OptimizerName } & Record<string, number | boolean | string>;

export interface Variable {
  name: string;
  shape: readonly number[];
  values: Float32Array | BigInt64Array;
}

/** One slot's part for one weight. */
interface Part {
  name: string;
  slot: string;
  shape: readonly number[];
  offset: number;
  size: number;
}

/** The core's order of each optimiser's slots, in Keras's words. */
const ADAMS = ['momentum', 'velocity'];
const SLOTS: Record<OptimizerName, readonly string[]> = {
  adam: ADAMS,
  sgd: ['momentum'],
  rmsprop: ['velocity', 'average_gradient', 'momentum'],
  adamw: ADAMS,
};
/** Before the slots come the steps and the rate; in Keras 2 the steps alone. */
const BEFORE_SLOTS = [2, 1];

export function variablesOf(
  layers: readonly LayerInfo[],
  settings: Settings,
  { steps, slots }: OptimizerState,
): Variable[] {
  const { name } = settings;
  const rate = Float32Array.of(Number(settings.learning_rate));
  const parts = partsOf(layers, settings).map(({ name: part, slot, shape, offset, size }) => {
    const values = slots[SLOTS[name].indexOf(slot)]!.slice(offset, offset + size);
    return { name: `${name}/${part}_${slot}`, shape, values };
  });
  return [
    { name: `${name}/iteration`, shape: [], values: BigInt64Array.of(BigInt(steps)) },
    { name: `${name}/learning_rate`, shape: [], values: rate },
    ...parts,
  ];
}

/**
 * The state out of a file's group, whose `paths` are in Keras's order; null where there is none for these settings.
 */
export function readState(
  where: string,
  group: Group,
  paths: readonly string[],
  layers: readonly LayerInfo[],
  settings: Settings,
): OptimizerState | null {
  const all = partsOf(layers, settings);
  // Keras makes the slots with the first step.
  const unused = BEFORE_SLOTS.includes(paths.length);
  const parts = unused ? [] : all;
  const first = BEFORE_SLOTS.find((before) => paths.length === before + parts.length);
  if (first === undefined) return null;
  const steps = readInteger(where, group, paths[0]!);
  if (unused && all.length > 0 && steps > 0) return null;
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const used = usedSlots(settings);
  const slots = SLOTS[settings.name].map((s) => new Float32Array(used.includes(s) ? total : 0));
  for (const [i, { slot, shape, offset, size }] of parts.entries()) {
    const out = slots[SLOTS[settings.name].indexOf(slot)]!.subarray(offset, offset + size);
    readFloats(where, group, paths[first + i]!, shape, out);
    requireFinite(where, paths[first + i]!, out);
  }
  return { steps, slots };
}

function usedSlots({ name, momentum, centered }: Settings): readonly string[] {
  if (SLOTS[name] === ADAMS) return ADAMS;
  const used = name === 'rmsprop' ? ['velocity'] : [];
  if (Number(momentum) > 0) used.push('momentum');
  if (centered) used.push('average_gradient');
  return used;
}

/** Adam's kind keeps both slots of a weight side by side; RMSprop and SGD one slot of all weights after the other. */
function partsOf(layers: readonly LayerInfo[], settings: Settings): Part[] {
  const used = usedSlots(settings);
  // Keras's optimizers know the trainable weights alone.
  const trained = layers.filter(({ trainable }) => trainable);
  const weights = trained.flatMap(({ name: layer, regions }) => {
    const learned = regions.filter(({ moving }) => !moving);
    return learned.map(({ name, shape, offset }) => {
      const size = shape.reduce((n, d) => n * d, 1);
      return { name: `${layer}_${name}`, shape, offset, size };
    });
  });
  if (used === ADAMS) {
    return weights.flatMap((weight) => used.map((slot) => ({ ...weight, slot })));
  }
  return used.flatMap((slot) => weights.map((weight) => ({ ...weight, slot })));
}
