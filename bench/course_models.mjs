// Ten models that courses and first tutorials train on MNIST, in Keras's own JSON, which both sides build: as in the
// lecture, keras.io and keras/examples, TensorFlow's quickstart, Chollet's book, and a kernel much copied on Kaggle.

const conv = (filters, size = 3, more = {}) => [
  'Conv2D',
  { filters, kernel_size: [size, size], activation: 'relu', ...more },
];
const same = { padding: 'same' };
const pool = ['MaxPooling2D', { pool_size: [2, 2] }];
const average = ['AveragePooling2D', { pool_size: [2, 2] }];
const flatten = ['Flatten', {}];
const normalization = ['BatchNormalization', {}];
const dropout = (rate) => ['Dropout', { rate }];
const dense = (units, activation = 'relu') => ['Dense', { units, activation }];
const classes = dense(10, 'softmax');
const stage = (filters) => [
  ...[conv(filters), normalization, conv(filters), normalization],
  ...[conv(filters, 5, { ...same, strides: [2, 2] }), normalization, dropout(0.4)],
];

/** By name: the layers, and so many images that an epoch takes some tenths of a second. */
const models = {
  simple: { images: 12_000, layers: [conv(8), pool, flatten, dense(16), classes] },
  convnet: {
    images: 2_560,
    layers: [conv(32), pool, conv(64), pool, flatten, dropout(0.5), classes],
  },
  quickstart: { images: 12_800, layers: [flatten, dense(128), dropout(0.2), classes] },
  mlp: {
    images: 5_120,
    layers: [flatten, dense(512), dropout(0.2), dense(512), dropout(0.2), classes],
  },
  lenet5: {
    images: 3_840,
    layers: [
      ...[conv(6, 5, { ...same, activation: 'tanh' }), average],
      ...[conv(16, 5, { activation: 'tanh' }), average],
      ...[flatten, dense(120, 'tanh'), dense(84, 'tanh'), classes],
    ],
  },
  mnist_cnn: {
    images: 512,
    layers: [
      ...[conv(32), conv(64), pool, dropout(0.25)],
      ...[flatten, dense(128), dropout(0.5), classes],
    ],
  },
  three_conv: {
    images: 2_560,
    layers: [conv(32), pool, conv(64), pool, conv(64), flatten, dense(64), classes],
  },
  vgg: {
    images: 384,
    layers: [
      ...[conv(32, 3, same), conv(32, 3, same), pool],
      ...[conv(64, 3, same), conv(64, 3, same), pool],
      ...[flatten, dense(256), classes],
    ],
  },
  gap: {
    images: 2_560,
    layers: [conv(16), pool, conv(32), pool, conv(64), ['GlobalAveragePooling2D', {}], classes],
  },
  kaggle_bn: {
    images: 256,
    layers: [
      ...[...stage(32), ...stage(64)],
      ...[flatten, dense(128), normalization, dropout(0.4), classes],
    ],
  },
};

/** What Keras writes beside the settings above. */
const weights = { use_bias: true, kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros' };
const window = { strides: [2, 2], padding: 'valid' };
const usual = {
  Conv2D: { strides: [1, 1], padding: 'valid', dilation_rate: [1, 1], groups: 1, ...weights },
  Dense: weights,
  MaxPooling2D: window,
  AveragePooling2D: window,
  GlobalAveragePooling2D: { keepdims: false },
  BatchNormalization: {
    momentum: 0.99,
    epsilon: 0.001,
    center: true,
    scale: true,
    beta_initializer: 'zeros',
    gamma_initializer: 'ones',
    moving_mean_initializer: 'zeros',
    moving_variance_initializer: 'ones',
  },
};

function sequential(layers) {
  const input = ['InputLayer', { batch_shape: [null, 28, 28, 1] }];
  const list = [input, ...layers].map(([class_name, config], i) => ({
    class_name,
    config: { name: `${class_name.toLowerCase()}_${i}`, ...usual[class_name], ...config },
  }));
  return { class_name: 'Sequential', config: { name: 'course', layers: list } };
}

/** Name → { images, config }: a Sequential as keras.Sequential.from_config and Ziffer read it. */
export const courseModels = Object.fromEntries(
  Object.entries(models).map(([name, { images, layers }]) => [
    name,
    { images, config: sequential(layers) },
  ]),
);
