// The lecture's three models: their layers, and the recipe by which each reaches what the lecture says of it.
import type { LayerSpec } from './layers.ts';
import { type PresetName, RECIPES, type Recipe } from './recipes.ts';

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

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  'softmax-regression': {
    layers: [{ className: 'Flatten', config: { inputShape } }, probabilities],
    recipe: RECIPES['softmax-regression'],
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
    recipe: RECIPES['simple-cnn'],
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
    recipe: RECIPES['two-conv-cnn'],
    goal: 0.99,
  },
};
