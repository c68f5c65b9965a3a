// The lecture's three models: their layers, and the recipe by which each reaches what the lecture says of it.
import type { LayerSpec } from './layers.ts';

export const PRESET_NAMES = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Recipe {
  readonly optimizer: 'adam';
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** The last share of the training images, which is held back to check. */
  readonly validationSplit: number;
  /** Epochs without a better validation loss after which it stops. */
  readonly patience: number;
}

interface Preset {
  readonly layers: readonly LayerSpec[];
  readonly recipe: Recipe;
  /** The accuracy on the test images that it is to reach. */
  readonly goal: number;
}

const inputShape = [28, 28, 1];
const probabilities: LayerSpec = {
  className: 'Dense',
  config: { units: 10, activation: 'softmax' },
};
const pool: LayerSpec = { className: 'MaxPooling2D', config: { poolSize: 2 } };
const flat: LayerSpec = { className: 'Flatten', config: {} };

/** Also of a model of one's own. */
export const USUAL_RECIPE: Recipe = {
  optimizer: 'adam',
  learningRate: 0.001,
  batchSize: 200,
  epochs: 50,
  validationSplit: 0.5,
  patience: 2,
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  'softmax-regression': {
    layers: [{ className: 'Flatten', config: { inputShape } }, probabilities],
    recipe: { ...USUAL_RECIPE, validationSplit: 0.1 },
    goal: 0.92,
  },
  'simple-cnn': {
    layers: [
      {
        className: 'Conv2D',
        config: { filters: 8, kernelSize: 3, activation: 'relu', inputShape },
      },
      pool,
      flat,
      { className: 'Dense', config: { units: 16, activation: 'relu' } },
      probabilities,
    ],
    recipe: USUAL_RECIPE,
    goal: 0.9655,
  },
  'two-conv-cnn': {
    layers: [
      {
        className: 'Conv2D',
        config: { filters: 32, kernelSize: 3, activation: 'relu', inputShape },
      },
      pool,
      { className: 'Conv2D', config: { filters: 64, kernelSize: 3, activation: 'relu' } },
      pool,
      flat,
      { className: 'Dropout', config: { rate: 0.5 } },
      probabilities,
    ],
    recipe: { ...USUAL_RECIPE, validationSplit: 0.1, batchSize: 128, epochs: 15 },
    goal: 0.99,
  },
};
