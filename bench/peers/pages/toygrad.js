// toygrad: plain JavaScript, one image at a time. Its weights are its own, so only its speed is compared.
import { NeuralNetwork, Tensor, Trainers } from 'toygrad';
import { load, timedEpochs } from './mnist.js';

export async function create({ model, batchSize, images }) {
  const conv = (filters) => [
    { type: 'conv', sx: 3, filters, stride: 1, pad: 0 },
    { type: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
  ];
  const bodies = {
    'simple-cnn': [...conv(8), { type: 'dense', filters: 16 }, { type: 'relu' }],
    'two-conv-cnn': [...conv(32), ...conv(64), { type: 'dropout', probability: 0.5 }],
  };
  const input = { type: 'input', sx: 28, sy: 28, sz: 1 };
  const head = [{ type: 'dense', filters: 10 }, { type: 'softmax' }];
  const net = new NeuralNetwork({ layers: [input, ...bodies[model], ...head] });
  const trainer = new Trainers.Adam(net, { batchSize, learningRate: 0.001 });
  const { x, labels } = await load('train', images);
  const step = async (first) => {
    for (let i = first; i < first + batchSize; i++) {
      trainer.train(new Tensor(28, 28, 1, x.slice(i * 784, (i + 1) * 784)), labels[i]);
    }
  };
  return {
    facts: {},
    train: (wish) => timedEpochs({ ...wish, images, batchSize }, step, async () => {}),
  };
}
