// A training that can go on after its page was closed: all that the lab needs for that, and the check of what comes out of the
// browser's storage, where an older version or another script may have written it.
import type { Backup, CompileOptions, OptimizerName, OptimizerSpec } from '../../api/index.ts';
import { lossNamed } from '../../keras/losses.ts';
import { checkLayers } from '../plan/layer_list.ts';
import type { Plan } from '../plan/plan.ts';
import { isSettings, OPTIMIZERS, PRESETS } from '../plan/settings.ts';
import { isPlainCurves, type PlainCurves } from './curves.ts';

export interface BestWeights {
  /** 1-based, of the fit. */
  readonly epoch: number;
  readonly weights: Float32Array;
}

export interface KeptRun extends Plan {
  /** Of the model, and whether its first weights came from a file. */
  readonly name: string;
  readonly opened: boolean;
  /** What the model is compiled with; a file's may have more to it than the settings. */
  readonly optimizer: OptimizerName | OptimizerSpec;
  /** Keras's usual one where an older version has kept none. */
  readonly loss?: CompileOptions['loss'];
  readonly backup: Backup;
  /** What Keras's ModelCheckpoint would have saved so far. */
  readonly best: BestWeights | null;
  readonly curves: PlainCurves;
  /** Milliseconds of training, without pauses. */
  readonly time: number;
}

const MOST_LAYERS = 256;

/** The run, or null where it is none that this version can go on with. The backup's bytes are checked by the core. */
export function readKeptRun(value: unknown): KeptRun | null {
  const given = (value ?? {}) as Partial<KeptRun>;
  const { modelName, layers, settings, name, optimizer, loss, backup, best, curves, time } = given;
  if (!isModelName(modelName) || !isSettings(settings) || !isBackup(backup) || !isTime(time))
    return null;
  if (typeof name !== 'string' || !isOptimizer(optimizer) || !isLoss(loss)) return null;
  if (!isLayerList(layers)) return null;
  const parameters = parametersOf(layers, settings.seed);
  if (parameters === null || backup.epoch >= settings.epochs) return null;
  if (best !== null && !isBest(best, parameters, backup.epoch)) return null;
  if (!isPlainCurves(curves, backup.epoch)) return null;
  const plan = { modelName, layers, settings };
  const opened = given.opened === true;
  return { ...plan, name, opened, optimizer, loss, backup, best, curves, time };
}

export function isModelName(value: unknown): value is Plan['modelName'] {
  return value === 'custom' || PRESETS.some((preset) => preset === value);
}

export function isLayerList(value: unknown): value is KeptRun['layers'] {
  return Array.isArray(value) && value.length <= MOST_LAYERS;
}

/** Of layers that may be none. */
export function parametersOf(layers: KeptRun['layers'], seed: number): number | null {
  try {
    const { model, error } = checkLayers([...layers], seed);
    const count = model?.parameterCount ?? null;
    model?.dispose();
    return error ? null : count;
  } catch {
    // Something in the list is no layer at all.
    return null;
  }
}

/** Its numbers are checked by the core. */
export function isOptimizer(value: unknown): value is OptimizerName | OptimizerSpec {
  const name = typeof value === 'object' ? (value as OptimizerSpec | null)?.name : value;
  return OPTIMIZERS.some((optimizer) => optimizer === name);
}

/** What `compile` takes as one, or nothing. */
export function isLoss(value: unknown): value is CompileOptions['loss'] {
  const name = typeof value === 'object' ? (value as { name?: unknown } | null)?.name : value;
  return value === undefined || (typeof name === 'string' && lossNamed(name) !== null);
}

function isBackup(value: unknown): value is Backup {
  const { epoch, bytes } = (value ?? {}) as Partial<Backup>;
  return Number.isInteger(epoch) && epoch! >= 1 && bytes instanceof Uint8Array;
}

function isBest(value: unknown, parameters: number, epochs: number): value is BestWeights {
  const { epoch, weights } = (value ?? {}) as Partial<BestWeights>;
  const there = Number.isInteger(epoch) && epoch! >= 1 && epoch! <= epochs;
  return there && weights instanceof Float32Array && weights.length === parameters;
}

export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
