// How a model is trained, in Keras's words: what `compile` was told, and the optimiser's variables, so that Keras goes on from there.
import type { OpenedModel } from '../api/formats.ts';
import { compiled, optimizerInKeras } from '../api/optimizer.ts';
import { describe } from '../api/shape_rules.ts';
import type {
  CompileOptions,
  KerasConfig,
  LayerInfo,
  NotKept,
  OptimizerName,
  OptimizerSpec,
  OptimizerState,
  Sequential,
} from '../api/types.ts';
import { isObject, wordOf } from './json.ts';
import { type Settings, type Variable, variablesOf } from './optimizer_variables.ts';

const CLASS: Record<OptimizerName, string> = { adam: 'Adam', sgd: 'SGD', rmsprop: 'RMSprop' };

/** Keras's defaults of the settings that Ziffer has, and its order of the slots. */
const DEFAULTS: Record<OptimizerName, Record<string, number | boolean>> = {
  adam: { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
  sgd: { learning_rate: 0.01, momentum: 0, nesterov: false },
  rmsprop: { learning_rate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
};

/** What every optimiser of Keras has and Ziffer does not: a file that sets one of these is not trained further in the same way. */
const UNUSED: Record<string, unknown> = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
};

export interface Training {
  optimizer: KerasConfig;
  /** `compile`'s other arguments. */
  rest: Record<string, unknown>;
  variables: Variable[];
}

/** The optimiser's settings in Keras's words, with the defaults filled in. */
export function settingsOf(optimizer: OptimizerName | OptimizerSpec): Settings {
  const given = Object.entries(optimizerInKeras(optimizer)).filter(([, v]) => v !== undefined);
  const name = typeof optimizer === 'string' ? optimizer : optimizer.name;
  return { ...DEFAULTS[name], ...Object.fromEntries(given), name };
}

/** What Keras has to know to go on training. A model that was never trained has an optimiser that has done no steps. */
export function trainingOf(model: Sequential, state: OptimizerState): Training {
  const { optimizer } = model.compiled ?? compiled({});
  const settings = settingsOf(optimizer);
  return {
    optimizer: {
      module: 'keras.optimizers',
      class_name: CLASS[settings.name],
      config: { ...UNUSED, ...settings },
      registered_name: null,
    },
    rest: {
      loss: 'categorical_crossentropy',
      loss_weights: null,
      metrics: ['accuracy'],
      weighted_metrics: null,
      run_eagerly: false,
      steps_per_execution: 1,
      jit_compile: false,
    },
    variables: variablesOf(model.layersInfo, settings, state),
  };
}

/** What `compile` needs for the optimiser of a file and its other arguments, or null where Ziffer would not train as the file says. */
export function compileOptionsOf(
  config: unknown,
  { loss, loss_weights }: Record<string, unknown>,
): CompileOptions | null {
  const { className, settings } = optimizerIn(config);
  const name = (Object.keys(CLASS) as OptimizerName[]).find((n) => CLASS[n] === className);
  const known = loss === 'categorical_crossentropy' || loss === 'sparse_categorical_crossentropy';
  if (!name || !known || (loss_weights ?? null) !== null) return null;
  for (const [key, unused] of Object.entries({ ...UNUSED, amsgrad: false })) {
    const idle = key === 'ema_momentum' || settings[key] === undefined || settings[key] === null;
    if (!idle && settings[key] !== unused) return null;
  }
  const optimizer: Record<string, unknown> = { name };
  for (const [key, usual] of Object.entries(DEFAULTS[name])) {
    const value = settings[key] ?? usual;
    // A schedule is an object.
    if (typeof value !== typeof usual) return null;
    if (value !== usual) optimizer[camelCase(key)] = shortest(value as number | boolean);
  }
  return { optimizer: optimizer as unknown as OptimizerSpec, loss };
}

/** The layers as the optimiser of the file knows them: what chainOf has frozen, it has trained. */
export function trainedLayers(config: KerasConfig, lost: readonly NotKept[]): LayerInfo[] {
  const thawed = lost.filter(({ what }) => what === 'normalization').map(({ layer }) => layer);
  return describe(config).layers.map((layer) =>
    thawed.includes(layer.name) ? { ...layer, trainable: true } : layer,
  );
}

/** What was found in a file. */
export interface Found {
  config: KerasConfig;
  weights: Float32Array;
  /** What is not kept of the layers. */
  lost: readonly NotKept[];
  /** As the file has it. */
  optimizer: unknown;
  /** Null where Ziffer would not train as the file says. */
  options: CompileOptions | null;
  /** Whether the file has the optimiser's variables, and what they say. */
  hasState: boolean;
  state: OptimizerState | null;
}

/** A model as its file says it, and in what it does not follow it. */
export function openedAs(found: Found): OpenedModel {
  const { config, weights, lost, optimizer, options, hasState, state } = found;
  const name = wordOf(isObject(optimizer) ? optimizer.class_name : optimizer);
  const others: NotKept[] = [...lost];
  if (optimizer && !options) others.push({ what: 'optimizer', layer: null, name });
  else if (hasState && !state) others.push({ what: 'optimizer_state', layer: null, name });
  return { config, weights, notKept: others, compile: options, optimizer: state };
}

/** `compile` may have been told a word; Keras 2 puts "Custom>" before the class. */
function optimizerIn(config: unknown): {
  className: unknown;
  settings: Record<string, unknown>;
} {
  if (typeof config === 'string') {
    return { className: CLASS[config.toLowerCase() as OptimizerName], settings: {} };
  }
  const { class_name, config: settings } = isObject(config) ? config : {};
  const className = typeof class_name === 'string' ? class_name.replace('Custom>', '') : null;
  return isObject(settings) ? { className, settings } : { className: null, settings: {} };
}

/** Keras keeps 0.001 as a 32-bit float and writes 0.0010000000474974513. */
function shortest(value: number | boolean): number | boolean {
  if (typeof value === 'boolean') return value;
  for (let digits = 1; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === Math.fround(value)) return text;
  }
  return value;
}

function camelCase(word: string): string {
  return word.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}
