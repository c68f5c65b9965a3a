// What a finished training has measured, in the words of goals.
import type { Measured } from '../plan/goal.ts';
import type { Run } from './run_log.ts';

type Finished = Pick<Run, 'bestEpoch' | 'epochs' | 'layers' | 'parameters' | 'settings' | 'test'>;

/** Losses and accuracies of the training are those of the epoch whose weights the model has. */
export function measuredOf(run: Finished): Measured {
  const { epochs, settings, test } = run;
  const row = epochs[(settings.checkpoint ? run.bestEpoch : epochs.length) - 1];
  const right = test.confusion.reduce((sum, counts, k) => sum + (counts[k] ?? 0), 0);
  return {
    'test-accuracy': test.accuracy,
    'test-loss': test.loss,
    misread: test.count - right,
    ...(row && { accuracy: row.accuracy, loss: row.loss }),
    ...(row?.val_accuracy !== undefined && { 'val-accuracy': row.val_accuracy }),
    ...(row?.val_loss !== undefined && { 'val-loss': row.val_loss }),
    parameters: run.parameters,
    layers: run.layers.length,
    epochs: epochs.length,
    'train-count': settings.trainCount,
  };
}
