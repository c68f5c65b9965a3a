// What a model's weights, optimizer's state and images have to be before they are sent.
import { sizeOf } from '../keras/layer.ts';
import type { Described } from '../keras/model.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { PlainOptimizerState } from '../protocol/messages.ts';
import { refuse, requireFloats } from './arguments.ts';
import type { Images, OptimizerState } from './types.ts';

const MOST_SLOTS = 8;

/** A copy. Whether it is of this model and optimizer, the worker says. */
export function checkedState(given: OptimizerState): PlainOptimizerState {
  const where = 'setOptimizerState';
  if (typeof given !== 'object' || given === null) {
    refuse(where, 'what optimizerState() gave', given);
  }
  const { steps, slots, learningRate } = given;
  if (!Number.isSafeInteger(steps) || steps < 0) refuse(where, 'steps to be a whole number', steps);
  if (!Array.isArray(slots) || slots.length > MOST_SLOTS) {
    refuse(where, 'slots to be a short list of arrays', slots);
  }
  const copy = Array.from(slots);
  for (const slot of copy) requireFloats(where, 'each slot', slot);
  if (learningRate === undefined) return { steps, slots: copy };
  if (typeof learningRate !== 'number') refuse(where, 'learningRate to be a number', learningRate);
  return { steps, slots: copy, learningRate };
}

export function requireWeights({ name, parameters }: Described, weights: Float32Array): void {
  if (weights.length === parameters) return;
  const message = `model "${name}": expected ${parameters} weights, got ${weights.length}.`;
  throw new ZifferError('invalid_model', message);
}

/** How many images of this shape they are; `count` is what the caller says. */
export function imageCount(shape: readonly number[], images: Images, count?: number): number {
  if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0)) {
    refuse('predict', 'count to be a whole number', count);
  }
  const size = sizeOf(shape);
  const found = images.length / size;
  if (Number.isInteger(found) && found === (count ?? found)) return found;
  const expected = count === undefined ? `a multiple of ${size}` : `${count} × ${size}`;
  const message = `predict: expected ${expected} numbers, got ${images.length}. An image of this model has ${shape.join(' × ')}.`;
  throw new ZifferError('shape_mismatch', message);
}
