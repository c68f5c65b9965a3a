// The public types of the API: models and their training. Classes of this folder implement them.

import type { Monitor } from '../keras/callbacks.ts';
import type { SettingsIn } from '../keras/fields.ts';
import type { LayerInfo, LayerSpec } from '../keras/layers.ts';
import type { LOSSES, LossKey } from '../keras/losses.ts';
import type { MetricSpec } from '../keras/metrics.ts';
import type { OptimizerName } from '../keras/optimizer_defaults.ts';
import type { OPTIMIZERS } from '../keras/optimizers.ts';
import type { CamelCase, KerasConfig, Spelled, WeightRegion } from '../keras/types.ts';
import type { Dataset, Images } from './data_types.ts';
import type { ExplainPlace, Explanation, Inspection, LayerActivation } from './explanation.ts';
import type { EvaluateOptions, Evaluation, FitOptions, History } from './training_types.ts';

export type * from './data_types.ts';
export type * from './explanation.ts';
export type * from './training_types.ts';
export type { KerasConfig, LayerInfo, MetricSpec, Monitor, WeightRegion };

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
  /** Default `['accuracy']`, which is always measured. Words, or a metric's settings: see MetricSpec. */
  metrics?: readonly (string | MetricSpec)[];
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
  /** Whether each layer takes the one before it, and nothing else. */
  readonly isChain: boolean;
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
    metrics?: readonly (string | MetricSpec)[],
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
