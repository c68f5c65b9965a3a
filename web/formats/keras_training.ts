// How a model is trained, in Keras's words: what `compile` was told, and the optimiser's variables, so that Keras goes on from there.
import type { OpenedModel } from '../api/formats.ts';
import { compiled, optimizerInKeras } from '../api/optimizer.ts';
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
import { describe } from '../keras/model.ts';
import { camelCase } from '../keras/names.ts';
import { OPTIMIZER_DEFAULTS, OPTIMIZER_NAMES } from '../keras/optimizer_defaults.ts';
import { OPTIMIZERS } from '../keras/optimizers.ts';
import { shortest } from '../keras/reader.ts';
import { isObject, wordOf } from './json.ts';
import { type Settings, type Variable, variablesOf } from './optimizer_variables.ts';

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
  const name = typeof optimizer === 'string' ? optimizer : optimizer.name;
  return { ...OPTIMIZER_DEFAULTS[name], ...optimizerInKeras(optimizer), name } as Settings;
}

/** What Keras has to know to go on training. A model that was never trained has an optimiser that has done no steps. */
export function trainingOf(model: Sequential, state: OptimizerState): Training {
  const { optimizer } = model.compiled ?? compiled();
  const settings = settingsOf(optimizer);
  return {
    optimizer: {
      module: 'keras.optimizers',
      class_name: OPTIMIZERS[settings.name].className,
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
  const name = OPTIMIZER_NAMES.find((n) => OPTIMIZERS[n].className === className);
  const known = loss === 'categorical_crossentropy' || loss === 'sparse_categorical_crossentropy';
  if (!name || !known || (loss_weights ?? null) !== null) return null;
  for (const [key, unused] of Object.entries({ ...UNUSED, amsgrad: false })) {
    const idle = key === 'ema_momentum' || settings[key] === undefined || settings[key] === null;
    if (!idle && settings[key] !== unused) return null;
  }
  const optimizer: Record<string, unknown> = { name };
  for (const [key, usual] of Object.entries<number | boolean>(OPTIMIZER_DEFAULTS[name])) {
    const value = settings[key] ?? usual;
    // A schedule is an object.
    if (typeof value !== typeof usual) return null;
    if (value !== usual)
      optimizer[camelCase(key)] = typeof value === 'number' ? shortest(value) : value;
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
    const name = OPTIMIZER_NAMES.find((n) => n === config.toLowerCase());
    return { className: name && OPTIMIZERS[name].className, settings: {} };
  }
  const { class_name, config: settings } = isObject(config) ? config : {};
  const className = typeof class_name === 'string' ? class_name.replace('Custom>', '') : null;
  return isObject(settings) ? { className, settings } : { className: null, settings: {} };
}
