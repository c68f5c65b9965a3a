// What one training is told: the lecture's defaults, the allowed values, and reading them from attributes and links.
import type { OptimizerName, OptimizerSpec, PresetName } from '../../api/index.ts';

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
export const OPTIMIZERS: readonly OptimizerName[] = ['adam', 'sgd', 'rmsprop'];
/** Keras's own default of each. */
export const LEARNING_RATES: Readonly<Record<OptimizerName, number>> = {
  adam: 0.001,
  sgd: 0.01,
  rmsprop: 0.001,
};

/** Keras's own again; for every optimizer, so that what is not shown does not count. */
export const OPTIMIZER_DETAILS = {
  momentum: 0,
  nesterov: false,
  rho: 0.9,
  beta1: 0.9,
  beta2: 0.999,
};

/** An optimizer as Keras has it when nothing is said. */
export function usualOptimizer(optimizer: OptimizerName): Partial<Settings> {
  return { optimizer, learningRate: LEARNING_RATES[optimizer], ...OPTIMIZER_DETAILS };
}

/** The details that an optimizer has, in numbers. */
export const DETAILS_OF: Readonly<Record<OptimizerName, readonly NumberSetting[]>> = {
  adam: ['beta1', 'beta2'],
  sgd: ['momentum'],
  rmsprop: ['rho', 'momentum'],
};

/** What `compile` is told. */
export function optimizerOf(settings: Settings): OptimizerSpec {
  const { optimizer, learningRate, momentum, nesterov, rho, beta1, beta2 } = settings;
  switch (optimizer) {
    case 'adam':
      return { name: 'adam', learningRate, beta1, beta2 };
    case 'sgd':
      return { name: 'sgd', learningRate, momentum, nesterov };
    case 'rmsprop':
      return { name: 'rmsprop', learningRate, rho, momentum };
    default:
      return optimizer satisfies never;
  }
}

/** … and back: the settings with which a model was compiled, as far as the lab has them. */
export function optimizerSettings(optimizer: OptimizerName | OptimizerSpec): Partial<Settings> {
  if (typeof optimizer === 'string') return usualOptimizer(optimizer);
  const { name, ...told } = optimizer;
  const settings: Record<string, unknown> = usualOptimizer(name);
  for (const [key, value] of Object.entries(told)) {
    if (key in settings && value !== undefined) settings[key] = value;
  }
  return settings as Partial<Settings>;
}

export const PRESETS: readonly PresetName[] = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'];

const lecture: Settings = {
  optimizer: 'adam',
  learningRate: 0.001,
  ...OPTIMIZER_DETAILS,
  batchSize: 200,
  epochs: 50,
  validationSplit: 0.5,
  patience: 2,
  checkpoint: true,
  seed: 42,
  threads: 'auto',
  trainCount: TRAIN_COUNT,
};

/** The settings under which a preset reaches what the lecture says of it. */
export function defaultSettings(preset: PresetName | 'custom'): Settings {
  if (preset === 'softmax-regression') return { ...lecture, validationSplit: 0.1 };
  if (preset === 'two-conv-cnn') {
    return { ...lecture, validationSplit: 0.1, batchSize: 128, epochs: 15 };
  }
  return { ...lecture };
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
