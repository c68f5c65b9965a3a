// The lecture's three models.
import { type LayerSpec, layers } from './layers.ts';
import { sequential } from './model.ts';
import type { Sequential } from './types.ts';

export type PresetName = 'softmax-regression' | 'simple-cnn' | 'two-conv-cnn';

const inputShape = [28, 28, 1];
const LAYERS: Record<PresetName, () => LayerSpec[]> = {
  'softmax-regression': () => [
    layers.flatten({ inputShape }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'simple-cnn': () => [
    layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dense({ units: 16, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  'two-conv-cnn': () => [
    layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', inputShape }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
};

/** Each call makes a new model; softmax regression has 7,850 parameters, the CNNs 21,898 and 34,826. */
export const presets: Record<PresetName, (seed?: number) => Sequential> = {
  'softmax-regression': (seed) => fromPreset('softmax-regression', seed),
  'simple-cnn': (seed) => fromPreset('simple-cnn', seed),
  'two-conv-cnn': (seed) => fromPreset('two-conv-cnn', seed),
};

/** A preset's layers, for editors. */
export function presetLayers(name: PresetName): LayerSpec[] {
  return LAYERS[name]();
}

function fromPreset(name: PresetName, seed?: number): Sequential {
  return sequential({ layers: LAYERS[name](), ...(seed === undefined ? {} : { seed }) });
}
