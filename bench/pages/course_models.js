// Ten models that courses and first tutorials train on MNIST: the lecture's simple CNN, keras.io's convnet, TensorFlow's
// quickstart, those of keras/examples, LeNet-5, Chollet's book, and one much copied on Kaggle. Batches of 128.

const layer = (className, config = {}) => ({ className, config });
const conv = (filters, kernelSize = 3, more = {}) =>
  layer('Conv2D', { filters, kernelSize, activation: 'relu', ...more });
const dense = (units, activation = 'relu') => layer('Dense', { units, activation });
const dropout = (rate) => layer('Dropout', { rate });
const same = { padding: 'same' };
const pool = layer('MaxPooling2D', { poolSize: 2 });
const average = layer('AveragePooling2D', { poolSize: 2 });
const normalization = layer('BatchNormalization');
const flatten = layer('Flatten');
const classes = dense(10, 'softmax');
const stage = (filters) => [
  ...[conv(filters), normalization, conv(filters), normalization],
  ...[conv(filters, 5, { ...same, strides: 2 }), normalization, dropout(0.4)],
];

/** Name → so many images that an epoch takes some tenths of a second, and the layers. */
const models = {
  simple: [12_800, [conv(8), pool, flatten, dense(16), classes]],
  convnet: [2_560, [conv(32), pool, conv(64), pool, flatten, dropout(0.5), classes]],
  quickstart: [12_800, [flatten, dense(128), dropout(0.2), classes]],
  mlp: [3_840, [flatten, dense(512), dropout(0.2), dense(512), dropout(0.2), classes]],
  lenet5: [
    3_840,
    [
      ...[conv(6, 5, { ...same, activation: 'tanh' }), average],
      ...[conv(16, 5, { activation: 'tanh' }), average],
      ...[flatten, dense(120, 'tanh'), dense(84, 'tanh'), classes],
    ],
  ],
  mnist_cnn: [
    512,
    [conv(32), conv(64), pool, dropout(0.25), flatten, dense(128), dropout(0.5), classes],
  ],
  three_conv: [2_560, [conv(32), pool, conv(64), pool, conv(64), flatten, dense(64), classes]],
  vgg: [
    384,
    [
      ...[conv(32, 3, same), conv(32, 3, same), pool],
      ...[conv(64, 3, same), conv(64, 3, same), pool],
      ...[flatten, dense(256), classes],
    ],
  ],
  gap: [
    2_560,
    [conv(16), pool, conv(32), pool, conv(64), layer('GlobalAveragePooling2D'), classes],
  ],
  kaggle_bn: [
    256,
    [...stage(32), ...stage(64), flatten, dense(128), normalization, dropout(0.4), classes],
  ],
};

export const courseModels = Object.fromEntries(
  Object.entries(models).map(([name, [images, [first, ...rest]]]) => {
    const opened = { ...first, config: { ...first.config, inputShape: [28, 28, 1] } };
    return [name, { batchSize: 128, images, layers: [opened, ...rest] }];
  }),
);
