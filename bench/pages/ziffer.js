// What the benchmark does with Ziffer in a page, through its public API alone.
import { layers, loadMnist, presets, sequential } from '/dist/ziffer.js';
import { courseModels } from './course_models.js';

const sets = new Map();

/** The first `count` training images, and the test images. */
async function mnist(count) {
  if (!sets.has(count)) sets.set(count, loadMnist({ trainCount: count }));
  const loaded = await sets.get(count);
  await loaded.train.ready;
  return loaded;
}

/** One of the lecture's models or of the course's. */
function made(name) {
  return presets[name]?.(1) ?? sequential({ layers: courseModels[name].layers, seed: 1 });
}

const kept = new Map();

/** One model per name and number of threads lives as long as the page, so that nothing is compiled anew between turns. */
function model(preset, threads) {
  const key = `${preset} ${threads}`;
  if (!kept.has(key)) kept.set(key, made(preset));
  return kept.get(key);
}

/** Trains for so many epochs and says how long each took (seconds), and with how many threads. */
export async function train({ preset, threads, batchSize, images, epochs }) {
  const { train } = await mnist(images);
  return epochsOf(model(preset, threads), train, { threads, batchSize, epochs });
}

async function epochsOf(net, data, { threads, batchSize, epochs }) {
  const seconds = [];
  let used = 1;
  await net.fit(data, {
    batchSize,
    epochs,
    threads,
    onEpoch: (report) => seconds.push(report.seconds),
    onStep: (report) => {
      used = report.threads;
    },
  });
  return { seconds, threads: used };
}

/** Seconds that one evaluation of the 10,000 test images takes. */
export async function evaluate({ preset, threads, images }) {
  const { test } = await mnist(images);
  const net = model(preset, threads);
  const start = performance.now();
  const { loss } = await net.evaluate(test, { threads });
  return { seconds: (performance.now() - start) / 1000, loss };
}

/** Milliseconds of each of `count` single predictions. */
export async function predictions({ preset, count }) {
  const net = presets[preset](1);
  const image = new Uint8Array(784).map((_, i) => (i % 28 > 10 && i % 28 < 16 ? 200 : 0));
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await net.predict(image);
    times.push(performance.now() - start);
  }
  net.dispose();
  return times;
}

/** Epochs of a simple CNN with so many filters, one thread. */
export async function grow({ filters, batchSize, images, epochs }) {
  const { train } = await mnist(images);
  const net = sequential({
    seed: 1,
    layers: [
      layers.conv2d({ filters, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 16, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  const { seconds } = await epochsOf(net, train, { threads: 1, batchSize, epochs });
  net.dispose();
  return seconds;
}

/** For the peers: a model's configuration, the weights with which it begins, its test loss with them, and it as ONNX. */
export async function reference({ preset }) {
  const { test } = await mnist(5000);
  const net = made(preset);
  const { loss } = await net.evaluate(test);
  const weights = [...(await net.weights())];
  const regions = net.layersInfo.flatMap((layer) => layer.regions);
  const multiplications = net.layersInfo.map(multiplicationsOf);
  const onnx = presets[preset] && [...new Uint8Array(await (await net.save('onnx')).arrayBuffer())];
  net.dispose();
  return { config: net.config(), loss, weights, regions, multiplications, onnx };
}

/** Of one image going forward, as the sums are defined: each weight of a kernel serves every place of the output. */
function multiplicationsOf({ outputShape, regions }) {
  const kernel = regions.find(({ name }) => name === 'kernel');
  if (!kernel) return 0;
  const size = (shape) => shape.reduce((product, n) => product * n, 1);
  return size(kernel.shape) * size(outputShape.slice(0, -1));
}
