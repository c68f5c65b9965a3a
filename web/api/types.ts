// The public types of the API: models and their training. Classes of this folder implement them.

import type { CALLBACKS, CallbackKind, LearningRateSchedule, Monitor } from '../keras/callbacks.ts';
import type { SettingsIn } from '../keras/fields.ts';
import type { LayerInfo, LayerSpec } from '../keras/layers.ts';
import type { LOSSES, LossKey } from '../keras/losses.ts';
import type { OptimizerName } from '../keras/optimizer_defaults.ts';
import type { OPTIMIZERS } from '../keras/optimizers.ts';
import type { CamelCase, KerasConfig, Spelled, WeightRegion } from '../keras/types.ts';
import type { ZifferError } from '../protocol/errors.ts';
import type { Dataset, Images } from './data_types.ts';
import type { ExplainPlace, Explanation, Inspection, LayerActivation } from './explanation.ts';
import type { FitControl } from './fit_control.ts';

export type * from './data_types.ts';
export type * from './explanation.ts';
export type { KerasConfig, LayerInfo, Monitor, WeightRegion };

// ── Models ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface SequentialOptions {
  layers: readonly LayerSpec[];
  /** Seeds the initial weights and, unless `fit` has its own, shuffling and dropout. Default 42. */
  seed?: number;
  /** Keras's model name; default `sequential`. */
  name?: string;
}

/** One layer of a model, as `summary` and the layer cards show it. Shapes have no batch axis. */
export type { OptimizerName };

/** Keras's settings and defaults, in camel case. */
export type OptimizerSpec = {
  [Name in OptimizerName]: { name: Name } & SettingsIn<(typeof OPTIMIZERS)[Name]['fields']>;
}[OptimizerName];

/** A loss by Keras's name or in camel case; its class's name is taken too. */
export type LossName = LossKey | CamelCase<LossKey>;

/**
 * A loss with Keras's settings in camel case. `fromLogits` (of the cross-entropies): the last layer has no softmax; the loss takes it.
 * Default false.
 */
export type LossSpec = {
  [Key in LossKey]: { name: Key | CamelCase<Key> } & SettingsIn<(typeof LOSSES)[Key]['fields']>;
}[LossKey];

export interface CompileOptions {
  /** Default `adam`. */
  optimizer?: OptimizerName | OptimizerSpec;
  /** Default `categorical_crossentropy`; labels are class numbers, so Keras's two forms are the same loss here. */
  loss?: LossName | Spelled<LossSpec>;
  /** Default `['accuracy']`, which is the only metric. */
  metrics?: readonly 'accuracy'[];
}

/**
 * A model: its description here, its weights in the trainer worker. The worker starts with the first call that needs it.
 * Every promise rejects with a ZifferError.
 */
export interface Sequential {
  readonly name: string;
  readonly seed: number;
  readonly specs: readonly LayerSpec[];
  readonly inputShape: readonly number[];
  /** Length of the last layer's output. */
  readonly classes: number;
  readonly parameterCount: number;
  readonly layersInfo: readonly LayerInfo[];
  /** What its file says and this model does not have; empty for models made here. */
  readonly notKept: readonly NotKept[];
  /** The compile settings in force; null before `compile`. */
  readonly compiled: Required<CompileOptions> | null;

  /** Keras's summary, line by line. */
  summary(): string;
  /** The model as Python code that Keras runs, with `compile` once it was called; `readKeras` reads it back. */
  toKeras(): Promise<string>;
  /** Keras's configuration: `{"class_name": "Sequential", "config": …}`. */
  config(): KerasConfig;
  /** Sets optimizer, loss and metrics; the optimizer starts afresh. A later `fit` goes on with its state, as in Keras. */
  compile(options?: Spelled<CompileOptions>): void;
  /** In Keras's order. */
  compile(
    optimizer: OptimizerName | OptimizerSpec,
    loss?: LossName | Spelled<LossSpec>,
    metrics?: readonly 'accuracy'[],
  ): void;
  /** Trains; one fit per model at a time. Without an earlier `compile` the defaults are used. */
  fit(data: Dataset, options?: Spelled<FitOptions>): Promise<History>;
  evaluate(data: Dataset, options?: EvaluateOptions): Promise<Evaluation>;
  /** Class probabilities [count × classes], by the current weights, also while `fit` runs. `count` is checked if given. */
  predict(images: Images, count?: number): Promise<Float32Array>;
  /** Every layer's output for one image. */
  activations(image: Images): Promise<LayerActivation[]>;
  /** The weights, and what they make of one image, of one moment, also while `fit` runs. */
  inspect(image: Images): Promise<Inspection>;
  /** How one number of a layer's output comes about: its window, kernel, products, sum, bias and activation. */
  explain(image: Images, place: ExplainPlace): Promise<Explanation>;
  /** |∂ score of `classIndex` / ∂ input|, one value an input value. */
  saliency(image: Images, classIndex: number): Promise<Float32Array>;
  /** The flat parameters, `parameterCount` floats, a copy. See `layersInfo[i].regions`. */
  weights(): Promise<Float32Array>;
  /** Steps and moments of the optimizer, so that training can go on elsewhere. */
  optimizerState(): Promise<OptimizerState>;
  /** Weights and optimizer of one moment, also while `fit` runs. */
  snapshot(): Promise<Snapshot>;
  /** Errors: `shape_mismatch` when it belongs to another model or optimizer. */
  setOptimizerState(state: OptimizerState): Promise<void>;
  setWeights(weights: Float32Array): Promise<void>;
  /** Back to the initial weights of `seed` (default: the model's own); the optimizer's state is forgotten. */
  reset(seed?: number): Promise<void>;
  /** The model as a file; `tfjs` is a zip of model.json and its weights. */
  save(format: SaveFormat): Promise<Blob>;
  /** Stops what runs on the model and frees it. Further calls reject with `disposed`. */
  dispose(): void;
}

/** Something that a file says of its model and the opened model does not have. */
export interface NotKept {
  /**
   * `initializer`: the weights are there, a `reset` draws others · `optimizer`, `loss`: another one trains ·
   * `optimizer_state`: it begins anew · `setting`: of the optimizer, the loss or `compile`: training goes without it.
   */
  readonly what: 'initializer' | 'optimizer' | 'optimizer_state' | 'loss' | 'setting';
  /** The name of the layer; null of what is no layer's. */
  readonly layer: string | null;
  /** The class that the file names; of a setting `weight_decay = 0.01`. */
  readonly name: string;
}

/** Each slot is laid out as `weights()`, or empty where the settings do not use it. */
export interface OptimizerState {
  /** Updates made. */
  readonly steps: number;
  /** adam: m, v · sgd: momentum · rmsprop: velocity, average, momentum. */
  readonly slots: readonly Float32Array[];
  /** As callbacks have left it; left out: the compiled one. */
  readonly learningRate?: number;
}

export interface Snapshot {
  readonly weights: Float32Array;
  readonly optimizer: OptimizerState;
}

export type SaveFormat = 'keras' | 'h5' | 'tfjs' | 'onnx';

// ── Training ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FitOptions {
  /** Default 32. */
  batchSize?: number;
  /** Default 1. */
  epochs?: number;
  /** The last fraction of the data, taken before shuffling; default 0. */
  validationSplit?: number;
  validationData?: Dataset;
  /** Default true. */
  shuffle?: boolean;
  /** Of shuffling and dropout; default: the model's seed. */
  seed?: number;
  /** `auto` (default): as many as the processor has and the model gains from, at most 8. The result is the same for any number. */
  threads?: 'auto' | number;
  callbacks?: readonly Callback[];
  /** At most 20 calls a second; `recent` has every step since the last call. */
  onStep?: (report: StepReport) => void;
  onEpoch?: (report: EpochReport) => void;
  /** What went wrong without ending the training, such as a lost compute worker. */
  onWarning?: (warning: ZifferError) => void;
  /** Ends the fit with code `aborted`; the weights stay as they are then. */
  signal?: AbortSignal;
  /** Pause, single step, stop: see FitControl. */
  control?: FitControl;
}

export interface EarlyStoppingOptions {
  /** Default `val_loss`. */
  monitor?: Monitor;
  /** Epochs without improvement after which training stops; default 0. */
  patience?: number;
  /** Default 0. */
  minDelta?: number;
  /** Default `auto`: `max` for accuracies, `min` for losses. */
  mode?: 'auto' | 'min' | 'max';
  /** Default false. */
  restoreBestWeights?: boolean;
}

export interface ModelCheckpointOptions {
  /** Default `val_loss`. */
  monitor?: Monitor;
  mode?: 'auto' | 'min' | 'max';
  /** Default false: after every epoch. */
  saveBestOnly?: boolean;
  onSave: (checkpoint: Checkpoint) => void;
}

export interface Checkpoint {
  /** 1-based. */
  readonly epoch: number;
  readonly logs: Logs;
  /** The flat parameters at the end of that epoch; yours to keep. */
  readonly weights: Float32Array;
}

export interface BackupAndRestoreOptions {
  /**
   * The bytes of an earlier backup: the fit goes on from there, with any number of threads, and ends in the same bits as if it had
   * never been interrupted. Model, compile settings, fit options and data must be those that it was begun with, else the fit
   * rejects with `invalid_run` and changes nothing. Bytes from anywhere are safe to give.
   */
  from?: Uint8Array | null;
  /** After each epoch but the last. */
  onBackup?: (backup: Backup) => void;
}

export interface Backup {
  /** 1-based: the epoch that has just ended. */
  readonly epoch: number;
  /** All that the rest of the run depends on; yours to keep. */
  readonly bytes: Uint8Array;
}

/** Whose options say more than their names. */
interface OwnOptions {
  readonly earlyStopping: EarlyStoppingOptions;
  readonly modelCheckpoint: ModelCheckpointOptions;
  readonly backupAndRestore: BackupAndRestoreOptions;
  readonly learningRateScheduler: LearningRateSchedulerOptions;
}

export interface LearningRateSchedulerOptions {
  /** The rate of an epoch, counted from 0, out of the one before it; or each epoch's rate, where the last one stays. */
  schedule: LearningRateSchedule | readonly number[];
}

/** A callback's settings in camel case. */
export type CallbackOptions<Kind extends CallbackKind> = Kind extends keyof OwnOptions
  ? OwnOptions[Kind]
  : SettingsIn<(typeof CALLBACKS)[Kind]['fields']>;

export type Callback = {
  [Kind in CallbackKind]: { readonly kind: Kind; readonly options: CallbackOptions<Kind> };
}[CallbackKind];

/** Keras's logs; the `val_` pair is there where there is validation data. */
export interface Logs {
  loss: number;
  accuracy: number;
  val_loss?: number;
  val_accuracy?: number;
  /** The optimizer's in that epoch, where a callback may change it. */
  learning_rate?: number;
}

export interface StepReport {
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and steps of a whole epoch. */
  readonly step: number;
  readonly steps: number;
  /** Steps done since the fit began. */
  readonly totalStep: number;
  /** Means over the epoch so far, as Keras's progress line has them. */
  readonly loss: number;
  readonly accuracy: number;
  /** Every step since the last report, oldest first; the last one is `totalStep`. */
  readonly recent: readonly RecentStep[];
  /** Wall time of a step and images trained a second, averaged since the last report; pauses are left out. */
  readonly msPerStep: number;
  readonly imagesPerSecond: number;
  /** Threads at work now. */
  readonly threads: number;
}

export interface RecentStep {
  readonly epoch: number;
  readonly totalStep: number;
  /** Means over the epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  /** Of this batch alone. */
  readonly batchLoss: number;
  readonly batchAccuracy: number;
}

export interface EpochReport {
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  readonly totalStep: number;
  readonly logs: Logs;
  /** 1-based; the epoch with the best monitored value so far. */
  readonly bestEpoch: number;
  /** Wall time of the epoch with its validation; pauses are left out. */
  readonly seconds: number;
}

/** As Keras's History: counted from 0, where reports count from 1 as Keras prints. */
export interface History {
  /** The epochs that were completed: 0, 1, … */
  readonly epoch: number[];
  /** One value an epoch; the `val_` lists are left out without validation data. */
  readonly history: {
    readonly loss: number[];
    readonly accuracy: number[];
    readonly val_loss?: number[];
    readonly val_accuracy?: number[];
    readonly learning_rate?: number[];
  };
  /** The epoch with the best monitored value; -1 where none was completed. */
  readonly bestEpoch: number;
  /** The epoch at whose end EarlyStopping ended the training; -1 where it did not. */
  readonly stoppedEpoch: number;
}

export interface EvaluateOptions {
  threads?: 'auto' | number;
  signal?: AbortSignal;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  /** [truth][prediction]: counts. */
  readonly confusion: number[][];
  readonly count: number;
  /** Per image: the predicted class and its probability. */
  readonly predicted: Uint8Array;
  readonly confidence: Float32Array;
}
