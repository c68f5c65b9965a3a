// The core's own training in this process, unit by unit, as the trainer worker does it with one thread.
import { type MetricSpec, metricsForCore } from '../../web/keras/metrics.ts';
import type {
  Core,
  CoreDataset,
  CoreModel,
  CoreTrainer,
  TrainerReport,
} from '../../web/worker/core.ts';

export function coreDataset(core: Core, images: Uint8Array, labels: Uint8Array): CoreDataset {
  const data = core.createDataset(labels.length, 28, 28, 1, 10);
  data.setImages(0, images);
  data.setLabels(0, labels);
  return data;
}

/** The losses of all steps up to the last of `stops`, and the weights at each of them. The data is a multiple of the batch. */
export function runSteps(
  core: Core,
  model: CoreModel,
  data: CoreDataset,
  optimizer: Record<string, unknown>,
  batch: number,
  stops: readonly number[],
  loss?: object,
): { losses: number[]; weights: Float32Array[] } {
  model.compile(JSON.stringify({ optimizer, loss }));
  const options = JSON.stringify({ batch_size: batch, epochs: 1000, shuffle: false });
  const trainer = core.createTrainer(model, data, null, options);
  const losses: number[] = [];
  const weights: Float32Array[] = [];
  while (losses.length < Math.max(...stops)) {
    const { batch_loss } = advance(trainer);
    losses.push(batch_loss);
    if (stops.includes(losses.length)) weights.push(model.parameters());
  }
  trainer.delete();
  return { losses, weights };
}

/** A whole fit: its history, and the epochs (from 1) whose weights ModelCheckpoint saved. */
export function runFit(
  core: Core,
  model: CoreModel,
  data: CoreDataset,
  optimizer: Record<string, unknown>,
  options: Record<string, unknown>,
  metrics: readonly (string | MetricSpec)[] = [],
  sampleWeight?: Float32Array,
): { history: CoreHistory; saved: number[] } {
  model.compile(JSON.stringify({ optimizer, metrics: metricsForCore(metrics) }));
  const told = JSON.stringify({ shuffle: false, ...options });
  const weights = sampleWeight ? [sampleWeight] : [];
  const trainer = core.createTrainer(model, data, null, told, ...weights);
  const saved: number[] = [];
  while (trainer.phase() !== 'finished') {
    const report = advance(trainer);
    if (report.checkpoint) saved.push(report.epoch);
  }
  const history = JSON.parse(trainer.history()) as CoreHistory;
  trainer.delete();
  return { history, saved };
}

export interface CoreHistory {
  epoch: number[];
  history: Record<string, number[]>;
  bestEpoch: number;
  stoppedEpoch: number;
}

function advance(trainer: CoreTrainer): TrainerReport {
  const units = trainer.begin(1);
  do {
    for (let unit = 0; unit < units; unit++) trainer.runUnit(unit);
  } while (trainer.meet());
  return trainer.finish();
}
