// What one training is told: the lecture's defaults, the allowed values, and reading them from attributes and links.
import type { OptimizerName, OptimizerSpec, PresetName } from '../../api/index.ts';
import { camelCase } from '../../keras/names.ts';
import { OPTIMIZER_DEFAULTS, OPTIMIZER_NAMES } from '../../keras/optimizer_defaults.ts';
import { PRESET_NAMES, RECIPES, USUAL_RECIPE } from '../../keras/recipes.ts';

export interface Settings {
  optimizer: OptimizerName;
  learningRate: number;
  /** Of sgd and rmsprop. */
  momentum: number;
  /** Of sgd. */
  nesterov: boolean;
  /** Of rmsprop. */
  rho: number;
  /** Of adam. */
  beta1: number;
  beta2: number;
  /** What the optimizer was told besides, which has no field in the lab: a schedule, clipping, averages. */
  besides?: Readonly<Record<string, unknown>>;
  batchSize: number;
  epochs: number;
  validationSplit: number;
  /** Keras's meaning; null never stops early. */
  patience: number | null;
  checkpoint: boolean;
  seed: number;
  threads: 'auto' | number;
  trainCount: number;
}

export const TRAIN_COUNT = 60_000;
export const OPTIMIZERS = OPTIMIZER_NAMES;

const DETAILS = ['momentum', 'nesterov', 'rho', 'beta1', 'beta2'] as const;
type Detail = (typeof DETAILS)[number];

/** Those of an optimizer, in the order of Keras's arguments. */
function detailsOf(optimizer: OptimizerName): Detail[] {
  const names = Object.keys(OPTIMIZER_DEFAULTS[optimizer]).map(camelCase);
  return names.filter((name): name is Detail => DETAILS.some((detail) => detail === name));
}

function usualOf(optimizer: OptimizerName): Record<string, number | boolean> {
  const usual = Object.entries(OPTIMIZER_DEFAULTS[optimizer]);
  return Object.fromEntries(usual.map(([key, value]) => [camelCase(key), value]));
}

function usualDetails(optimizer: OptimizerName): Partial<Settings> {
  const usual = usualOf(optimizer);
  return Object.fromEntries(detailsOf(optimizer).map((name) => [name, usual[name]]));
}

/** Keras's own, of the first optimizer that has them, so that what is not shown does not count. */
export const OPTIMIZER_DETAILS = Object.assign(
  {},
  ...[...OPTIMIZERS].reverse().map(usualDetails),
) as Pick<Settings, Detail>;

/** An optimizer as Keras has it when nothing is said. */
export function usualOptimizer(optimizer: OptimizerName): Partial<Settings> {
  const learningRate = Number(usualOf(optimizer).learningRate);
  return {
    optimizer,
    learningRate,
    ...OPTIMIZER_DETAILS,
    ...usualDetails(optimizer),
    besides: undefined,
  };
}

/** The details that an optimizer has, in numbers. */
export const DETAILS_OF = Object.fromEntries(
  OPTIMIZERS.map((optimizer) => [
    optimizer,
    detailsOf(optimizer).filter((name) => name !== 'nesterov'),
  ]),
) as unknown as Readonly<Record<OptimizerName, readonly Exclude<Detail, 'nesterov'>[]>>;

/** What `compile` is told. */
export function optimizerOf(settings: Settings): OptimizerSpec {
  const { optimizer: name, learningRate, besides } = settings;
  const details = detailsOf(name).map((detail) => [detail, settings[detail]]);
  const { learningRate: schedule, ...more } = besides ?? {};
  // Whoever types another rate wants that one.
  const scheduled = isObject(schedule) && firstRate(schedule) === learningRate;
  const rate = scheduled ? schedule : learningRate;
  return { name, learningRate: rate, ...Object.fromEntries(details), ...more } as OptimizerSpec;
}

/** … and back: the settings with which a model was compiled, as far as the lab has them. */
export function optimizerSettings(optimizer: OptimizerName | OptimizerSpec): Partial<Settings> {
  if (typeof optimizer === 'string') return usualOptimizer(optimizer);
  const { name, ...told } = optimizer;
  const settings: Record<string, unknown> = usualOptimizer(name);
  const besides: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(told)) {
    if (value === undefined) continue;
    if (key === 'learningRate' && isObject(value)) {
      settings.learningRate = firstRate(value);
      besides.learningRate = value;
    } else if (key in settings) settings[key] = value;
    else besides[key] = value;
  }
  if (Object.keys(besides).length > 0) settings.besides = besides;
  return settings as Partial<Settings>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A schedule's, held to what the lab has as a rate. */
function firstRate({ initialLearningRate, values, warmupTarget }: Record<string, unknown>): number {
  const first = Array.isArray(values) ? values[0] : (warmupTarget ?? initialLearningRate);
  return Math.max(Number(first), LIMITS.learningRate.min);
}

export const PRESETS: readonly PresetName[] = PRESET_NAMES;

const lecture: Settings = {
  ...USUAL_RECIPE,
  ...OPTIMIZER_DETAILS,
  checkpoint: true,
  seed: 42,
  threads: 'auto',
  trainCount: TRAIN_COUNT,
};

/** The settings under which a preset reaches what the lecture says of it. */
export function defaultSettings(preset: PresetName | 'custom'): Settings {
  return { ...lecture, ...(preset === 'custom' ? {} : RECIPES[preset]) };
}

/** Whether nobody has chosen another optimizer, or details of it. */
export function hasUsualOptimizer(settings: Settings): boolean {
  return JSON.stringify(optimizerOf(settings)) === JSON.stringify(optimizerOf(lecture));
}

export type NumberSetting =
  | 'learningRate'
  | 'momentum'
  | 'rho'
  | 'beta1'
  | 'beta2'
  | 'batchSize'
  | 'epochs'
  | 'validationSplit'
  | 'patience'
  | 'seed'
  | 'trainCount';

export interface Limit {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

export const LIMITS: Readonly<Record<NumberSetting, Limit>> = {
  // Far too large on purpose: what happens then belongs to the lecture.
  learningRate: { min: 1e-6, max: 1e6, integer: false },
  momentum: { min: 0, max: 1, integer: false },
  rho: { min: 0, max: 1, integer: false },
  beta1: { min: 0, max: 0.999999, integer: false },
  beta2: { min: 0, max: 0.999999, integer: false },
  batchSize: { min: 1, max: 4096, integer: true },
  epochs: { min: 1, max: 1000, integer: true },
  validationSplit: { min: 0, max: 0.9, integer: false },
  patience: { min: 0, max: 100, integer: true },
  seed: { min: 0, max: 4_294_967_295, integer: true },
  trainCount: { min: 100, max: TRAIN_COUNT, integer: true },
};

export const MAX_THREADS = 8;

export function allowed(name: NumberSetting, value: number): boolean {
  const { min, max, integer } = LIMITS[name];
  return value >= min && value <= max && (!integer || Number.isInteger(value));
}

/** Steps of one epoch and how many digits are learned from and checked on. */
export function plan(settings: Settings): { train: number; validation: number; steps: number } {
  // Keras: the split point is int(n · (1 − split)), the rest validates.
  const train = Math.floor(settings.trainCount * (1 - settings.validationSplit));
  return {
    train,
    validation: settings.trainCount - train,
    steps: Math.ceil(train / settings.batchSize),
  };
}

/** Whether these are settings as this version has them; they may come from anywhere. */
export function isSettings(value: unknown): value is Settings {
  const given = (value ?? {}) as Record<string, unknown>;
  return Object.keys(lecture).every((name) => {
    const setting = given[name];
    switch (name) {
      case 'optimizer':
        return OPTIMIZERS.some((optimizer) => optimizer === setting);
      case 'nesterov':
      case 'checkpoint':
        return typeof setting === 'boolean';
      case 'threads':
        return setting === 'auto' || (Number.isInteger(setting) && Number(setting) >= 1);
      default:
        if (name === 'patience' && setting === null) return true;
        return typeof setting === 'number' && allowed(name as NumberSetting, setting);
    }
  });
}
