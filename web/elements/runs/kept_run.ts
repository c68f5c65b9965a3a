// A training that can go on after its page was closed: all that the lab needs for that, and the check of what comes out of the
// browser's storage, where an older version or another script may have written it.
import type {
  Backup,
  CompileOptions,
  NotKept,
  OptimizerName,
  OptimizerSpec,
} from '../../api/index.ts';
import { isTaken } from '../../api/optimizer.ts';
import { checkLayers } from '../plan/layer_list.ts';
import type { Plan } from '../plan/plan.ts';
import { isSettings, PRESETS } from '../plan/settings.ts';
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
  /** What the model's file said and the model does not have. */
  readonly notKept?: readonly NotKept[] | undefined;
  readonly backup: Backup;
  /** What Keras's ModelCheckpoint would have saved so far. */
  readonly best: BestWeights | null;
  readonly curves: PlainCurves;
  /** Milliseconds of training, without pauses. */
  readonly time: number;
}

const MOST_LAYERS = 256;
/** Six of a layer, and some of the training. */
const MOST_LOST = 2048;
const KINDS = {
  initializer: true,
  optimizer: true,
  optimizer_state: true,
  loss: true,
  setting: true,
} satisfies Record<NotKept['what'], true>;

/** The run, or null where it is none that this version can go on with. The backup's bytes are checked by the core. */
export function readKeptRun(value: unknown): KeptRun | null {
  const given = (value ?? {}) as Partial<KeptRun>;
  const { modelName, layers, settings, name, optimizer, loss, backup, best, curves, time } = given;
  const { notKept } = given;
  if (!isModelName(modelName) || !isSettings(settings) || !isBackup(backup) || !isTime(time))
    return null;
  if (typeof name !== 'string' || !isCompiled(optimizer, loss)) return null;
  if (!isLayerList(layers) || !isNotKept(notKept)) return null;
  const parameters = parametersOf(layers, settings.seed);
  if (parameters === null || backup.epoch >= settings.epochs) return null;
  if (best !== null && !isBest(best, parameters, backup.epoch)) return null;
  if (!isPlainCurves(curves, backup.epoch)) return null;
  const plan = { modelName, layers, settings };
  const opened = given.opened === true;
  return { ...plan, name, opened, optimizer, loss, notKept, backup, best, curves, time };
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

/** What `compile` takes, in all its fields; a loss may be none. */
export function isCompiled(
  optimizer: unknown,
  loss: unknown,
): optimizer is OptimizerName | OptimizerSpec {
  return optimizer !== undefined && isTaken({ optimizer, ...(loss !== undefined && { loss }) });
}

/** May be none: an older version has not kept it. */
export function isNotKept(value: unknown): value is readonly NotKept[] | undefined {
  if (value === undefined) return true;
  return Array.isArray(value) && value.length <= MOST_LOST && value.every(isLost);
}

function isLost(value: unknown): boolean {
  const { what, layer, name } = (value ?? {}) as Partial<Record<keyof NotKept, unknown>>;
  const known = typeof what === 'string' && Object.hasOwn(KINDS, what);
  return known && (layer === null || typeof layer === 'string') && typeof name === 'string';
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
