// Small model files by real TensorFlow.js, kept in fixtures/ beside Keras's: `node tests/keras/make_fixtures_tfjs.mjs`.
// A model is its model.json and weights; what made them, and what it predicts, stands in fixtures/made-by-….json.
import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

const IMAGES = 3;
const SIDE = 12;
const FOLDER = new URL('fixtures/', import.meta.url);

/** As images() of make_fixtures.py. */
const images = Float32Array.from({ length: IMAGES * SIDE * SIDE }, (_, i) => {
  const k = Math.floor(i / (SIDE * SIDE));
  const p = i % (SIDE * SIDE);
  return ((p * (2 * k + 3) * 7 + Math.floor(p / 5) * 31 + k * 11) % 256) / 255;
});

const { layers } = tfl;

function plain() {
  return tfl.sequential({
    layers: [
      layers.inputLayer({ inputShape: [SIDE, SIDE, 1] }),
      layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
}

function chain() {
  const start = tfl.input({ shape: [SIDE, SIDE, 1] });
  const list = [
    layers.conv2d({
      filters: 2,
      kernelSize: [3, 5],
      strides: [2, 1],
      padding: 'same',
      useBias: false,
    }),
    layers.batchNormalization(),
    layers.reLU(),
    layers.averagePooling2d({ poolSize: [2, 3], padding: 'same' }),
    layers.flatten(),
    layers.dense({ units: 4, kernelInitializer: 'randomNormal' }),
    layers.activation({ activation: 'tanh' }),
    layers.dense({ units: 10 }),
    layers.softmax(),
  ];
  return tfl.model({ inputs: start, outputs: list.reduce((x, layer) => layer.apply(x), start) });
}

async function fixture(kind, model) {
  // Everything moved away from what it begins with, BatchNormalization's statistics too.
  const moved = (w, i) => {
    const numbers = tf.randomUniform(w.shape, 0.1, 0.9, 'float32', i + 1);
    return w.rank > 1 ? tf.sub(numbers, 0.5) : numbers;
  };
  model.setWeights(model.getWeights().map(moved));
  const name = `tensorflowjs-${tfl.version_layers}-${kind}`;
  const folder = new URL(`${name}/`, FOLDER);
  mkdirSync(folder, { recursive: true });
  // As a browser would send it to a server: the files are TensorFlow.js's own, to the byte.
  const fetchFunc = async (_url, { body }) => {
    for (const [file, blob] of body) {
      writeFileSync(new URL(file, folder), new Uint8Array(await blob.arrayBuffer()));
    }
    return new Response();
  };
  await model.save(tf.io.http('http://keeper.example', { fetchFunc }));
  const outputs = model.predict(tf.tensor4d(images, [IMAGES, SIDE, SIDE, 1]));
  const classes = model.layers.map((layer) => layer.getClassName());
  return {
    file: `${name}/model.json`,
    classes: classes.filter((each) => each !== 'InputLayer'),
    predictions: await outputs.array(),
  };
}

await tf.setBackend('cpu');
const record = {
  tensorflowjs: tfl.version_layers,
  node: process.version,
  fixtures: [await fixture('plain', plain()), await fixture('chain', chain())],
};
const text = JSON.stringify(record, null, 1);
writeFileSync(new URL(`made-by-tensorflowjs-${tfl.version_layers}.json`, FOLDER), `${text}\n`);
