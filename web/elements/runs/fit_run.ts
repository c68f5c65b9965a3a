// One training as the settings say it: Keras's callbacks put together, and the best weights put back at its end.
import {
  type Backup,
  backupAndRestore,
  type Callback,
  type Dataset,
  earlyStopping,
  type FitOptions,
  type History,
  modelCheckpoint,
  type OptimizerName,
  type OptimizerSpec,
  type Sequential,
} from '../../api/index.ts';
import { optimizerOf, type Settings } from '../plan/settings.ts';
import type { BestWeights, KeptRun } from './kept_run.ts';
import { isCompiledFor } from './train_on.ts';

interface Run extends Pick<FitOptions, 'control' | 'signal' | 'onStep' | 'onEpoch'> {
  /** What an earlier page has kept of this training. */
  from: {
    readonly backup: Backup;
    readonly best: BestWeights | null;
    /** What the model was compiled with. */
    readonly optimizer: OptimizerName | OptimizerSpec;
    readonly loss?: KeptRun['loss'];
  } | null;
  /** After each epoch but the last: all that goes on from there needs. */
  onBackup(backup: Backup, best: BestWeights | null): void;
}

/**
 * Trains a model from where it stands; with `checkpoint` it then has the weights of its best epoch, as Keras's ModelCheckpoint
 * would load, and the optimizer's state of its last, as after Keras's EarlyStopping with restore_best_weights. A later fit goes
 * on from both.
 */
export async function fitAndKeepBest(
  model: Sequential,
  train: Dataset,
  settings: Settings,
  { from, onBackup, ...reports }: Run,
): Promise<History> {
  const monitor = settings.validationSplit > 0 ? 'val_loss' : 'loss';
  const best: BestWeights[] = from?.best ? [from.best] : [];
  const callbacks: Callback[] = [
    backupAndRestore({
      from: from?.backup.bytes ?? null,
      onBackup: (backup) => onBackup(backup, best[0] ?? null),
    }),
  ];
  if (settings.patience !== null) {
    callbacks.push(earlyStopping({ monitor, patience: settings.patience }));
  }
  if (settings.checkpoint) {
    const onSave = ({ epoch, weights }: BestWeights) => {
      best[0] = { epoch, weights };
    };
    callbacks.push(modelCheckpoint({ monitor, saveBestOnly: true, onSave }));
  }
  if (from) model.compile({ optimizer: from.optimizer, loss: from.loss });
  else if (!isCompiledFor(model, settings)) {
    model.compile({ optimizer: optimizerOf(settings), loss: model.compiled?.loss });
  }
  const history = await model.fit(train, {
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    validationSplit: settings.validationSplit,
    seed: settings.seed,
    threads: settings.threads,
    callbacks,
    ...reports,
  });
  const [kept] = best;
  if (kept && kept.epoch !== history.epoch.length) await model.setWeights(kept.weights);
  return history;
}
