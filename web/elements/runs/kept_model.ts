// The last finished model of a lab with all that there is to see of it, and the check of what comes out of the browser's storage, where
// an older version or another script may have written it.
import type {
  CompileOptions,
  Evaluation,
  NotKept,
  OptimizerName,
  OptimizerSpec,
  OptimizerState,
  Snapshot,
} from '../../api/index.ts';
import type { Plan } from '../plan/plan.ts';
import { isSettings } from '../plan/settings.ts';
import { isPlainCurves, type PlainCurves } from './curves.ts';
import {
  isCompiled,
  isLayerList,
  isModelName,
  isNotKept,
  isTime,
  parametersOf,
} from './kept_run.ts';
import type { Outcome, Run } from './run_log.ts';

export interface KeptModel extends Plan, Snapshot {
  readonly name: string;
  /** Whether its first weights came from a file. */
  readonly opened: boolean;
  /** What it is compiled with. */
  readonly compiled: OptimizerName | OptimizerSpec;
  /** Keras's usual one where an older version has kept none. */
  readonly loss?: CompileOptions['loss'];
  /** What the model's file said and the model does not have. */
  readonly notKept?: readonly NotKept[];
  readonly curves: PlainCurves;
  /** Milliseconds of training, without pauses. */
  readonly time: number;
  readonly outcome: Outcome;
  readonly evaluation: Evaluation;
  /** The epoch in which it ended. */
  readonly lastEpoch: number;
  /** Milliseconds since 1970. */
  readonly finished: number;
  readonly runs: readonly Run[];
}

/** Of the list of runs the newest; each has some 50 KB of test results. */
const MOST_RUNS = 20;
const MOST_RUN_BYTES = 16e6;
/** Weights with the optimizer's state. */
const MOST_BYTES = 64e6;

/** What is stored: no more runs than are worth it; null where the model is too large. */
export function keepable(model: KeptModel): KeptModel | null {
  const floats = [model.weights, ...model.optimizer.slots];
  if (floats.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_BYTES) return null;
  const runs: Run[] = [];
  let bytes = 0;
  for (const run of model.runs.slice(-MOST_RUNS).reverse()) {
    bytes += run.test.predicted.byteLength + run.test.confidence.byteLength;
    if (bytes > MOST_RUN_BYTES) break;
    runs.unshift(run);
  }
  return { ...model, runs };
}

/** The model, or null where it is none that this version can open. */
export function readKeptModel(value: unknown): KeptModel | null {
  const given = (value ?? {}) as KeptModel;
  const { modelName, layers, settings, name, compiled, curves, outcome } = given;
  if (!isModelName(modelName) || !isSettings(settings) || !isLayerList(layers)) return null;
  if (typeof name !== 'string' || !isTime(given.time)) return null;
  if (!isCompiled(compiled, given.loss) || !isNotKept(given.notKept)) return null;
  if (!['complete', 'early', 'stopped'].includes(outcome)) return null;
  if (!isTime(given.finished) || !isCount(given.lastEpoch)) return null;
  if (!isCurves(curves) || !isEvaluation(given.evaluation)) return null;
  const parameters = parametersOf(layers, settings.seed);
  if (parameters === null || !isSnapshot(given, parameters)) return null;
  return Array.isArray(given.runs) && given.runs.every(isRun) ? given : null;
}

function isSnapshot({ weights, optimizer }: Snapshot, parameters: number): boolean {
  const { steps, slots } = (optimizer ?? {}) as Partial<OptimizerState>;
  const whole = (list: unknown) => list instanceof Float32Array && list.length === parameters;
  const slot = (list: unknown) =>
    list instanceof Float32Array && [0, parameters].includes(list.length);
  return whole(weights) && isCount(steps) && Array.isArray(slots) && slots.every(slot);
}

function isCurves(curves: PlainCurves | undefined): boolean {
  const past = curves?.past?.epochs ?? 0;
  return isPlainCurves(curves, (curves?.epochs?.length ?? 0) - past);
}

function isEvaluation(value: unknown): value is Evaluation {
  const { loss, accuracy, confusion, count, predicted, confidence } = (value ?? {}) as Evaluation;
  const row = (cells: unknown) =>
    Array.isArray(cells) && cells.length === confusion.length && cells.every(isCount);
  const square = Array.isArray(confusion) && confusion.length > 0 && confusion.every(row);
  const each =
    predicted instanceof Uint8Array &&
    confidence instanceof Float32Array &&
    predicted.length === count &&
    confidence.length === count;
  return square && each && typeof loss === 'number' && accuracy >= 0 && accuracy <= 1;
}

function isRun(value: unknown): value is Run {
  const run = (value ?? {}) as Run;
  const counts = [run.number, run.past, run.bestEpoch, run.parameters].every(isCount);
  const rows =
    Array.isArray(run.epochs) &&
    run.epochs.every((row) => isCount(row?.epoch) && typeof row.accuracy === 'number');
  if (!isModelName(run.modelName) || !isLayerList(run.layers) || !isSettings(run.settings)) {
    return false;
  }
  return counts && rows && isTime(run.time) && isEvaluation(run.test);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
