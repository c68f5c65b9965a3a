// Where scripts get their pictures from, and how they choose among them.
import { describe, expect, test } from 'vitest';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const model = (fit: string, shape = '784,') => `
import keras, numpy as np
model = keras.Sequential([keras.Input((${shape})), keras.layers.Flatten(), keras.layers.Dense(10, 'softmax')])
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
${fit}`;

const blocking = (source: string) => readKeras(source).unread.filter((note) => note.blocking);

describe('pictures are known wherever they come from', () => {
  const sources: [what: string, code: string, shape: string, facts: object][] = [
    [
      'NumPy’s archive',
      "with np.load('in/mnist.npz') as f:\n  x, y = f['x_train'], f['y_train']\nx = x / 255",
      '28, 28',
      { trainCount: 60000, shape: [28, 28] },
    ],
    [
      'Kaggle’s table, by name',
      "import pandas as pd\nt = pd.read_csv('../input/train.csv')\ny = t['label']\nx = t.drop('label', axis=1).values / 255.",
      '784,',
      { trainCount: 42000, shape: [784] },
    ],
    [
      'Kaggle’s table, by place',
      "import pandas as pd\nt = pd.read_csv('train.csv')\ny = t.iloc[:, 0].values.astype('int32')\nx = (t.iloc[:, 1:].values).astype('float32') / 255",
      '784,',
      { trainCount: 42000 },
    ],
    [
      'a table without a header',
      "a = np.loadtxt('mnist_train.csv', delimiter=',')\nx, y = a[:, 1:] / 255, a[:, 0]",
      '784,',
      { trainCount: 60000 },
    ],
    [
      'scikit-learn',
      "from sklearn.datasets import fetch_openml\nm = fetch_openml('mnist_784', as_frame=False)\nx, y = m['data'][:60000] / 255, m.target[:60000].astype(int)",
      '784,',
      { trainCount: 60000 },
    ],
    [
      'TensorFlow’s first tutorials',
      "from tensorflow.examples.tutorials.mnist import input_data\nm = input_data.read_data_sets('data')\nx, y = m.train.images, m.train.labels",
      '784,',
      { scale: 1 / 255, shape: [784] },
    ],
    [
      'another package’s letters',
      "from emnist import extract_training_samples\nx, y = extract_training_samples('letters')\nx = x / 255",
      '28, 28',
      { source: 'emnist/letters', trainCount: 124_800 },
    ],
  ];
  for (const [what, code, shape, facts] of sources) {
    test(what, () => {
      const read = readKeras(model(`${code}\nmodel.fit(x, y)`, shape));
      expect(read.unread.filter((note) => note.blocking)).toEqual([]);
      expect(read.data).toMatchObject({ scale: expect.closeTo(1 / 255, 12), ...facts });
    });
  }

  test('data sets of TensorFlow: by their parts, and mapped one picture at a time', () => {
    const read = readKeras(
      model(
        `import tensorflow as tf, tensorflow_datasets as tfds
train, test = tfds.load('mnist', split=['train[:90%]', 'test'])
def one(d):
  return tf.reshape(tf.cast(d['image'], tf.float32) / 255, [784]), d['label']
train = train.map(one).batch(50)
model.fit(train, epochs=2)`,
      ),
    );
    expect(read.unread).toEqual([]);
    expect(read.data).toMatchObject({ trainCount: 54000, shape: [784] });
    expect(read.fit!.batchSize).toBe(50);
  });

  test('raw files of images and labels, put together', () => {
    const read = readKeras(
      model(
        `import tensorflow as tf
def image(s):
  return tf.reshape(tf.cast(tf.io.decode_raw(s, tf.uint8), tf.float32) / 256.0, [28 * 28])
def label(s):
  return tf.reshape(tf.io.decode_raw(s, tf.uint8), [])
x = tf.data.FixedLengthRecordDataset('t/train-images-idx3-ubyte', 784, header_bytes=16).map(image)
y = tf.data.FixedLengthRecordDataset('t/train-labels-idx1-ubyte', 1, header_bytes=8).map(label)
model.fit(tf.data.Dataset.zip((x, y)).repeat().batch(100), steps_per_epoch=600)`,
      ),
    );
    expect(read.unread).toEqual([]);
    expect(read.data).toMatchObject({ shape: [784], scale: 1 / 256 });
  });
});

const KERAS = '(x, y), (xt, yt) = keras.datasets.mnist.load_data()\nx = x.reshape(-1, 784) / 255\n';

describe('pictures are chosen', () => {
  const fits: [what: string, code: string, share: number][] = [
    [
      'by a permutation, cut in two',
      'p = np.random.permutation(len(x))\na, b = p[:48000], p[48000:]\nmodel.fit(x[a], y[a], validation_data=(x[b], y[b]))',
      0.2,
    ],
    [
      'by folds',
      'from sklearn.model_selection import KFold\nfor a, b in KFold(5).split(x):\n  model.fit(x[a], y[a], validation_data=(x[b], y[b]))\n  break',
      0.2,
    ],
    [
      'shuffled together',
      'from sklearn.utils import shuffle\nx, y = shuffle(x, y)\nmodel.fit(x, y, validation_split=0.1)',
      0.1,
    ],
  ];
  for (const [what, code, share] of fits) {
    test(what, () => {
      const read = readKeras(model(KERAS + code));
      expect(read.unread.filter((note) => note.blocking)).toEqual([]);
      expect(read.fit!.validationSplit).toBeCloseTo(share, 9);
    });
  }

  test('what is done to pictures without their labels stops it', () => {
    expect(blocking(model(`${KERAS}np.random.shuffle(x)\nmodel.fit(x, y)`))).not.toEqual([]);
    expect(blocking(model(`${KERAS}model.fit(x[0], y[0])`))).not.toEqual([]);
  });
});

test('zeros around the pictures are read, and the same on both sides only', () => {
  const padded = (sides: string) =>
    readKeras(
      model(
        `(x, y), _ = keras.datasets.mnist.load_data()\nx = np.pad(x, ${sides}) / 255\nmodel.fit(x, y)`,
        '32, 32',
      ),
    );
  expect(padded('((0, 0), (2, 2), (2, 2))').data).toMatchObject({ shape: [32, 32], pad: [2, 2] });
  expect(padded('((0, 0), (1, 3), (2, 2))').unread.some((note) => note.blocking)).toBe(true);
});

describe('standardisation is one scale and one offset', () => {
  const [mean, deviation] = [33.318421449829934, 78.56748998339798];
  const ways = [
    'x = (x - x.mean().astype(np.float32)) / x.std()\nmodel.fit(x, y)',
    'x = (x - np.mean(x)) / np.std(x)\nmodel.fit(x, y)',
    'm, s = x.mean(axis=(0, 1, 2)), x.std(axis=(0, 1, 2))\nx -= m\nx /= s\nmodel.fit(x, y)',
  ];
  const near = (scale: number, offset: number) => {
    expect(scale).toBeCloseTo(1 / deviation, 12);
    expect(offset).toBeCloseTo(-mean / deviation, 9);
  };
  for (const way of ways) {
    test(way.split('\n')[0]!, () => {
      const source = model(`(x, y), _ = keras.datasets.mnist.load_data()\n${way}`, '28, 28');
      const { data } = readKeras(source);
      near(data!.scale, data!.offset);
    });
  }
  const LAYERS = [
    'n = keras.layers.Normalization(axis=None)\nn.adapt(x)',
    `n = keras.layers.Normalization(mean=${mean}, variance=${deviation ** 2})`,
    'mean, std = x.mean(), x.std()\nn = keras.layers.Lambda(lambda p: (p - mean) / std)',
  ];
  for (const layer of LAYERS) {
    test(layer.split('\n').at(-1)!, () => {
      const read = readKeras(`import keras
(x, y), _ = keras.datasets.mnist.load_data()
${layer}
model = keras.Sequential([keras.Input((28, 28)), n, keras.layers.Flatten(), keras.layers.Dense(10)])`);
      expect(read.unread).toEqual([]);
      const [first] = read.layers;
      expect(first!.className).toBe('Rescaling');
      const { scale, offset } = first!.config as { scale: number; offset: number };
      near(scale, offset);
    });
  }
  test('a mean of each pixel stops it', () => {
    const source = model(
      '(x, y), _ = keras.datasets.mnist.load_data()\nx = x - x.mean(axis=0)\nmodel.fit(x, y)',
      '28, 28',
    );
    expect(blocking(source)).not.toEqual([]);
  });
});
