// An optimiser's variables in the order in which Keras keeps them: its steps, its rate, and a slot or more for each trainable weight.
import type { Group } from 'h5wasm';
import type { LayerInfo, OptimizerName, OptimizerState } from '../api/types.ts';
import { isSchedule, type ScheduleSpec } from '../keras/schedules.ts';
import { readFloats, readInteger } from './hdf5.ts';
import { requireFinite } from './stored_weights.ts';

/** Keras's words, without gaps. */
export type Settings = { name: OptimizerName } & Record<
  string,
  number | boolean | string | ScheduleSpec
>;

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
  adadelta: ['accumulated_grad', 'accumulated_delta_var'],
  adagrad: ['accumulator'],
  adamax: ['momentum', 'norm'],
  nadam: ADAMS,
  lion: ['momentum'],
};
/** The weights' moving average, which is the core's last slot and Keras's first. */
const AVERAGE = 'average';

function slotsOf({ name, use_ema }: Settings): readonly string[] {
  return use_ema ? [...SLOTS[name], AVERAGE] : SLOTS[name];
}
/** Before the slots come the steps and the rate; in Keras 2 the steps alone. */
const BEFORE_SLOTS = [2, 1];

export function variablesOf(
  layers: readonly LayerInfo[],
  settings: Settings,
  { steps, slots }: OptimizerState,
): Variable[] {
  const { name } = settings;
  const rate = settings.learning_rate;
  const parts = partsOf(layers, settings).map(({ name: part, slot, shape, offset, size }) => {
    const values = slots[slotsOf(settings).indexOf(slot)]!.slice(offset, offset + size);
    return { name: `${name}/${part}_${slot}`, shape, values };
  });
  return [
    { name: `${name}/iteration`, shape: [], values: BigInt64Array.of(BigInt(steps)) },
    ...(isSchedule(rate) ? [] : [scalar(`${name}/learning_rate`, Number(rate))]),
    ...parts,
    ...(name === 'nadam' ? [scalar(`${name}/variable`, momentumOf(settings, steps))] : []),
  ];
}

function scalar(name: string, value: number): Variable {
  return { name, shape: [], values: Float32Array.of(value) };
}

/** The product of Nadam's momenta so far, which Keras keeps; the steps say it. */
function momentumOf({ beta_1 }: Settings, steps: number): number {
  let product = 1;
  for (let t = 1; t <= steps && product > 0; t++) {
    product = Math.fround(product * Number(beta_1) * (1 - 0.5 * 0.96 ** t));
  }
  return product;
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
  const behind = settings.name === 'nadam' && !unused ? 1 : 0;
  const first = BEFORE_SLOTS.find((before) => paths.length === before + parts.length + behind);
  if (first === undefined) return null;
  const steps = readInteger(where, group, paths[0]!);
  if (unused && all.length > 0 && steps > 0) return null;
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const used = usedSlots(settings);
  const slots = slotsOf(settings).map((s) => new Float32Array(used.includes(s) ? total : 0));
  if (settings.name === 'adagrad') slots[0]!.fill(Number(settings.initial_accumulator_value));
  for (const [i, { slot, shape, offset, size }] of parts.entries()) {
    const out = slots[slotsOf(settings).indexOf(slot)]!.subarray(offset, offset + size);
    readFloats(where, group, paths[first + i]!, shape, out);
    requireFinite(where, paths[first + i]!, out);
  }
  return { steps, slots };
}

function usedSlots(settings: Settings): readonly string[] {
  const { name, momentum, centered } = settings;
  if (name !== 'sgd' && name !== 'rmsprop') return slotsOf(settings);
  const used = name === 'rmsprop' ? ['velocity'] : [];
  if (Number(momentum) > 0) used.push('momentum');
  if (centered) used.push('average_gradient');
  return settings.use_ema ? [...used, AVERAGE] : used;
}

/** The averages come first. Most keep all slots of a weight side by side; RMSprop and SGD one slot of all weights after the other. */
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
  const of = (slot: string) => weights.map((weight) => ({ ...weight, slot }));
  const averages = used.includes(AVERAGE) ? of(AVERAGE) : [];
  const own = used.filter((slot) => slot !== AVERAGE);
  const { name } = settings;
  if (name === 'sgd' || name === 'rmsprop') return [...averages, ...own.flatMap(of)];
  return [...averages, ...weights.flatMap((weight) => own.map((slot) => ({ ...weight, slot })))];
}
