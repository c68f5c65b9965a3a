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
