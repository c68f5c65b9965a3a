// "This model in Keras": the Python that the lab shows runs in real Keras, and is this model.
import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layers, type PresetName, presetLayers } from '../../web/api/index.ts';
import { kerasCode } from '../../web/elements/plan/keras_code.ts';
import type { Settings } from '../../web/elements/plan/settings.ts';
import { describe } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import { ask, bytes, withKeras } from './judge.ts';
import { stripes } from './noise.ts';

const settings = {
  seed: 42,
  optimizer: 'adam',
  learningRate: 0.001,
  batchSize: 50,
  epochs: 3,
  validationSplit: 0.5,
  patience: 2,
  checkpoint: true,
  trainCount: 60_000,
} as unknown as Settings;

interface Ran {
  text: string;
  history: Record<string, number[]>;
  config: { class_name: string; config: Record<string, unknown> }[];
}

const every = [
  layers.rescaling({ scale: 2, offset: -1 }),
  layers.conv2d({
    filters: 4,
    kernelSize: [3, 5],
    strides: [2, 1],
    padding: 'same',
    useBias: false,
  }),
  layers.activation({ activation: 'relu' }),
  layers.batchNormalization({
    epsilon: 0.01,
    momentum: 0.9,
    scale: false,
    betaInitializer: 'ones',
  }),
  layers.averagePooling2d({ poolSize: [2, 3], padding: 'same' }),
  layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: [1, 2], groups: 2, padding: 'same' }),
  layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
  layers.separableConv2d({ filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }),
  layers.globalAveragePooling2d(),
  layers.flatten(),
  layers.dropout({ rate: 0.25 }),
  layers.dense({ units: 12, activation: 'tanh', kernelInitializer: 'he_normal' }),
  layers.dense({ units: 11, trainable: false }),
  layers.reLU(),
  layers.dense({ units: 10 }),
  layers.softmax(),
];
const names: readonly PresetName[] = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'];
const cases = Object.fromEntries(names.map((name) => [name, presetLayers(name)]));

it('a model of logits is compiled with a loss that takes them', () => {
  const logits = [layers.flatten({ inputShape: [28, 28, 1] }), layers.dense({ units: 10 })];
  const loss = { name: 'sparse_categorical_crossentropy', fromLogits: true } as const;
  expect(kerasCode(logits, settings, loss)).toContain(
    'loss=keras.losses.CategoricalCrossentropy(from_logits=True),',
  );
  expect(kerasCode(logits, settings)).toContain('loss="categorical_crossentropy",');
});

for (const [name, specs] of Object.entries({ ...cases, 'every kind of layer': every })) {
  withKeras(`${name}: its Python runs, and builds the same layers`, async () => {
    const folder = 'build/keras';
    mkdirSync(folder, { recursive: true });
    const { images, labels } = stripes(200, 5);
    const ran = await ask<Ran>('run_script', {
      script: kerasCode(specs, settings),
      images: bytes(images, [200, 28, 28]),
      labels: bytes(labels),
      folder,
    });
    expect(ran.history.val_loss!.length).toBeGreaterThan(0);
    const { layers: own } = describe(toKeras('model', specs));
    const theirs = ran.config.filter(({ class_name }) => class_name !== 'InputLayer');
    expect(theirs.map((l) => l.class_name)).toEqual(own.map((l) => l.className));
    for (const { config } of theirs.filter((l) => l.class_name === 'BatchNormalization')) {
      const said = { epsilon: 0.01, momentum: 0.9, scale: false, center: true };
      expect(config).toMatchObject(said);
      expect(config.beta_initializer).toMatchObject({ class_name: 'Ones' });
    }
    expect(ran.text).toContain(
      `Total params: ${own.reduce((n, l) => n + l.parameters, 0).toLocaleString('en')}`,
    );
  });
}
