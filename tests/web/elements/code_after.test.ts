// The code beside the cards says what the cards say, whatever was changed in them.
import { describe, expect, it } from 'vitest';
import { layers, presetLayers } from '../../../web/api/index.ts';
import { codeAfter, says } from '../../../web/elements/plan/code_after.ts';
import { defaultSettings, PRESETS } from '../../../web/elements/plan/settings.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const usual = defaultSettings('simple-cnn');

describe('code of the lab’s own is read back to the same layers and settings', () => {
  it.each(PRESETS)('%s', (preset) => {
    const wanted = { layers: presetLayers(preset), settings: defaultSettings(preset) };
    expect(says(readKeras(codeAfter(null, undefined, wanted)), wanted)).toBe(true);
  });

  it.each([
    { patience: null },
    { checkpoint: !usual.checkpoint },
    { validationSplit: 0, patience: null, checkpoint: false },
    { trainCount: 400 },
    { optimizer: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true },
    { optimizer: 'rmsprop', rho: 0.8 },
    { epochs: 3, batchSize: 17 },
  ] as const)('with %o', (changed) => {
    const wanted = { layers: presetLayers('simple-cnn'), settings: { ...usual, ...changed } };
    expect(says(readKeras(codeAfter(null, undefined, wanted)), wanted)).toBe(true);
  });
});

it('code that still says what the cards say stays as it is', () => {
  const wanted = {
    layers: [layers.flatten({ inputShape: [28, 28] }), layers.dense(10)],
    settings: usual,
  };
  const code = `# mine\n${codeAfter(null, undefined, wanted)}`;
  expect(codeAfter(code, undefined, wanted)).toBe(code);
});

describe('a change in the cards rewrites its lines, and leaves comments and the order of the rest alone', () => {
  const dense = (units: number) => layers.dense({ units, activation: 'relu' });
  const last = layers.dense({ units: 10, activation: 'softmax' });
  const first = layers.flatten({ inputShape: [28, 28] });
  const list = `# homework
import keras
from keras import layers
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train / 255  # to 0 … 1

model = keras.Sequential([
    keras.Input(shape=(28, 28)),
    layers.Flatten(),  # flat
    layers.Dense(32, activation="relu"),  # hidden
    layers.Dense(10, activation="softmax")  # out
])
model.summary()
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")  # compiled
history = model.fit(x_train, y_train, epochs=5,  # five
                    batch_size=100)
print(history)
`;
  const added = `
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.datasets import mnist
(x, y), _ = mnist.load_data()
x = x / 255
net = Sequential()
net.add(Flatten(input_shape=(28, 28)))  # flat
net.add(Dense(32, activation="relu"))
# the last one
net.add(Dense(10, activation="softmax"))
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(x, y, 100, 5)
`;
  const chained = `
import tensorflow as tf
inputs = tf.keras.Input((28, 28))
x = tf.keras.layers.Flatten()(inputs)
x = tf.keras.layers.Dense(32, activation="relu")(x)  # hidden
outputs = tf.keras.layers.Dense(10, activation="softmax")(x)
model = tf.keras.Model(inputs, outputs)
model.compile("adam", "sparse_categorical_crossentropy")
(a, b), _ = tf.keras.datasets.mnist.load_data()
model.fit(a / 255, b, batch_size=100, epochs=5)
`;
  const said = {
    ...usual,
    epochs: 5,
    batchSize: 100,
    validationSplit: 0,
    patience: null,
    checkpoint: false,
  };
  const lines = (text: string) => text.split('\n');
  /** The lines that are new, and those that have gone. */
  const changes = (code: string, wanted: Parameters<typeof codeAfter>[2]) => {
    const after = codeAfter(code, undefined, wanted);
    expect(says(readKeras(after), wanted)).toBe(true);
    const [a, b] = [lines(code), lines(after)];
    return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))];
  };

  it.each([
    ['list', list, '    layers.Dense(64, activation="relu"),  # hidden'],
    ['add', added, 'net.add(Dense(64, activation="relu"))'],
    ['chain', chained, 'x = tf.keras.layers.Dense(64, activation="relu")(x)  # hidden'],
  ])('a layer’s setting: %s', (_, code, line) => {
    const [gone, come] = changes(code, { layers: [first, dense(64), last], settings: said });
    expect(come).toEqual([line]);
    expect(gone).toEqual([line.replace('64', '32')]);
  });

  it.each([
    ['list', list, ['    layers.Dropout(0.25),']],
    ['chain', chained, ['x = tf.keras.layers.Dropout(0.25)(x)']],
    [
      'add, with its import',
      added,
      ['from tensorflow.keras.layers import Dropout, Dense, Flatten', 'net.add(Dropout(0.25))'],
    ],
  ])('a layer more: %s', (_, code, wanted) => {
    const more = [first, dense(32), layers.dropout(0.25), last];
    expect(changes(code, { layers: more, settings: said })[1]).toEqual(wanted);
  });

  it.each([
    ['list', list],
    ['add', added],
    ['chain', chained],
  ])('a layer less, and one moved: %s', (_, code) => {
    const [gone, come] = changes(code, { layers: [first, last], settings: said });
    expect(come).toEqual([]);
    expect(gone).toEqual([expect.stringContaining('Dense(32')]);
    // Of a chain the first is called on the inputs: it is written anew.
    if (code === chained) return;
    const swapped = [dense(32), first, last].map(({ className, config }) => {
      const { inputShape: _, ...rest } = config;
      return { className, config: rest } as typeof last;
    });
    swapped[0] = {
      ...swapped[0]!,
      config: { ...swapped[0]!.config, inputShape: [28, 28] },
    } as typeof last;
    expect(changes(code, { layers: swapped, settings: said })[0]!.length).toBeLessThan(4);
  });

  it('settings: each where it stands, or as an argument more', () => {
    const settings = {
      ...said,
      epochs: 7,
      validationSplit: 0.25,
      optimizer: 'sgd',
      learningRate: 0.1,
    } as const;
    expect(changes(list, { layers: [first, dense(32), last], settings })[1]).toEqual([
      'model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.1))  # compiled',
      'history = model.fit(x_train, y_train, epochs=7,  # five',
      '                    batch_size=100,',
      '                    validation_split=0.25)',
    ]);
    expect(
      changes(added, { layers: [first, dense(32), last], settings: { ...said, epochs: 9 } })[1],
    ).toEqual(['net.fit(x, y, 100, 9)']);
    const fewer = { ...said, trainCount: 500, validationSplit: 0.5, patience: 3 };
    expect(changes(list, { layers: [first, dense(32), last], settings: fewer })[1]).toEqual(
      expect.arrayContaining(['x_train, y_train = x_train[:500], y_train[:500]']),
    );
  });
});
