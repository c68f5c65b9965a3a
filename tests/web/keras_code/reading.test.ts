// What a reading says of what it did not understand, and of where a script errs.
import { describe, expect, test } from 'vitest';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const script = (layers: string, { compile = COMPILE, fit = FIT, data = DATA } = {}) => `import keras
import numpy as np
from keras import layers
${data}
model = keras.Sequential([keras.Input((28, 28, 1)), ${layers}])
${compile}
${fit}
`;
const DATA = `(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
x, x_test = x[..., np.newaxis] / 255, x_test[..., np.newaxis] / 255`;
const COMPILE =
  "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])";
const FIT = 'model.fit(x, y)';
const GOOD = "layers.Flatten(), layers.Dense(10, activation='softmax')";

const blocked = (source: string) => readKeras(source).unread.filter(({ blocking }) => blocking);
const hints = (source: string) => readKeras(source).hints.map(({ code }) => code);

test('a script that is understood has nothing unread and no hints', () => {
  const read = readKeras(script(GOOD));
  expect([read.unread, read.hints]).toEqual([[], []]);
});

describe('what would change the result and is not understood stops it, at its line', () => {
  const cases: [string, string][] = [
    ['a layer that is not here', script(`layers.SimpleRNN(100), ${GOOD}`)],
    ['pictures normalised row by row', script(`layers.BatchNormalization(axis=1), ${GOOD}`)],
    ['a setting that is known only later', script(`layers.Dropout(rate_of()), ${GOOD}`)],
    ['a loss of one’s own', script(GOOD, { compile: 'model.compile("adam", my_loss)' })],
    ['an unknown number of epochs', script(GOOD, { fit: 'model.fit(x, y, epochs=int(input()))' })],
    ['other data', script(GOOD, { data: 'x = np.load("mine.npy")\ny = np.load("labels.npy")' })],
    ['pixels through an unknown function', script(GOOD, { fit: 'model.fit(np.sqrt(x), y)' })],
    ['a function that is given the model', script(GOOD, { fit: `prune(model)\n${FIT}` })],
    [
      'a callback that stops',
      script(GOOD, {
        fit: `class C(keras.callbacks.Callback):\n  def on_epoch_end(self, e, logs):\n    self.model.stop_training = True\nmodel.fit(x, y, callbacks=[C()])`,
      }),
    ],
    [
      'weights of the classes',
      script(GOOD, { fit: 'model.fit(x, y, class_weight=weights_of(y))' }),
    ],
    [
      'a training loop',
      script(GOOD, { fit: 'import tensorflow as tf\nwith tf.GradientTape() as t:\n  loss = 1' }),
    ],
    [
      'a layer behind an unknown condition',
      script(GOOD, { fit: `if cond():\n  model.add(layers.Dense(3))\n${FIT}` }),
    ],
    [
      'a learning rate set by hand',
      script(GOOD, { fit: `model.fit(x, y)\nmodel.optimizer.lr = 0.1\nmodel.fit(x, y)` }),
    ],
    ['no Python', script(`layers.Dense(10`)],
    ['no model', 'print(1)'],
    ['nothing', ''],
  ];
  for (const [what, source] of cases) test(what, () => expect(blocked(source)).not.toEqual([]));

  test('its line is the one that is not understood, with its text', () => {
    const source = script(`\n  layers.SimpleRNN(100),\n  ${GOOD}`);
    const [note] = blocked(source);
    expect(note).toMatchObject({ line: 7, text: 'layers.SimpleRNN(100),' });
    expect(note!.reason).toContain('SimpleRNN');
  });
});

test('plots, prints, files, summaries and predictions are skipped, line by line, and stop nothing', () => {
  const read = readKeras(`${script(GOOD)}
import matplotlib.pyplot as plt, seaborn as sns, os
model.summary()
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x[i].reshape(28, 28), cmap='gray')
plt.plot(model.history.history['loss'])
predicted = np.argmax(model.predict(x_test), axis=1)
wrong = [i for i in range(100) if predicted[i] != y_test[i]]
keras.utils.plot_model(model, to_file='m.png')
model.save(os.path.join('out', 'model.h5'))
if not os.path.exists('weights.h5'):
    print('nothing there')
`);
  expect(read.unread).toEqual([]);
  expect(read.skipped.length).toBeGreaterThan(5);
});

test('magics and shell lines of a notebook are skipped; lines count over its code cells', () => {
  const cells = [
    { cell_type: 'markdown', source: 'Text' },
    { cell_type: 'code', source: ['%matplotlib inline\n', '!pip install x\n', 'import os'] },
    { cell_type: 'code', source: script(`layers.SimpleRNN(3), ${GOOD}`) },
  ];
  const read = readKeras(JSON.stringify({ cells, nbformat: 4 }));
  expect(read.skipped.map(({ line, cell }) => [line, cell])).toEqual(
    expect.arrayContaining([
      [1, 1],
      [2, 1],
    ]),
  );
  expect(read.unread).toMatchObject([{ cell: 2, blocking: true }]);
});

describe('hints', () => {
  const OPTIMIZER = (code: string) => ({ compile: COMPILE.replace("'adam'", code) });
  const cases: [string, string, string][] = [
    ['adadelta-rate', 'Adadelta without a rate', script(GOOD, OPTIMIZER("'adadelta'"))],
    ['adadelta-rate', 'Adadelta()', script(GOOD, OPTIMIZER('keras.optimizers.Adadelta()'))],
    ['raw-pixels', 'pixels 0–255', script(GOOD, { data: DATA.replaceAll(' / 255', '') })],
    ['logits-as-probabilities', 'logits', script('layers.Flatten(), layers.Dense(10)')],
    ['softmax-twice', 'a Softmax after it', script(`${GOOD}, layers.Softmax()`)],
    [
      'softmax-twice',
      'softmax and from_logits',
      script(GOOD, {
        compile:
          'model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))',
      }),
    ],
    ['classes', 'another width', script(GOOD.replace('10', '26'))],
    [
      'accuracy-with-mse',
      'mse',
      script(GOOD, { compile: "model.compile('adam', 'mse', ['accuracy'])" }),
    ],
    [
      'validated-on-test',
      'test data',
      script(GOOD, { fit: 'model.fit(x, y, validation_data=(x_test, y_test))' }),
    ],
    ['strides-by-position', 'Conv2D(8, 3, 3)', script(`layers.Conv2D(8, 3, 3), ${GOOD}`)],
  ];
  for (const [code, what, source] of cases) {
    test(`${code}: ${what}`, () => expect(hints(source)).toEqual([code]));
  }
});

test('of several models each is read, and one is chosen by its name', () => {
  const source = `${script(GOOD)}
small = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)])
probabilities = keras.Sequential([small, layers.Softmax()])
`;
  const read = readKeras(source);
  expect(read.name).toBe('model');
  expect(read.models.map(({ name }) => name)).toEqual(['model', 'probabilities']);
  expect(readKeras(source, { model: 'probabilities' }).layers).toHaveLength(3);
  expect(() => readKeras(source, { model: 'none' })).toThrow(/model, probabilities/);
});

test('pixels are followed through arithmetic: standardised MNIST has the mean 0 and the deviation 1', () => {
  const data = `${DATA}\nx = (x - x.mean()) / np.std(x)`;
  const read = readKeras(script(GOOD, { data }));
  expect(read.unread).toEqual([]);
  expect(read.data!.scale * 33.318421 + read.data!.offset).toBeCloseTo(0, 5);
  expect(read.data!.scale).toBeCloseTo(1 / 78.56749, 8);
});

test('steps_per_epoch that are an epoch say nothing new', () => {
  const fit =
    'model.fit_generator(keras.preprocessing.image.ImageDataGenerator().flow(x, y, batch_size=64), steps_per_epoch=len(x) // 64, epochs=3)';
  const read = readKeras(script(GOOD, { fit }));
  expect(read.unread).toEqual([]);
  expect(read.fit).toMatchObject({ batchSize: 64, epochs: 3 });
});

test('images held back from the training ones become a share; trainCount has both', () => {
  const fit = 'model.fit(x[:50000], y[:50000], validation_data=(x[50000:], y[50000:]))';
  const read = readKeras(script(GOOD, { fit }));
  expect(read.fit!.validationSplit).toBeCloseTo(1 / 6, 12);
  expect(read.data!.trainCount).toBe(60_000);
});

test('whatever the text, the reading ends and throws nothing but ZifferErrors', () => {
  const hostile = [
    '('.repeat(50_000),
    `x = ${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    'def f(n):\n  return f(n)\nf(1)',
    'while True:\n  pass',
    'x = [0] * 10**9\ny = "a" * 10**12\nz = 10 ** 10 ** 10',
    'for i in range(10**9):\n  pass',
    'x = [i for i in range(9000) for j in range(9000)]',
    '__proto__ = 1\nconstructor.prototype.x = 2\nx.__class__.__bases__[0]',
    'import keras\nkeras.layers.constructor()\nkeras.layers.__proto__(3)(4)',
    '\u0000\uFFFF�',
  ];
  for (const source of hostile) expect(blocked(source)).not.toEqual([]);
  expect(() => readKeras(3)).toThrow(/expected the text/);
  expect(() => readKeras('{"cells": [')).toThrow(/no JSON/);
});

test('a fragment without imports and data is read as it is usually meant, which is said', () => {
  const reading = readKeras(`
model = keras.Sequential([layers.Flatten(input_shape=(28, 28)), layers.Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=3)
`);
  expect(reading.layers.map(({ className }) => className)).toEqual(['Flatten', 'Dense']);
  expect(reading.fit!.epochs).toBe(3);
  expect(reading.data!.scale).toBeCloseTo(1 / 255, 12);
  expect(reading.unread.filter(({ blocking }) => blocking)).toEqual([]);
  expect(reading.unread.map(({ reason }) => reason.split(' ')[0])).toEqual([
    ...['keras', 'layers', 'x_train', 'y_train'],
  ]);
});
