// The time that a training still takes, as it is shown.
import { expect, it } from 'vitest';
import type { StepReport } from '../../../web/api/index.ts';
import { Pace } from '../../../web/elements/runs/pace.ts';

interface Simulated {
  epochs: number;
  train: number;
  validation: number;
  steps: number;
  /** Milliseconds of an epoch's steps, of its validation, and before the first step. */
  training: number;
  validating: number;
  start: number;
  /** The epoch and the time that earlier fits had reached. */
  from?: { epoch: number; time: number };
}

/** What is shown after each step, and what is true then. */
function* shown(run: Simulated) {
  const { epochs, steps, training, validating, start, from = { epoch: 0, time: 0 } } = run;
  const pace = new Pace();
  const last = from.epoch + epochs;
  for (let epoch = from.epoch + 1; epoch <= last; epoch++) {
    for (let step = 1; step <= steps; step++) {
      const before = (epoch - from.epoch - 1) * (training + validating);
      const time = from.time + start + before + (training * step) / steps;
      pace.add({ epoch, step, steps } as StepReport, time, run);
      const truth = from.time + start + epochs * (training + validating) - time;
      yield { epoch, step, left: pace.left(last), truth };
    }
  }
}

const split = {
  train: 500,
  validation: 500,
  steps: 50,
  training: 900,
  validating: 300,
  start: 2000,
};
const whole = { train: 1000, validation: 0, steps: 40, training: 700, validating: 0, start: 300 };

it('at constant speed is the true time, however long the start took, also in a further fit', () => {
  for (const run of [split, whole, { ...split, from: { epoch: 7, time: 99_000 } }]) {
    for (const { left, truth, epoch, step } of shown({ ...run, epochs: 6 })) {
      if (left === null) expect(step).toBe(1);
      else expect(left, `epoch ${epoch}, step ${step}`).toBeCloseTo(truth, 6);
    }
  }
});

it('never jumps by more than an eighth of what is left, whether an image costs its validation a half or a fifth of its training', () => {
  for (const validating of [200, 300, 450]) {
    let last = { left: 0, truth: 0 };
    for (const { left, truth } of shown({ ...split, validating, epochs: 20 })) {
      const jump = (left ?? 0) - last.left - (truth - last.truth);
      if (last.left > 0)
        expect(Math.abs(jump) / last.truth, `${validating} ms`).toBeLessThan(0.125);
      last = { left: left ?? 0, truth };
    }
  }
});
