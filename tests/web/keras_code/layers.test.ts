// Layers as scripts write them, in the spellings of all releases.
import { describe, expect, test } from 'vitest';
import { readKeras, sequential } from '../../../web/api/index.ts';

/** The layers between the input and the last two of a script that has these. */
async function read(lines: string, shape = '(28, 28, 1)') {
  const found = await readKeras(`import keras
from keras import layers
from keras.layers import *
from keras.layers.advanced_activations import LeakyReLU as Leaky
model = keras.Sequential([
    keras.Input(shape=${shape}),
    ${lines},
    Flatten(),
    Dense(10, activation="softmax"),
])
`);
  expect(found.unread.filter(({ blocking }) => blocking)).toEqual([]);
  const { layers } = sequential({ layers: found.layers }).config().config as {
    layers: { class_name: string; config: Record<string, unknown> }[];
  };
  return layers.slice(1, -2).map(({ class_name, config: { name: _, ...config } }) => ({
    class_name,
    ...config,
  }));
}

const leaky = (negative_slope: number) => ({ class_name: 'LeakyReLU', negative_slope });
const relu = (max_value: number | null, negative_slope: number, threshold: number) => ({
  class_name: 'ReLU',
  max_value,
  negative_slope,
  threshold,
});
const prelu = (alpha_initializer: string, shared_axes: number[]) => ({
  class_name: 'PReLU',
  alpha_initializer,
  shared_axes,
});

type Two = readonly [number, number];
const padded = (...padding: Two[]) => ({ class_name: 'ZeroPadding2D', padding });
const cropped = (...cropping: Two[]) => ({ class_name: 'Cropping2D', cropping });
const upSampled = (size: Two, interpolation: string) => ({
  class_name: 'UpSampling2D',
  size,
  interpolation,
});

describe.each([
  ['LeakyReLU()', leaky(0.3)],
  ['LeakyReLU(0.1)', leaky(0.1)],
  ['Leaky(alpha=0.1)', leaky(0.1)],
  ['layers.LeakyReLU(negative_slope=1/4)', leaky(0.25)],
  ['Activation(LeakyReLU(alpha=0.1))', leaky(0.1)],
  ['ELU(0.5)', { class_name: 'ELU', alpha: 0.5 }],
  ['ELU()', { class_name: 'ELU', alpha: 1 }],
  ['PReLU()', prelu('zeros', [])],
  ['PReLU(shared_axes=[1, 2])', prelu('zeros', [1, 2])],
  ['PReLU("he_normal", None, None, (1, 2))', prelu('he_normal', [1, 2])],
  [
    'PReLU(alpha_initializer=keras.initializers.HeUniform(), shared_axes=3)',
    prelu('he_uniform', [3]),
  ],
  ['Permute((2, 1, 3))', { class_name: 'Permute', dims: [2, 1, 3] }],
  ['Reshape((7, 4, -1))', { class_name: 'Reshape', target_shape: [7, 4, -1] }],
  ['Reshape((784,))', { class_name: 'Reshape', target_shape: [784] }],
  ['Reshape(target_shape=[28 * 28])', { class_name: 'Reshape', target_shape: [784] }],
  ['ZeroPadding2D()', padded([1, 1], [1, 1])],
  ['ZeroPadding2D(2)', padded([2, 2], [2, 2])],
  ['ZeroPadding2D((1, 2))', padded([1, 1], [2, 2])],
  ['ZeroPadding2D(padding=((1, 2), (3, 4)))', padded([1, 2], [3, 4])],
  ['ZeroPadding2D([1, (3, 4)], data_format="channels_last")', padded([1, 1], [3, 4])],
  ['Cropping2D(((1, 2), (3, 4)))', cropped([1, 2], [3, 4])],
  ['Cropping2D(cropping=2)', cropped([2, 2], [2, 2])],
  ['UpSampling2D()', upSampled([2, 2], 'nearest')],
  ['UpSampling2D(size=(2, 3), interpolation="bilinear")', upSampled([2, 3], 'bilinear')],
  ['UpSampling2D(3)', upSampled([3, 3], 'nearest')],
  ['SpatialDropout2D(0.2)', { class_name: 'SpatialDropout2D', rate: 0.2 }],
  ['SpatialDropout2D(p=0.2)', { class_name: 'SpatialDropout2D', rate: 0.2 }],
  ['GaussianNoise(0.1, seed=3)', { class_name: 'GaussianNoise', stddev: 0.1 }],
  ['GaussianNoise(sigma=0.1)', { class_name: 'GaussianNoise', stddev: 0.1 }],
  ['GaussianDropout(rate=0.3)', { class_name: 'GaussianDropout', rate: 0.3 }],
  ['ReLU(6)', relu(6, 0, 0)],
  ['ReLU(6.0, 0.1)', relu(6, 0.1, 0)],
  ['ReLU(threshold=0.5, max_value=None)', relu(null, 0, 0.5)],
])('%s', (code, layer) => {
  test('is read', async () => {
    expect(await read(code)).toEqual([layer]);
  });
  test('is written and read again', async () => {
    const { layers } = await readKeras(
      `import keras\nfrom keras.layers import *\nmodel = keras.Sequential([keras.Input(shape=(28, 28, 1)), ${code.replaceAll('Leaky(', 'LeakyReLU(').replaceAll('layers.L', 'L')}, Flatten(), Dense(10)])`,
    );
    const model = sequential({ layers });
    const again = await readKeras(await model.toKeras());
    expect(sequential({ layers: again.layers }).config()).toEqual(model.config());
  });
});

test('a layer as the activation of another stands behind it', async () => {
  const [conv, behind] = await read('Conv2D(4, 3, activation=layers.LeakyReLU(0.2))');
  expect(conv).toMatchObject({ class_name: 'Conv2D', activation: 'linear' });
  expect(behind).toEqual(leaky(0.2));
  expect(await read('Conv2D(4, 3, activation=layers.ReLU())')).toMatchObject([
    { class_name: 'Conv2D', activation: 'relu' },
  ]);
});

test('axis 1 is the channels of rows of numbers, and of pictures whose channels come first', async () => {
  const rows = await read('Flatten(), BatchNormalization(axis=1)');
  expect(rows[1]).toMatchObject({ class_name: 'BatchNormalization' });
  const { layers } = await readKeras(`import keras
from keras.layers import *
model = keras.Sequential([Conv2D(4, 3, input_shape=(1, 28, 28), data_format='channels_first'), BatchNormalization(axis=1), Flatten(), Dense(10)])
`);
  expect(sequential({ layers }).layersInfo[1]!.outputShape).toEqual([26, 26, 4]);
});

test('a Reshape that is first says what comes in', async () => {
  const { layers } = await readKeras(`import keras
from keras.layers import *
model = keras.Sequential()
model.add(Reshape((28, 28, 1), input_shape=(784,)))
model.add(GlobalMaxPool2D(keepdims=True))
model.add(GlobalMaxPooling2D())
model.add(Dense(10))
`);
  const shapes = sequential({ layers }).layersInfo.map(({ outputShape }) => outputShape);
  expect(shapes).toEqual([[28, 28, 1], [1, 1, 1], [1], [10]]);
});
