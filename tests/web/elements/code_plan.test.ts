// What the lab makes of a Keras script: settings that it has are taken, and nothing that it does otherwise is left unsaid.
import { expect, it } from 'vitest';
import { sequential } from '../../../web/api/index.ts';
import {
  notesOf,
  planOfCode,
  readableModel,
  requireRead,
} from '../../../web/elements/plan/code_plan.ts';
import { kerasCode } from '../../../web/elements/plan/keras_code.ts';
import { optimizerOf } from '../../../web/elements/plan/settings.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const script = ({ fit = '', compile = "'adam'", data = '/ 255', body = 'Dense(10)' } = {}) => `
import keras
from keras.layers import Dense, Flatten
(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
x, x_test = x ${data}, x_test ${data}
model = keras.Sequential([keras.Input((28, 28)), Flatten(), ${body}])
model.compile(${compile}, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, ${fit})
`;
const plan = (options: Parameters<typeof script>[0]) => planOfCode(readKeras(script(options)));
const said = (options: Parameters<typeof script>[0]) => plan(options).notes.map(({ text }) => text);

it('what the lab has a field for is taken, and nothing is said', () => {
  const stop = 'keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)';
  const fit = `batch_size=50, epochs=7, validation_split=0.25, callbacks=[${stop}]`;
  const { settings, notes } = plan({ fit, compile: 'keras.optimizers.RMSprop(0.002, rho=0.8)' });
  expect(settings).toMatchObject({
    ...{ optimizer: 'rmsprop', learningRate: 0.002, rho: 0.8, momentum: 0 },
    ...{ batchSize: 50, epochs: 7, validationSplit: 0.25, patience: 4, checkpoint: true },
    ...{ trainCount: 60_000 },
  });
  expect(notes).toEqual([]);
});

it('without callbacks nothing stops early and nothing keeps the best weights', () => {
  const { settings } = plan({ fit: 'validation_split=0.1' });
  expect(settings).toMatchObject({ patience: null, checkpoint: false });
});

it.each([
  ['validation_data=(x_test, y_test)', 'validation_data'],
  ['shuffle=False', 'shuffle=False'],
  ['batch_size=6000', 'batchSize = 6000 is'],
  ['validation_split=0.1, callbacks=[keras.callbacks.ReduceLROnPlateau()]', 'reduceLROnPlateau'],
  ['callbacks=[keras.callbacks.EarlyStopping(monitor="loss")]', 'earlyStopping'],
])('what it does otherwise is said: fit(%s)', (fit, words) => {
  expect(said({ fit })).toEqual([expect.stringContaining(words)]);
});

it.each([
  'keras.optimizers.Adam(epsilon=1e-3)',
  'keras.optimizers.Nadam(0.002, clipnorm=1.0, weight_decay=0.01)',
  'keras.optimizers.Adadelta(learning_rate=1.0, rho=0.9)',
  'keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 1000, 0.9))',
  'keras.optimizers.Lion(learning_rate=keras.optimizers.schedules.CosineDecay(0.001, 100, warmup_target=0.01, warmup_steps=9))',
])('the whole optimizer is taken, also what has no field: %s', (compile) => {
  expect(said({ compile })).toEqual([]);
  const told = readKeras(script({ compile })).compile!.optimizer;
  const { settings, layers } = plan({ compile });
  expect(optimizerOf(settings)).toMatchObject(told);
  // … and said again.
  const again = planOfCode(readKeras(kerasCode(layers, settings))).settings;
  expect(optimizerOf(again)).toEqual(optimizerOf(settings));
});

it('other pixels than 0 to 1 are a layer in front, which takes the input’s shape', () => {
  expect(plan({}).layers.map(({ className }) => className)).toEqual(['Flatten', 'Dense']);
  const [first, second] = plan({ data: '/ 127.5 - 1' }).layers;
  expect(first).toMatchObject({
    className: 'Rescaling',
    config: { offset: -1, inputShape: [28, 28] },
  });
  expect((first!.config as { scale: number }).scale).toBeCloseTo(2, 9);
  expect(second!.config).not.toHaveProperty('inputShape');
});

it('what is not understood is an error with its line', () => {
  const reading = readKeras(script({ body: 'keras.layers.Lambda(abs), Dense(10)' }));
  expect(() => requireRead('mine.py', reading)).toThrow(/^mine\.py: line 6: .*Lambda/);
});

it('a script whose last model is not understood gives the last that is; alone, none', () => {
  const good = script({});
  const odd =
    'other = keras.Sequential([keras.Input((28, 28)), keras.layers.Lambda(abs)])\nother.fit(x, y)';
  expect(readableModel(readKeras(`${good}${odd}`))).toBe('model');
  expect(readableModel(readKeras(good))).toBeNull();
  expect(readableModel(readKeras(script({ body: 'keras.layers.Lambda(abs)' })))).toBeNull();
});

it('hints and what was read otherwise stand by their lines, with the line itself', () => {
  const reading = readKeras(script({ data: '* 1.0', compile: "'adadelta', metrics=['mae']" }));
  const { notes, models, model } = notesOf('a.py', reading, []);
  expect(notes.map(({ hint, line }) => [hint, line])).toEqual(
    expect.arrayContaining([
      ['adadelta-rate', 7],
      ['raw-pixels', 8],
    ]),
  );
  const lines = notes.map(({ line }) => line!);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
  expect(models).toEqual([{ name: 'model', line: 6 }]);
  expect(model).toBe('model');
});

it('a generator of changed pictures is a layer in front, behind the scaling of the pixels', () => {
  const source = `
from tensorflow.keras.datasets import mnist
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator
(x, y), _ = mnist.load_data()
x = x.reshape(-1, 28, 28, 1)
model = Sequential([Flatten(input_shape=(28, 28, 1)), Dense(10, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy')
datagen = ImageDataGenerator(rotation_range=10, zoom_range=0.1, width_shift_range=0.1, rescale=2 / 255, horizontal_flip=False)
datagen.fit(x)
model.fit_generator(datagen.flow(x, y, batch_size=64), epochs=3, steps_per_epoch=len(x) // 64)
`;
  const reading = readKeras(source);
  expect(reading.unread).toEqual([]);
  expect(reading.data).toMatchObject({
    augmentation: { rotationRange: 10, zoomRange: 0.1, widthShiftRange: 0.1 },
  });
  const { layers } = planOfCode(reading);
  expect(layers.map(({ className }) => className)).toEqual([
    ...['Rescaling', 'ImageDataGenerator', 'Flatten', 'Dense'],
  ]);
  expect(layers[0]!.config.inputShape).toEqual([28, 28, 1]);
  expect(layers[1]!.config).toEqual({ rotationRange: 10, zoomRange: 0.1, widthShiftRange: 0.1 });
});

it('what a generator does that is not here stops the script, at its line', () => {
  const source = `
from keras.datasets import mnist
from keras.preprocessing.image import ImageDataGenerator
import keras
(x, y), _ = mnist.load_data()
model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)])
model.compile('adam', 'mse')
model.fit(ImageDataGenerator(zca_whitening=True, rotation_range=5).flow(x, y))
`;
  expect(() => requireRead('mine.py', readKeras(source))).toThrow(/zca_?[wW]hitening/);
});

it('pictures with zeros around them get them from a layer in front, also where the layers are no chain', () => {
  const padded = (shape: string, pixels: string, start: string) => `
import keras, numpy as np
from keras import layers
(x, y), _ = keras.datasets.mnist.load_data()
x = ${pixels} / 127.5 - 1
inputs = keras.Input(${shape})
a = ${start}(inputs)
b = layers.Add()([a, ${start}(inputs)])
model = keras.Model(inputs, layers.Dense(10)(layers.Flatten()(b)))
model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y)
`;
  const pixels = 'np.pad(x, ((0, 0), (2, 2), (2, 2)))';
  for (const [code, before] of [
    [padded('(32, 32)', pixels, 'layers.Dense(4)'), ['ZeroPadding2D', 'Reshape', 'Rescaling']],
    [
      padded('(32, 32, 1)', `${pixels}[..., np.newaxis]`, 'layers.Conv2D(4, 3)'),
      ['ZeroPadding2D', 'Rescaling'],
    ],
  ] as const) {
    const { layers } = planOfCode(readKeras(code));
    const model = sequential({ layers });
    expect(model.inputShape).toEqual([28, 28, 1]);
    const last = model.layersInfo[before.length - 1]!;
    expect(model.layersInfo.slice(0, before.length).map((one) => one.className)).toEqual(before);
    expect(last.outputShape.slice(0, 2)).toEqual([32, 32]);
    // Both branches take what comes from in front.
    const branches = model.layersInfo.filter(({ inbound }) => inbound[0] === last.name);
    expect(branches).toHaveLength(2);
  }
});
