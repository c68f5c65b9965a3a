// How a model is trained, in Keras's words: what `compile` was told, and the optimiser's variables, so that Keras goes on from there.
import type { OpenedModel } from '../api/formats.ts';
import { compiled, lossInKeras, optimizerInKeras } from '../api/optimizer.ts';
import type {
  CompileOptions,
  KerasConfig,
  NotKept,
  OptimizerName,
  OptimizerSpec,
  OptimizerState,
  Sequential,
} from '../api/types.ts';
import { lossOf } from '../keras/losses.ts';
import { OPTIMIZER_DEFAULTS } from '../keras/optimizer_defaults.ts';
import { OPTIMIZERS, UNUSED } from '../keras/optimizers.ts';
import { shortest } from '../keras/reader.ts';
import { isSchedule, scheduleInKeras } from '../keras/schedules.ts';
import type { CompileInFile } from './compile_in_file.ts';
import { isObject, wordOf } from './json.ts';
import { keptLayers } from './kept_layers.ts';
import { type Settings, type Variable, variablesOf } from './optimizer_variables.ts';

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

function serialized(loss: NonNullable<CompileOptions['loss']>): string | KerasConfig {
  const { name, ...settings } = lossInKeras(loss);
  const { name: _, ...usual } = lossInKeras(name);
  if (JSON.stringify(settings) === JSON.stringify(usual)) return name;
  return {
    module: 'keras.losses',
    class_name: lossOf(name).className,
    config: { name, reduction: 'sum_over_batch_size', ...settings },
    registered_name: null,
  };
}

/** With the rate that callbacks have left; where they changed nothing, as it was compiled. */
function withRate(settings: Settings, rate = Number(settings.learning_rate)): Settings {
  if (isSchedule(settings.learning_rate)) return settings;
  if (Math.fround(rate) === Math.fround(Number(settings.learning_rate))) return settings;
  return { ...settings, learning_rate: shortest(rate) };
}

function rateInFile({ learning_rate: rate }: Settings): unknown {
  if (!isSchedule(rate)) return rate;
  return {
    module: 'keras.optimizers.schedules',
    class_name: rate.name,
    config: { name: rate.name, ...scheduleInKeras(rate) },
    registered_name: null,
  };
}

/** What Keras has to know to go on training. A model that was never trained has an optimiser that has done no steps. */
export function trainingOf(model: Sequential, state: OptimizerState): Training {
  const { optimizer, loss } = model.compiled ?? compiled();
  const settings = withRate(settingsOf(optimizer), state.learningRate);
  return {
    optimizer: {
      module: 'keras.optimizers',
      class_name: OPTIMIZERS[settings.name].className,
      config: { ...UNUSED, ...settings, learning_rate: rateInFile(settings) },
      registered_name: null,
    },
    rest: {
      loss: serialized(loss),
      loss_weights: null,
      metrics: ['accuracy'],
      weighted_metrics: null,
      run_eagerly: false,
      steps_per_execution: 1,
      jit_compile: false,
    },
    variables: variablesOf(keptLayers(model), settings, state),
  };
}

/** What was found in a file. */
export interface Found {
  config: KerasConfig;
  weights: Float32Array;
  /** What is not kept of the layers. */
  lost: readonly NotKept[];
  /** As the file has it. */
  optimizer: unknown;
  compile: CompileInFile;
  /** Whether the file has the optimiser's variables, and what they say. */
  hasState: boolean;
  state: OptimizerState | null;
}

/** A model as its file says it, and in what it does not follow it. */
export function openedAs(found: Found): OpenedModel {
  const { config, weights, lost, optimizer, compile, hasState, state } = found;
  const others: NotKept[] = [...lost, ...compile.lost];
  if (hasState && !state && !others.some(({ what }) => what === 'optimizer')) {
    const name = wordOf(isObject(optimizer) ? optimizer.class_name : optimizer);
    others.push({ what: 'optimizer_state', layer: null, name });
  }
  return { config, weights, notKept: others, compile: compile.options, optimizer: state };
}
