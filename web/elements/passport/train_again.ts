// Trains a claim again, as the lab would: the same settings, the same bits.
import { type CompileOptions, loadMnist, sequential } from '../../api/index.ts';
import { optimizerOf } from '../plan/settings.ts';
import { Curves } from '../runs/curves.ts';
import { fitAndKeepBest } from '../runs/fit_run.ts';
import { claimOf } from './claim_of.ts';
import type { Claim } from './passport.ts';

/** What the claim would have to say. `onEpoch` hears how many of the claimed epochs are done. Errors: those of `fit`, and of what the claim names. */
export async function trainAgain(
  claim: Claim,
  onEpoch: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<Claim> {
  const settings = { ...claim.settings, threads: 'auto' as const };
  const model = sequential({ layers: [...claim.layers], seed: settings.seed });
  try {
    const loss = claim.loss as CompileOptions['loss'] | null;
    if (loss) model.compile({ optimizer: optimizerOf(settings), loss });
    const { train, test } = await loadMnist({ trainCount: settings.trainCount, signal });
    const curves = new Curves();
    await fitAndKeepBest(model, train, settings, {
      from: null,
      signal,
      onEpoch: (report) => {
        curves.addEpoch(report);
        onEpoch(curves.epochs.length, claim.curves.length);
      },
      onBackup: () => {},
    });
    const trained = {
      layers: claim.layers,
      loss,
      settings,
      parameters: model.parameterCount,
      epochs: curves.epochs,
      bestEpoch: curves.bestEpoch,
      test: await model.evaluate(test, { signal }),
      weights: await model.weights(),
    };
    return claimOf(trained, claim.student, claim.goal, claim.finished);
  } finally {
    model.dispose();
  }
}
