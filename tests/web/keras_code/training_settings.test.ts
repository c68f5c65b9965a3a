// What scripts say to `fit` and `compile` beside batches, epochs and the accuracy.
import { expect, it } from 'vitest';
import { sequential } from '../../../web/api/index.ts';
import { layers } from '../../../web/api/layers.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const script = (
  fit: string,
  metrics = "['accuracy']",
) => `import keras, tensorflow as tf, numpy as np
from keras import layers, callbacks, metrics
from tensorflow.keras.metrics import TopKCategoricalAccuracy
(x, y), _ = keras.datasets.mnist.load_data()
x = x.reshape(-1, 28, 28, 1) / 255
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10, 'softmax')])
model.compile('adam', 'sparse_categorical_crossentropy', metrics=${metrics})
model.fit(x, y${fit && `, ${fit}`})
`;
const read = (fit: string, metrics?: string) => readKeras(script(fit, metrics));
const blocking = (fit: string) =>
  read(fit)
    .unread.filter((note) => note.blocking)
    .map(({ reason }) => reason);

it.each([
  ['class_weight={0: 1, 3: 2.5}', { classWeight: { 0: 1, 3: 2.5 } }],
  ['class_weight=dict(zip(range(3), [1, 2, 0.5]))', { classWeight: { 0: 1, 1: 2, 2: 0.5 } }],
  ['initial_epoch=2, epochs=5', { initialEpoch: 2, epochs: 5 }],
  ['batch_size=100, steps_per_epoch=10', { stepsPerEpoch: 10 }],
  ['validation_split=0.1, validation_steps=3', { validationSteps: 3 }],
  [
    'validation_split=0.1, validation_steps=3, validation_batch_size=50',
    { validationBatchSize: 50 },
  ],
  ['validation_split=0.1, validation_freq=2', { validationFreq: 2 }],
])('fit(%s)', (fit, expected) => {
  expect(blocking(fit)).toEqual([]);
  expect(read(fit).fit).toMatchObject(expected);
});

it('what is Keras’s default is not said', () => {
  const told = read('batch_size=100, steps_per_epoch=600, initial_epoch=0, class_weight=None').fit;
  expect(told).toEqual({
    batchSize: 100,
    epochs: 1,
    validationSplit: 0,
    validationData: null,
    shuffle: true,
    callbacks: [],
  });
});

it.each([
  'class_weight=weights_of(y)',
  "class_weight='balanced'",
  'sample_weight=np.random.rand(60000)',
  'steps_per_epoch=100000',
  'callbacks=[callbacks.LambdaCallback(on_epoch_end=lambda e, l: model.optimizer.learning_rate.assign(0.1))]',
])('what is not known before it runs stops it: fit(%s)', (fit) => {
  expect(blocking(fit)).not.toEqual([]);
});

it('callbacks that end a training or write of it are read, those that draw are skipped', () => {
  const { fit, skipped } = read(
    "callbacks=[callbacks.TerminateOnNaN(), keras.callbacks.CSVLogger('log.csv', separator=';', append=True), callbacks.TensorBoard('logs'), callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(logs))]",
  );
  expect(fit!.callbacks).toEqual([
    { kind: 'terminateOnNaN', options: {} },
    { kind: 'csvLogger', options: { filename: 'log.csv', separator: ';', append: true } },
  ]);
  expect(skipped.map(({ reason }) => reason)).toContain('TensorBoard only watches');
});

it.each([
  ["['acc']", ['accuracy']],
  ["['sparse_categorical_accuracy']", ['accuracy']],
  ["['accuracy', 'mse', 'mae']", ['accuracy', 'mse', 'mae']],
  ["['top_k_categorical_accuracy']", ['top_k_categorical_accuracy']],
  [
    "['accuracy', TopKCategoricalAccuracy(k=3, name='top3')]",
    ['accuracy', { metric: 'top_k_categorical_accuracy', k: 3, name: 'top3' }],
  ],
  [
    '[keras.metrics.SparseTopKCategoricalAccuracy(2)]',
    [{ metric: 'sparse_top_k_categorical_accuracy', k: 2 }],
  ],
  [
    "['accuracy', metrics.BinaryAccuracy(threshold=0.4)]",
    ['accuracy', { metric: 'binary_accuracy', threshold: 0.4 }],
  ],
  ['[keras.losses.mean_squared_error]', ['mean_squared_error']],
  ['[metrics.CategoricalAccuracy()]', ['accuracy']],
])('metrics=%s', (written, expected) => {
  const { compile, unread } = read('', written);
  expect(compile!.metrics).toEqual(expected);
  expect(unread).toEqual([]);
});

it('a metric that is not computed is named', () => {
  for (const written of ["['AUC']", '[metrics.Precision()]', '[metrics.Accuracy()]']) {
    const reasons = read('', written).unread.map(({ reason }) => reason);
    expect(reasons, written).toEqual([expect.stringMatching(/metric (AUC|Precision|Accuracy) is/)]);
  }
});

it('what is read is what compile takes, and its code says the same', async () => {
  const { compile } = read(
    '',
    "['accuracy', 'mse', TopKCategoricalAccuracy(k=3, name='top3'), metrics.TopKCategoricalAccuracy()]",
  );
  const model = sequential({
    layers: [layers.flatten({ inputShape: [28, 28, 1] }), layers.dense(10)],
  });
  model.compile(compile as never);
  const code = await model.toKeras();
  expect(code).toContain(
    `metrics=["accuracy", "mse", keras.metrics.TopKCategoricalAccuracy(k=3, name="top3"), "top_k_categorical_accuracy"]`,
  );
  expect(readKeras(code).compile!.metrics).toEqual(compile!.metrics);
});
