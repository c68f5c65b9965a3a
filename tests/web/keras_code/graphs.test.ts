// Models whose layers are no chain, in Keras code: read from every way of writing them, and written so that they are read back.
import { describe, expect, test } from 'vitest';
import { layers, readKeras, sequential } from '../../../web/api/index.ts';
import { linkOf, readLayers } from '../../../web/elements/plan/link.ts';

const script = (body: string) => `import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.layers import *
from tensorflow.keras.models import Model
(x, y), _ = keras.datasets.mnist.load_data()
x = x.reshape(-1, 28, 28, 1) / 255.0
inputs = keras.Input((28, 28, 1))
${body}
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x, y)
`;
const STEM = `a = layers.Conv2D(4, 3, padding='same')(inputs)
b = layers.Conv2D(4, 3, padding='same', activation='relu')(a)
`;
const END = `
out = layers.Dense(10, activation='softmax')(layers.Flatten()(c))
model = keras.Model(inputs, out)`;

describe('a residual block is read', () => {
  for (const [how, join] of Object.entries({
    'from a layer': 'layers.Add()([a, b])',
    'from a function': 'layers.add([a, b])',
    'from an operator': 'a + b',
    'from TensorFlow': 'tf.add(a, b)',
    'from an operator in place': 'a\nc += b',
    'from Keras 1': "merge([a, b], mode='sum')",
  })) {
    test(how, async () => {
      const read = await readKeras(script(`${STEM}c = ${join}${END}`));
      expect(read.unread.filter(({ blocking }) => blocking)).toEqual([]);
      const { layersInfo, isChain } = sequential({ layers: read.layers });
      expect(isChain).toBe(false);
      expect(layersInfo.map(({ className, inbound }) => [className, ...inbound])).toEqual([
        ['Conv2D', 'input_layer'],
        ['Conv2D', 'conv2d'],
        ['Add', 'conv2d', 'conv2d_1'],
        ['Flatten', 'add'],
        ['Dense', 'flatten'],
      ]);
    });
  }
});

test('functions that make blocks, in a loop, with a shortcut of another size', async () => {
  const read = await readKeras(
    script(`def block(x, filters, stride):
    short = x
    y = Conv2D(filters, 3, strides=stride, padding='same')(x)
    y = BatchNormalization()(y)
    y = Activation('relu')(y)
    if stride > 1:
        short = Conv2D(filters, 1, strides=stride)(short)
    return Activation('relu')(Add()([short, y]))

x1 = inputs
for filters, stride in [(4, 1), (8, 2)]:
    x1 = block(x1, filters, stride)
x1 = Concatenate()([GlobalAveragePooling2D()(x1), GlobalMaxPooling2D()(x1)])
model = Model(inputs=inputs, outputs=Dense(10, activation='softmax')(x1))`),
  );
  expect(read.unread.filter(({ blocking }) => blocking)).toEqual([]);
  const model = sequential({ layers: read.layers });
  expect(model.layersInfo.at(-2)).toMatchObject({ className: 'Concatenate', outputShape: [16] });
  // The first shortcut is the input itself.
  const first = model.layersInfo.find(({ className }) => className === 'Add')!;
  expect(first.inbound).toEqual(['input_layer', 'activation']);
  expect(model.layersInfo.filter(({ className }) => className === 'Add')).toHaveLength(2);
});

test('what shares weights, or has two inputs, blocks', async () => {
  for (const body of [
    `d = layers.Dense(4)\nc = layers.Add()([d(inputs), d(inputs + inputs)])${END}`,
    `${STEM}c = a\nmodel = keras.Model([inputs, keras.Input((3,))], c)`,
  ]) {
    const { unread } = await readKeras(script(body));
    expect(unread.some(({ blocking }) => blocking)).toBe(true);
  }
});

const graph = () => [
  layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [28, 28, 1] }),
  layers.conv2d({ filters: 4, kernelSize: 3, inbound: ['input_layer'], name: 'if' }),
  layers.dropout({ rate: 0.25 }),
  layers.concatenate({ inbound: ['conv2d', 'dropout'], axis: 1, name: 'both of them' }),
  layers.globalMaxPooling2d(),
  layers.globalAveragePooling2d({ inbound: ['both of them'] }),
  layers.maximum({ inbound: ['global_max_pooling2d', 'global_average_pooling2d'] }),
  layers.dense({ units: 10, activation: 'softmax' }),
];

test('its code is read back to the same model', async () => {
  const model = sequential({ layers: graph() });
  const code = await model.toKeras();
  const { layers: again, unread } = await readKeras(code);
  expect(unread).toEqual([]);
  const { config } = sequential({ layers: again }).config();
  expect(config.layers).toEqual(model.config().config.layers);
});

test('a link says what its layers take', () => {
  const text = linkOf({ modelName: 'custom', layers: graph(), settings: {} } as never);
  expect(text).toContain('Concatenate:axis=1,inbound=1x3');
  const link = decodeURIComponent(/layers=([^&]*)/.exec(text)![1]!);
  const read = readLayers(link) as { value: ReturnType<typeof graph> };
  const shapes = (list: ReturnType<typeof graph>) =>
    sequential({ layers: list }).layersInfo.map(({ className, outputShape }) => [
      className,
      outputShape,
    ]);
  expect(shapes(read.value)).toEqual(shapes(graph()));
  expect(readLayers('Flatten;Add:inbound=0x2')).toHaveProperty('expected');
});
