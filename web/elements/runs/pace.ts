// How long a training still takes, by the speed that it has had on this machine.
import type { StepReport } from '../../api/index.ts';

/** What a training image costs next to one that is only read for validation: forwards, and backwards for the input and the weights. */
const TRAINING_COST = 3;

/** The images of an epoch. */
export interface EpochPlan {
  readonly train: number;
  readonly validation: number;
}

interface Mark {
  /** In epochs, their validation included. */
  readonly done: number;
  /** Milliseconds. */
  readonly time: number;
}

export class Pace {
  /** The first step's is the start: before it workers were started and data awaited. */
  #first: Mark | null = null;
  #last: Mark | null = null;

  reset(): void {
    this.#first = null;
    this.#last = null;
  }

  /** `time`: of the training, when its step was done. An epoch's validation comes after its last step. */
  add({ epoch, step, steps }: StepReport, time: number, { train, validation }: EpochPlan): void {
    const work = TRAINING_COST * train;
    const part = work / Math.max(1, work + validation);
    this.#last = { done: epoch - 1 + (part * step) / steps, time };
    this.#first ??= this.#last;
  }

  /** Milliseconds to the end of so many epochs; null before there is a speed. */
  left(epochs: number): number | null {
    const [first, last] = [this.#first, this.#last];
    if (!first || !last || last.done <= first.done) return null;
    return ((last.time - first.time) / (last.done - first.done)) * (epochs - last.done);
  }
}
