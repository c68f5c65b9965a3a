// jax-js on wasm: the models as jitted functions, Adam as its authors' optimizer writes it. Every use of an array but the
// last is `.ref`, since functions take ownership.
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { load, splitWeights, timedEpochs } from './mnist.js';

export async function create({ model, batchSize, images, reference }) {
  await init('wasm');
  defaultDevice('wasm');
  let params = toChannelsFirst(model, splitWeights(reference));
  const zeros = () => tree.map((p) => np.zeros(p.shape), params);
  let state = { m: zeros(), v: zeros() };
  let time = 0;
  const grads = valueAndGrad((p, x, y) => lossOf(model, p, x, y));
  const update = jit((p, s, x, y, rate) => {
    const [loss, g] = grads(tree.ref(p), x, y);
    const m = tree.map((a, b) => a.mul(0.9).add(b.mul(0.1)), s.m, tree.ref(g));
    const v = tree.map((a, b) => a.mul(0.999).add(np.square(b).mul(0.001)), s.v, g);
    const next = tree.map(
      (w, a, b) => w.sub(rate.ref.mul(a).div(np.sqrt(b).add(1e-7))),
      p,
      tree.ref(m),
      tree.ref(v),
    );
    rate.dispose();
    return { loss, params: next, state: { m, v } };
  });
  const { x, labels } = await load('train', images);
  let last;
  const step = async (first) => {
    const bx = np
      .array(x.slice(first * 784, (first + batchSize) * 784))
      .reshape([batchSize, 1, 28, 28]);
    const by = nn.oneHot(np.array(labels.slice(first, first + batchSize)), 10);
    time++;
    const rate = (0.001 * Math.sqrt(1 - 0.999 ** time)) / (1 - 0.9 ** time);
    const out = update(params, state, bx, by, np.array(rate));
    ({ params, state } = out);
    last = await out.loss.data();
    return last[0];
  };
  return {
    facts: { version: '0.1.25' },
    async firstLosses(steps) {
      const losses = [];
      for (let i = 0; i < steps; i++) losses.push(await step(i * batchSize));
      return losses;
    },
    train: (wish) =>
      timedEpochs({ ...wish, images, batchSize }, step, () => blockUntilReady(tree.ref(params))),
  };
}

function lossOf(model, p, x, y) {
  const convs = { 'softmax-regression': 0, 'simple-cnn': 1, 'two-conv-cnn': 2 }[model];
  let h = x;
  let i = 0;
  for (; i < convs; i++) {
    const channels = p[2 * i + 1].shape[0];
    h = lax.conv(h, p[2 * i], [1, 1], 'VALID').add(p[2 * i + 1].reshape([1, channels, 1, 1]));
    h = lax.reduceWindow(nn.relu(h), np.max, [2, 2], [2, 2]);
  }
  h = h.reshape([h.shape[0], -1]);
  for (; 2 * i < p.length; i++) {
    h = np.matmul(h, p[2 * i]).add(p[2 * i + 1]);
    if (2 * i + 2 < p.length) h = nn.relu(h);
  }
  return nn
    .logSoftmax(h)
    .mul(y)
    .sum()
    .mul(-1 / x.shape[0]);
}

/** HWIO → OIHW, and the rows of the first dense kernel from height, width, channel to channel, height, width. */
function toChannelsFirst(model, arrays) {
  const flattened = {
    'softmax-regression': [28, 28, 1],
    'simple-cnn': [13, 13, 8],
    'two-conv-cnn': [5, 5, 64],
  }[model];
  let first = true;
  return arrays.map(({ shape, values }) => {
    const array = np.array(values).reshape(shape);
    if (shape.length === 4) return np.transpose(array, [3, 2, 0, 1]);
    if (shape.length === 1 || !first) return array;
    first = false;
    const turned = np.transpose(array.reshape([...flattened, shape[1]]), [2, 0, 1, 3]);
    return turned.reshape(shape);
  });
}
