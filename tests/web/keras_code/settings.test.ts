// Where scripts keep their settings, and what changes a model while it is built and trained.
import { describe, expect, test } from 'vitest';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const HEAD = `import keras, os, sys, math, argparse
from functools import partial
from keras import layers
(x, y), (xt, yt) = keras.datasets.mnist.load_data()
x = x / 255
`;
const build = (units: string) =>
  `model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(${units}), layers.Dense(10, 'softmax')])\n`;
const TRAIN =
  "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(x, y, epochs=2)\n";
const blocking = (source: string) => readKeras(source).unread.filter((note) => note.blocking);

describe('a number is read wherever a script keeps it', () => {
  const homes: [where: string, code: string][] = [
    [
      'the command line’s defaults',
      "p = argparse.ArgumentParser()\np.add_argument('--hidden-units', type=int, default='48')\np.add_argument('-v', action='store_true')\nn = p.parse_args().hidden_units",
    ],
    ['the environment’s default', "n = int(os.environ.get('UNITS', 48))"],
    ['an argument that is not given', 'n = int(sys.argv[1]) if len(sys.argv) > 1 else 48'],
    ['a class', 'class Config:\n  UNITS = 48\nn = Config.UNITS'],
    [
      'a data class',
      'from dataclasses import dataclass\n@dataclass\nclass C:\n  depth: int = 2\n  units: int = 16\nn = C(units=48).units',
    ],
    ['a namespace', 'from types import SimpleNamespace\nn = SimpleNamespace(units=48).units'],
    ['a global name', 'n = 1\ndef set():\n  global n\n  n = 48\nset()'],
    ['a loop', 'n = 3\nwhile n < 48:\n  n *= 2'],
    ['arithmetic', 'n = int(math.pow(2, 5) + math.sqrt(256))'],
    ['a part of a list', 'first, *rest = [48, 2, 3]\nn = first'],
  ];
  for (const [where, code] of homes) {
    test(where, () => {
      const read = readKeras(`${HEAD}${code}\n${build('n')}${TRAIN}`);
      expect(read.unread.filter((note) => note.blocking)).toEqual([]);
      expect(read.layers[1]!.config).toMatchObject({ units: 48 });
    });
  }

  test('functools.partial gives a layer its usual settings', () => {
    const code = `${HEAD}Tanh = partial(layers.Dense, activation='tanh', use_bias=False)
model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), Tanh(30), Tanh(10, activation='softmax')])\n${TRAIN}`;
    const { layers, unread } = readKeras(code);
    expect(unread).toEqual([]);
    expect(layers[1]!.config).toMatchObject({ units: 30, activation: 'tanh', useBias: false });
    expect(layers[2]!.config).toMatchObject({ activation: 'softmax', useBias: false });
  });
});

test('a setting twice, or one too many, stops it', () => {
  const cases = ["24, layers.Lambda(abs), activation='relu'", "24, 'tanh', activation='relu'"];
  for (const args of cases) expect(blocking(`${HEAD}${build(args)}${TRAIN}`), args).not.toEqual([]);
  const fit = TRAIN.replace('epochs=2', 'epochs=2, learning_rate=0.1');
  expect(blocking(`${HEAD}${build('24')}${fit}`)).not.toEqual([]);
});

test('a layer as an activation is one behind it, by place as by name', () => {
  for (const args of ['24, layers.ReLU(0.5)', '24, activation=layers.ReLU(0.5)']) {
    const read = readKeras(`${HEAD}${build(args)}${TRAIN}`);
    expect(read.unread, args).toEqual([]);
    expect(read.layers.map(({ className }) => className)).toEqual([
      ...['Flatten', 'Dense', 'ReLU', 'Dense'],
    ]);
  }
});

describe('what may change a model counts where it is trained after that, or never', () => {
  const touches = ["model.load_weights('w.h5')", 'prune(model)', 'explain(model, x[:3])'];
  for (const touch of touches) {
    test(touch, () => {
      const compile = "model.compile('adam', 'sparse_categorical_crossentropy')\n";
      expect(blocking(`${HEAD}${build('9')}${TRAIN}${touch}`)).toEqual([]);
      expect(blocking(`${HEAD}${build('9')}${touch}\n${TRAIN}`)).not.toEqual([]);
      expect(blocking(`${HEAD}${build('9')}${TRAIN}${touch}\nmodel.fit(x, y)`)).not.toEqual([]);
      expect(blocking(`${HEAD}${build('9')}${compile}${touch}`)).not.toEqual([]);
    });
  }
});

test('layers that stand still after compile were trained', () => {
  const read = readKeras(`${HEAD}${build('9')}${TRAIN}model.layers[1].trainable = False`);
  expect(read.layers[1]!.config).not.toHaveProperty('trainable');
  const before = readKeras(`${HEAD}${build('9')}model.layers[1].trainable = False\n${TRAIN}`);
  expect(before.layers[1]!.config).toMatchObject({ trainable: false });
});

describe('a schedule of one’s own is its answer for each epoch', () => {
  const schedules: [code: string, rates: number[]][] = [
    ['lambda e: 1e-3 * 0.5 ** e', [0.001, 0.0005]],
    ['lambda e, lr: 0.01 if e == 0 else lr * 0.1', [0.01, 0.001]],
    ['step', [0.1, 0.1 * Math.exp(-1)]],
  ];
  for (const [code, rates] of schedules) {
    test(code, () => {
      const def =
        'def step(epoch):\n  if epoch < 1:\n    return 0.1\n  return 0.1 * math.exp(-epoch)\n';
      const callback = `keras.callbacks.LearningRateScheduler(${code}, verbose=1)`;
      const fit = TRAIN.replace('epochs=2', `epochs=2, callbacks=[${callback}]`);
      const read = readKeras(`${HEAD}${def}${build('9')}${fit}`);
      expect(read.unread).toEqual([]);
      const [found] = read.fit!.callbacks;
      expect(found!.kind).toBe('learningRateScheduler');
      for (const [i, rate] of (found!.options.schedule as number[]).entries())
        expect(rate).toBeCloseTo(rates[i]!, 12);
    });
  }
});

describe('a subclass whose call says `training`', () => {
  const subclass = (way: string) => `${HEAD}class Net(keras.Model):
  def __init__(self):
    super().__init__()
    self.flat, self.drop = layers.Flatten(), layers.Dropout(0.3)
    self.out = layers.Dense(10)
  def call(self, x, training=False):
    x = self.flat(x)
${way}
model = Net()
${TRAIN}`;
  test('has the layers of training, where the others are idle after it', () => {
    const way =
      '    if training:\n      x = self.drop(x)\n    return keras.activations.softmax(self.out(x))';
    const read = readKeras(subclass(way));
    expect(read.unread).toEqual([]);
    expect(read.layers.map(({ className }) => className)).toEqual([
      ...['Flatten', 'Dropout', 'Dense', 'Activation'],
    ]);
  });
  test('stops it where it computes something else after training', () => {
    const way = '    x = self.out(x)\n    return x if training else keras.activations.softmax(x)';
    expect(blocking(subclass(way))).not.toEqual([]);
  });
});
