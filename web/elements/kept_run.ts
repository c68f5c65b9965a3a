// A training that can go on after its page was closed: all that the lab needs for that, and the check of what comes out of the
// browser's storage, where an older version or another script may have written it.
import type { Backup } from '../api/index.ts';
import { isPlainCurves, type PlainCurves } from './curves.ts';
import type { BestWeights } from './fit_run.ts';
import { checkLayers } from './layer_editing.ts';
import { isSettings, PRESETS } from './settings.ts';
import type { Plan } from './workbench.ts';

export interface KeptRun extends Plan {
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
  const { modelName, layers, settings, backup, best, curves, time } = (value ??
    {}) as Partial<KeptRun>;
  const known = modelName === 'custom' || PRESETS.some((preset) => preset === modelName);
  if (!known || !isSettings(settings) || !isBackup(backup) || !isTime(time)) return null;
  if (!Array.isArray(layers) || layers.length > MOST_LAYERS) return null;
  const parameters = parametersOf(layers, settings.seed);
  if (parameters === null || backup.epoch >= settings.epochs) return null;
  if (best !== null && !isBest(best, parameters, backup.epoch)) return null;
  if (!isPlainCurves(curves, backup.epoch)) return null;
  return { modelName: modelName!, layers, settings, backup, best, curves, time };
}

function parametersOf(layers: KeptRun['layers'], seed: number): number | null {
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

function isBackup(value: unknown): value is Backup {
  const { epoch, bytes } = (value ?? {}) as Partial<Backup>;
  return Number.isInteger(epoch) && epoch! >= 1 && bytes instanceof Uint8Array;
}

function isBest(value: unknown, parameters: number, epochs: number): value is BestWeights {
  const { epoch, weights } = (value ?? {}) as Partial<BestWeights>;
  const there = Number.isInteger(epoch) && epoch! >= 1 && epoch! <= epochs;
  return there && weights instanceof Float32Array && weights.length === parameters;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
