// Files go both ways: what Ziffer saves, its real owner opens and predicts the same from; what real Keras saves opens here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import { ACTIVATIONS } from '../../web/keras/types.ts';
import {
  type Dataset,
  type LayerSpec,
  layers,
  loadIdx,
  loadModel,
  type OptimizerSpec,
  presetLayers,
  type SaveFormat,
  type Sequential,
  sequential,
} from '../../web/ziffer.ts';
import { within } from '../support/measured.ts';
import { idx } from '../support/trainer_harness.ts';
import { ask, bytes, deviation, floats, type Numbers, withKeras } from './judge.ts';
import { LAYER_MODELS } from './layer_models.ts';
import { asFloats, noise, stripes } from './noise.ts';
import { useDist } from './place.ts';

const TOLERANCE = 1e-5;
const FOLDER = 'build/keras';
const COUNT = 160;
const { images, labels } = stripes(COUNT, 21, 0.1);
const pictures = asFloats(images);
const forJudge = { images: floats(pictures, [COUNT, 28, 28, 1]) };
let data: Dataset;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  useDist();
  const blob = (part: Uint8Array) => new Blob([part as BlobPart]);
  data = await loadIdx(blob(idx(images, COUNT, 28, 28)), blob(idx(labels, COUNT)));
});

afterAll(() => data.dispose());

const everything = () =>
  sequential({
    name: 'everything',
    layers: [
      layers.rescaling({ scale: 2, offset: -1, inputShape: [28, 28, 1] }),
      layers.conv2d({ filters: 6, kernelSize: [3, 5], strides: [2, 1], padding: 'same' }),
      layers.activation({ activation: 'relu' }),
      layers.averagePooling2d({ poolSize: [2, 3], padding: 'same' }),
      layers.conv2d({ filters: 5, kernelSize: 2, useBias: false, activation: 'tanh' }),
      layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
      layers.flatten(),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 12, activation: 'sigmoid', name: 'hidden' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
const simple = () => sequential({ name: 'simple', layers: presetLayers('simple-cnn') });

/** Normalized with statistics as a training would have left them. */
async function normalized(): Promise<Sequential> {
  const model = sequential({
    name: 'normalized',
    layers: [
      layers.batchNormalization({ epsilon: 0.01, inputShape: [28, 28, 1] }),
      layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 12 }),
      layers.batchNormalization({ center: false, movingVarianceInitializer: 'he_normal' }),
      layers.reLU(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  const weights = await model.weights();
  const random = noise(weights.length, 8);
  for (const { className, parameters, regions } of model.layersInfo) {
    if (className !== 'BatchNormalization') continue;
    const { offset } = regions[0]!;
    for (let i = offset; i < offset + parameters; i++) weights[i] = 0.75 + random[i]! / 2;
  }
  await model.setWeights(weights);
  return model;
}

async function saved(model: Sequential, format: SaveFormat, name: string): Promise<string> {
  const path = `${FOLDER}/${name}`;
  const blob = await model.save(format);
  writeFileSync(path, new Uint8Array(await blob.arrayBuffer()));
  return path;
}

const opened = (path: string) => loadModel(new File([readFileSync(path)], path));

const averaged = () =>
  sequential({
    name: 'averaged',
    layers: [
      layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });

const convolved = () =>
  sequential({
    name: 'convolved',
    layers: [
      layers.dense({ units: 4, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.conv2d({ filters: 6, kernelSize: 3, dilationRate: [2, 1], padding: 'same' }),
      layers.conv2d({ filters: 8, kernelSize: [3, 2], groups: 2, strides: 2, activation: 'relu' }),
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
      layers.separableConv2d({ filters: 6, kernelSize: [2, 3], depthMultiplier: 2, strides: 2 }),
      layers.dense({ units: 5, useBias: false }),
      layers.flatten(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });

const activated = () =>
  sequential({
    name: 'activated',
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 5, activation: 'gelu', inputShape: [28, 28, 1] }),
      layers.maxPooling2d({ poolSize: 4 }),
      layers.activation('log_softmax'),
      layers.flatten(),
      ...ACTIVATIONS.map((activation) => layers.dense({ units: 9, activation })),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });

const more = Object.entries(LAYER_MODELS).map(([name, specs]) => {
  return [name, () => sequential({ name: name.replaceAll(' ', '_'), layers: specs() })] as const;
});
const models = {
  simple,
  everything,
  normalized,
  averaged,
  convolved,
  activated,
  ...Object.fromEntries(more),
};
for (const [what, make] of Object.entries(models)) {
  for (const format of ['keras', 'h5'] as const) {
    withKeras(`${what}: real Keras opens the .${format} file, and we do too`, async () => {
      const model = await make();
      await model.fit(data, { batchSize: 32, shuffle: false });
      const path = await saved(model, format, `${what}.${format}`);
      const own = await model.predict(images);
      const theirs = await ask<{ outputs: Numbers; names: string[]; iterations: number }>(
        'open_model',
        { path, ...forJudge },
      );
      const most = deviation(own, theirs.outputs.values);
      within(`${what}: .${format} predicted by Keras`, most, TOLERANCE);
      const names = model.layersInfo.map(({ name }) => name);
      // Of a graph, Keras counts the input as a layer.
      expect(theirs.names).toEqual(model.isChain ? names : ['input_layer', ...names]);
      expect(theirs.iterations).toBe(format === 'keras' ? 5 : 0);
      const again = await opened(path);
      expect(await again.weights()).toEqual(await model.weights());
      expect(await again.optimizerState()).toEqual(await model.optimizerState());
      expect(again.config()).toEqual(model.config());
      expect(again.notKept).toEqual([]);
      for (const each of [model, again]) each.dispose();
    });
  }

  withKeras(`${what}: ONNX Runtime opens the ONNX file`, async () => {
    const model = await make();
    await model.fit(data, { batchSize: 32 });
    const path = await saved(model, 'onnx', `${what}.onnx`);
    const theirs = await ask<Numbers>('open_onnx', { path, ...forJudge });
    const most = deviation(await model.predict(images), theirs.values);
    within(`${what}: ONNX predicted by ONNX Runtime`, most, TOLERANCE);
    model.dispose();
  });
}

const OPTIMIZERS: readonly OptimizerSpec[] = [
  { name: 'adam', beta1: 0.8 },
  { name: 'sgd', learningRate: 0.02, momentum: 0.9, nesterov: true },
  { name: 'rmsprop', momentum: 0.5, centered: true, epsilon: 1e-4, learningRate: 0.0005 },
  { name: 'adamw', weightDecay: 0.1 },
];

for (const optimizer of OPTIMIZERS) {
  for (const format of ['keras', 'h5'] as const) {
    withKeras(
      `${optimizer.name}: Keras goes on training a .${format} where we stopped`,
      async () => {
        const model = simple();
        model.compile({ optimizer });
        await model.fit(data, { batchSize: 32, shuffle: false });
        const path = await saved(model, format, `${optimizer.name}.${format}`);
        const resumed = await opened(path);
        const theirs = await ask<{ weights: Numbers; iterations: number }>('go_on', {
          path,
          ...forJudge,
          labels: bytes(labels),
          batch_size: 32,
          count: 5,
        });
        await model.fit(data, { batchSize: 32, shuffle: false });
        await resumed.fit(data, { batchSize: 32, shuffle: false });
        expect(theirs.iterations).toBe(10);
        const what = `${optimizer.name}: 5 steps here, 5 in Keras out of .${format}`;
        within(what, deviation(await model.weights(), theirs.weights.values), 1e-4);
        // And we go on from the file to the same bits.
        expect(await resumed.weights()).toEqual(await model.weights());
        for (const each of [model, resumed]) each.dispose();
      },
    );
  }
}

withKeras('a layer that is not trained here is not trained in Keras either', async () => {
  const [first, ...rest] = presetLayers('simple-cnn');
  const frozen = { ...first!, config: { ...first!.config, trainable: false } } as LayerSpec;
  const model = sequential({ name: 'frozen', layers: [frozen, ...rest] });
  const before = await model.weights();
  await model.fit(data, { batchSize: 32, shuffle: false });
  for (const format of ['keras', 'h5'] as const) {
    const path = await saved(model, format, `frozen.${format}`);
    const again = await opened(path);
    expect(await again.optimizerState()).toEqual(await model.optimizerState());
    expect(again.config()).toEqual(model.config());
    const theirs = await ask<{ weights: Numbers; iterations: number }>('go_on', {
      path,
      ...forJudge,
      labels: bytes(labels),
      batch_size: 32,
      count: 5,
    });
    await again.fit(data, { batchSize: 32, shuffle: false });
    const ours = await again.weights();
    within(
      `a frozen layer, 5 steps in Keras out of .${format}`,
      deviation(ours, theirs.weights.values),
      1e-4,
    );
    const size = model.layersInfo[0]!.parameters;
    expect(ours.subarray(0, size)).toEqual(before.subarray(0, size));
    again.dispose();
  }
  model.dispose();
});

for (const kind of ['digits', 'unbuilt', 'chain', 'branches', 'convolved']) {
  withKeras(`we open Keras's own ${kind} model, .keras and .h5`, async () => {
    const paths = [`${FOLDER}/theirs-${kind}.keras`, `${FOLDER}/theirs-${kind}.h5`];
    const theirs = await ask<Numbers>('make', { kind, paths, ...forJudge });
    for (const path of paths) {
      const model = await opened(path);
      const most = deviation(await model.predict(images), theirs.values);
      within(`Keras's ${kind}, ${path.split('.').at(-1)}, predicted here`, most, TOLERANCE);
      expect(model.compiled?.optimizer).toEqual({ name: 'adam', learningRate: 0.002 });
      expect((await model.optimizerState()).steps).toBe(30);
      model.dispose();
    }
  });
}

for (const kind of ['tutorial', 'normalized', 'first']) {
  withKeras(`we open Keras's ${kind} model; its BatchNormalization is trained on`, async () => {
    const [path, older] = [`${FOLDER}/theirs-${kind}.keras`, `${FOLDER}/theirs-${kind}.h5`];
    const theirs = await ask<Numbers>('make', { kind, paths: [path, older], ...forJudge });
    const model = await opened(path);
    const again = await opened(older);
    for (const [format, each] of Object.entries({ keras: model, h5: again })) {
      const most = deviation(await each.predict(images), theirs.values);
      within(`Keras's BatchNormalization, ${kind}, .${format}, predicted here`, most, TOLERANCE);
      const ours = each.layersInfo.filter((l) => l.className === 'BatchNormalization');
      expect(ours.map(({ trainable }) => trainable)).toContain(true);
      expect(each.notKept).toEqual([]);
      expect((await each.optimizerState()).steps).toBe(30);
    }
    expect(await again.optimizerState()).toEqual(await model.optimizerState());

    // What Adam knows of each weight is what it knew of that weight before.
    const ours = await saved(model, 'keras', `ours-${kind}.keras`);
    const before = await ask<Record<string, Numbers>>('adam_slots', { path });
    const after = await ask<Record<string, Numbers>>('adam_slots', { path: ours });
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const name of Object.keys(before)) expect(after[name], name).toEqual(before[name]);
    for (const each of [model, again]) each.dispose();
  });
}

withKeras('what we do not have is named, with the reason', async () => {
  const cases = {
    shared: ['unsupported_model', /Dense "dense.*" is used 2 times/],
    across: ['unsupported_layer', /BatchNormalization "batch.*": axis = 1 is not supported/],
    lstm: ['unsupported_layer', /LSTM "lstm": LSTM layers are not supported/],
  } as const;
  for (const [kind, [code, message]] of Object.entries(cases)) {
    const paths = [`${FOLDER}/theirs-${kind}.keras`, `${FOLDER}/theirs-${kind}.h5`];
    await ask('make', { kind, paths });
    for (const path of paths) {
      await expect(opened(path)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    }
  }
});
