// TensorFlow.js on one of its backends: cpu, wasm (as published), wasm-mended (with the kernel that it lacks), webgl.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { load, splitWeights, timedEpochs } from './mnist.js';

export async function create(setting) {
  const { backend, model, threads, batchSize, images, reference } = setting;
  const [name, mended] = backend.split('-');
  if (name === 'wasm') {
    setWasmPaths('/peers/');
    setThreadsCount(threads);
    if (mended) registerFilterGradient();
  }
  if (!(await tf.setBackend(name))) throw new Error(`the backend ${name} does not start`);
  await tf.ready();
  const net = network(model);
  net.setWeights(splitWeights(reference).map(({ shape, values }) => tf.tensor(values, shape)));
  net.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const train = await load('train', images);
  const test = await load('t10k', 10_000);
  const cut = (set, first, count) => {
    const x = tf.tensor(set.x.subarray(first * 784, (first + count) * 784), [count, 28, 28, 1]);
    const labels = set.labels.subarray(first, first + count);
    const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32'));
    return [x, y];
  };
  const step = async (first) => {
    const [x, y] = cut(train, first, batchSize);
    const [loss] = await net.trainOnBatch(x, y);
    tf.dispose([x, y]);
    return loss;
  };
  return {
    facts: { version: tf.version_core },
    async firstLosses(steps) {
      const losses = [];
      for (let i = 0; i < steps; i++) losses.push(await step(i * batchSize));
      return losses;
    },
    train: (wish) => timedEpochs({ ...wish, images, batchSize }, step, async () => {}),
    async evaluate(count = 10_000) {
      const start = performance.now();
      let loss = 0;
      const part = Math.min(count, 1000);
      for (let first = 0; first < count; first += part) {
        const [x, y] = cut(test, first, part);
        const mean = tf.tidy(() =>
          tf.mean(tfl.metrics.categoricalCrossentropy(y, net.predict(x, { batchSize: part }))),
        );
        loss += (await mean.data())[0] * part;
        tf.dispose([x, y, mean]);
      }
      return { seconds: (performance.now() - start) / 1000, loss: loss / count, count };
    },
  };
}

function network(name) {
  const { conv2d, dense, dropout, flatten, maxPooling2d } = tfl.layers;
  const inputShape = [28, 28, 1];
  const conv = (filters, first) => [
    conv2d({ filters, kernelSize: 3, activation: 'relu', ...(first && { inputShape }) }),
    maxPooling2d({ poolSize: 2 }),
  ];
  const head = dense({ units: 10, activation: 'softmax' });
  const bodies = {
    'softmax-regression': () => [flatten({ inputShape }), head],
    'simple-cnn': () => [
      ...conv(8, true),
      flatten(),
      dense({ units: 16, activation: 'relu' }),
      head,
    ],
    'two-conv-cnn': () => [...conv(32, true), ...conv(64), flatten(), dropout({ rate: 0.5 }), head],
  };
  return tfl.sequential({ layers: bodies[name]() });
}

/**
 * The wasm backend has no Conv2DBackpropFilter. For stride 1 and no padding the gradient of the filter is itself a convolution,
 * of the input with the output's gradient, both with batch and channels exchanged: what a reader would write.
 */
function registerFilterGradient() {
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs: { x, dy } }) =>
      tf.tidy(() => {
        const images = tf.transpose(x, [3, 1, 2, 0]);
        const filters = tf.transpose(dy, [1, 2, 0, 3]);
        const result = tf.transpose(tf.conv2d(images, filters, 1, 'valid'), [1, 2, 0, 3]);
        return tf.keep(result);
      }),
  });
}
