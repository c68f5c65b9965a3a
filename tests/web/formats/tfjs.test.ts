// TensorFlow.js's Layers format, without a worker. Files are untrusted.
import { expect, it } from 'vitest';
import type { ModelFiles } from '../../../web/api/formats.ts';
import { layers, presets, sequential } from '../../../web/api/index.ts';
import { modelFromKeras } from '../../../web/api/model.ts';
import { read, tfjsFiles } from '../../../web/formats/tfjs.ts';

const model = sequential({
  layers: [
    layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1] }),
    layers.flatten(),
    layers.dense({ units: 3, activation: 'softmax', kernelInitializer: 'he_normal' }),
  ],
});
const weights = Float32Array.from({ length: model.parameterCount }, (_, i) => i / 7 - 3);
const saved = tfjsFiles(model, weights);

function files(json: string, bytes: Uint8Array = saved.bytes): ModelFiles {
  const text = new TextEncoder().encode(json);
  return { name: 'model.json', bytes: text, beside: async (wanted) => wanted.map(() => bytes) };
}

async function load(given: ModelFiles) {
  const { config, weights: found, notKept } = await read(given);
  return modelFromKeras(config, found, notKept);
}

type Root = ReturnType<typeof JSON.parse>;
const broken = (change: (root: Root) => void) => {
  const root: Root = JSON.parse(saved['model.json']);
  change(root);
  return files(JSON.stringify(root));
};

it('what is written is what TensorFlow.js reads: shapes at the first layer, initialisers as objects', () => {
  const root = JSON.parse(saved['model.json']);
  expect(root.format).toBe('layers-model');
  const { class_name, config } = root.modelTopology.model_config;
  expect(class_name).toBe('Sequential');
  expect(config.layers.map((l: { class_name: string }) => l.class_name)).toEqual([
    'Conv2D',
    'Flatten',
    'Dense',
  ]);
  expect(config.layers[0].config.batch_input_shape).toEqual([null, 8, 8, 1]);
  expect(config.layers[2].config.kernel_initializer).toEqual({
    class_name: 'HeNormal',
    config: {},
  });
  expect(root.weightsManifest[0].weights.map((w: { name: string }) => w.name)).toEqual([
    'conv2d/kernel',
    'conv2d/bias',
    'dense/kernel',
    'dense/bias',
  ]);
  expect(new Float32Array(saved.bytes.buffer)).toEqual(weights);
});

it('a model that is read back is the same', async () => {
  const loaded = await load(files(saved['model.json']));
  expect(loaded.summary()).toBe(model.summary());
  expect(loaded.config()).toEqual(model.config());
});

it('names with scopes, as Keras 2 and its converter write them, are understood', async () => {
  const loaded = await load(
    broken((root) => {
      for (const weight of root.weightsManifest[0].weights) {
        const [layer, region] = weight.name.split('/');
        weight.name = `sequential/${layer}/${layer}/${region}:0`;
      }
    }),
  );
  expect(loaded.parameterCount).toBe(model.parameterCount);
});

it('an initialiser that Ziffer does not have is forgotten, as the weights are given', async () => {
  const orthogonal = { class_name: 'Orthogonal', config: {} };
  const change = (root: Root) => {
    root.modelTopology.model_config.config.layers[2].config.kernel_initializer = orthogonal;
  };
  const loaded = await load(broken(change));
  expect(loaded.specs[2]?.config).toMatchObject({ kernelInitializer: 'glorot_uniform' });
});

it('a BatchNormalization of a file is what it was, whichever way its axis is counted', async () => {
  const normalized = sequential({
    layers: [
      layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1] }),
      layers.batchNormalization({ epsilon: 0.01, center: false }),
      layers.flatten(),
      layers.batchNormalization(),
      layers.dense({ units: 3 }),
    ],
  });
  const own = tfjsFiles(normalized, new Float32Array(normalized.parameterCount));
  const again = await load(files(own['model.json'], own.bytes));
  expect(again.config()).toEqual(normalized.config());
  expect(again.notKept).toEqual([]);
  const root: Root = JSON.parse(own['model.json']);
  const [, first, , second] = root.modelTopology.model_config.config.layers;
  // As TensorFlow.js and Keras 2 write it.
  Object.assign(first.config, { trainable: true, axis: 3 });
  Object.assign(second.config, { trainable: true, axis: [1] });
  const opened = await load(files(JSON.stringify(root), own.bytes));
  expect(opened.config()).toEqual(normalized.config());
  expect(opened.notKept).toEqual([]);
  first.config.axis = 1;
  const elsewhere = load(files(JSON.stringify(root), own.bytes));
  await expect(elsewhere).rejects.toThrow(/BatchNormalization "batch_normalization": axis = 1/);
});

it.each([
  ['no JSON', files('{"format"'), 'invalid_model'],
  ['no topology', broken((root) => delete root.modelTopology), 'invalid_model'],
  ['no weights', broken((root) => delete root.weightsManifest), 'invalid_model'],
  ['a weight missing', broken((root) => root.weightsManifest[0].weights.pop()), 'invalid_model'],
  [
    'a quantised weight',
    broken((root) => (root.weightsManifest[0].weights[0].dtype = 'uint8')),
    'invalid_model',
  ],
  [
    'a negative extent',
    broken((root) => (root.weightsManifest[0].weights[0].shape = [-3, 3, 1, 2])),
    'invalid_model',
  ],
  [
    'a huge extent',
    broken((root) => (root.weightsManifest[0].weights[0].shape = [2 ** 40])),
    'invalid_model',
  ],
  [
    'a wrong shape',
    broken((root) => (root.weightsManifest[0].weights[0].shape = [3, 3, 2, 1])),
    'invalid_model',
  ],
  ['cut weights', files(saved['model.json'], saved.bytes.subarray(0, 40)), 'invalid_model'],
  [
    'a foreign layer',
    broken((root) => (root.modelTopology.model_config.config.layers[1].class_name = 'LSTM')),
    'unsupported_layer',
  ],
  [
    'a functional model',
    broken((root) => (root.modelTopology.model_config.class_name = 'Functional')),
    'unsupported_model',
  ],
  [
    'layers that do not fit',
    broken((root) => {
      root.modelTopology.model_config.config.layers[0].config.batch_input_shape = [null, 64];
    }),
    'shape_mismatch',
  ],
])('a file with %s is refused by its code', async (_, given, expected) => {
  await expect(load(given)).rejects.toMatchObject({ code: expected });
});

it('the presets stay within what a page loads before the first digit', () => {
  for (const make of Object.values(presets)) {
    const preset = make();
    const { bytes } = tfjsFiles(preset, new Float32Array(preset.parameterCount));
    expect(bytes.length).toBeLessThan(140_000);
  }
});
