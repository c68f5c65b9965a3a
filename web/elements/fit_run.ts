// One training as the settings say it: Keras's callbacks put together, and the best weights put back at its end.
import {
  type Callback,
  type Dataset,
  earlyStopping,
  type FitOptions,
  type History,
  modelCheckpoint,
  type Sequential,
} from '../api/index.ts';
import { optimizerOf, type Settings } from './settings.ts';

type Reports = Pick<FitOptions, 'control' | 'signal' | 'onStep' | 'onEpoch' | 'onWarning'>;

/** Trains; with `checkpoint` the model then has the weights of its best epoch, as Keras's ModelCheckpoint would load. */
export async function fitAndKeepBest(
  model: Sequential,
  train: Dataset,
  settings: Settings,
  reports: Reports,
): Promise<History> {
  const monitor = settings.validationSplit > 0 ? 'val_loss' : 'loss';
  const best: { epoch: number; weights: Float32Array }[] = [];
  const callbacks: Callback[] = [];
  if (settings.patience !== null) {
    callbacks.push(earlyStopping({ monitor, patience: settings.patience }));
  }
  if (settings.checkpoint) {
    const onSave = (checkpoint: { epoch: number; weights: Float32Array }) => {
      best[0] = checkpoint;
    };
    callbacks.push(modelCheckpoint({ monitor, saveBestOnly: true, onSave }));
  }
  model.compile({ optimizer: optimizerOf(settings) });
  const history = await model.fit(train, {
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    validationSplit: settings.validationSplit,
    threads: settings.threads,
    callbacks,
    ...reports,
  });
  const [kept] = best;
  if (kept && kept.epoch !== history.epoch.length) await model.setWeights(kept.weights);
  return history;
}
