// The curves of a model that is trained on: each fit counts from 1, the curves count on.
import { describe, expect, it } from 'vitest';
import type { EpochReport, StepReport } from '../../../web/api/index.ts';
import { Curves, isPlainCurves } from '../../../web/elements/runs/curves.ts';

const epochOf = (epoch: number, steps: number): EpochReport => ({
  epoch,
  epochs: 3,
  totalStep: epoch * steps,
  logs: { loss: 1 / epoch, accuracy: 0.5 },
  bestEpoch: epoch,
  seconds: 1,
});

const stepOf = (totalStep: number): StepReport => ({
  epoch: 1,
  epochs: 3,
  step: totalStep,
  steps: 10,
  totalStep,
  loss: 1,
  accuracy: 0.5,
  recent: [{ epoch: 1, totalStep, loss: 1, accuracy: 0.5, batchLoss: 1, batchAccuracy: 0.5 }],
  msPerStep: 1,
  imagesPerSecond: 1,
  threads: 1,
});

/** Two epochs of ten steps, and three steps of a third. */
function stopped(): Curves {
  const curves = new Curves();
  curves.addEpoch(epochOf(1, 10));
  curves.addEpoch(epochOf(2, 10));
  curves.addSteps(stepOf(23));
  return curves;
}

describe('a further fit', () => {
  it('counts epochs, steps and its best epoch on; the first counts as it is', () => {
    const first = new Curves();
    expect(first.countedOn(epochOf(2, 10))).toEqual(epochOf(2, 10));

    const on = stopped().goOn(500);
    expect(on.past).toEqual({ epochs: 2, steps: 23, time: 500 });
    const step = on.countedOn(stepOf(4));
    expect(step).toMatchObject({ epoch: 3, epochs: 5, step: 4, steps: 10, totalStep: 27 });
    expect(step.recent[0]).toMatchObject({ epoch: 3, totalStep: 27 });
    const epoch = on.countedOn(epochOf(1, 5));
    expect(epoch).toMatchObject({ epoch: 3, epochs: 5, totalStep: 28, bestEpoch: 3 });
  });

  it('keeps the curves before it, and has no best epoch before its first is done', () => {
    const before = stopped();
    const on = before.goOn(0);
    expect(on.bestEpoch).toBe(0);
    on.addEpoch(on.countedOn(epochOf(1, 5)));
    expect(on.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(on.ends).toEqual([10, 20, 28]);
    expect(on.best?.epoch).toBe(3);
    // What failed is forgotten: the fit before has lost nothing.
    expect(before.epochs.length).toBe(2);
    expect(before.bestEpoch).toBe(2);
  });

  it('goes on from what is kept of it', () => {
    const on = stopped().goOn(500);
    on.addEpoch(on.countedOn(epochOf(1, 5)));
    const kept = on.plain();
    expect(isPlainCurves(kept, 1)).toBe(true);
    // Of other epochs than the backup's, or with a past that is none, it is not believed.
    expect(isPlainCurves(kept, 3)).toBe(false);
    expect(isPlainCurves({ ...kept, past: { epochs: 1.5, steps: 23, time: 0 } }, 1)).toBe(false);
    expect(isPlainCurves({ ...kept, past: undefined }, 3)).toBe(false);
    const back = Curves.from(structuredClone(kept));
    expect(back.plain()).toEqual(kept);
    expect(back.countedOn(epochOf(2, 5))).toMatchObject({ epoch: 4, totalStep: 33 });
  });
});
