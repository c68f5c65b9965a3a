// Scripts as people write them, each read to the same model.
import { describe, expect, test } from 'vitest';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const DATA = `
from keras.datasets import mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(x_train.shape[0], 28, 28, 1).astype('float32') / 255.
x_test = x_test.reshape(-1, 28, 28, 1) / 255.0
y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)
`;
const TRAIN = `
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
history = model.fit(x_train, y_train, batch_size=128, epochs=15, validation_split=0.1)
print(model.evaluate(x_test, y_test))
`;

const STYLES: Record<string, string> = {
  list: `import keras
from keras import layers
${DATA}
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
model.summary()
${TRAIN}`,
  add: `import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense as D, Conv2D, MaxPool2D, Flatten, Dropout
${DATA}
num_classes = 10
model = Sequential()
model.add(Conv2D(32, (3, 3), activation=tf.nn.relu, input_shape=x_train.shape[1:]))
model.add(MaxPool2D(2, 2))
model.add(Flatten())
model.add(Dropout(rate=.5))
model.add(D(num_classes, activation=keras.activations.softmax))
${TRAIN}`,
  functional: `import tensorflow.keras as K
import tensorflow.keras as keras
${DATA}
inputs = K.Input((28, 28, 1))
x = K.layers.Conv2D(filters=32, kernel_size=3, activation='relu')(inputs)
x = K.layers.MaxPooling2D()(x)
x = K.layers.Dropout(0.5)(K.layers.Flatten()(x))
outputs = K.layers.Dense(10, activation='softmax')(x)
model = K.Model(inputs=inputs, outputs=outputs, name="mnist")
${TRAIN}`,
  subclass: `import tensorflow as tf
import keras
${DATA}
class Net(tf.keras.Model):
    def __init__(self, classes=10):
        super(Net, self).__init__()
        self.conv = tf.keras.layers.Conv2D(32, 3, activation='relu')
        self.pool = tf.keras.layers.MaxPooling2D()
        self.flat = tf.keras.layers.Flatten()
        self.drop = tf.keras.layers.Dropout(0.5)
        self.out = tf.keras.layers.Dense(classes, activation='softmax')
    def call(self, x, training=False):
        x = self.pool(self.conv(x))
        x = self.drop(self.flat(x), training=training)
        return self.out(x)
model = Net()
${TRAIN}`,
  old: `from __future__ import print_function
import keras
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Flatten
from keras.layers.convolutional import Convolution2D, MaxPooling2D
from keras import backend as K
${DATA}
img_rows, img_cols = 28, 28
if K.image_dim_ordering() == 'th':
    input_shape = (1, img_rows, img_cols)
else:
    input_shape = (img_rows, img_cols, 1)
model = Sequential()
model.add(Convolution2D(32, 3, 3, border_mode='valid', activation='relu', input_shape=input_shape))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dropout(0.5))
model.add(Dense(output_dim=10, activation='softmax'))
model.compile(loss=keras.losses.categorical_crossentropy, optimizer=keras.optimizers.Adam(lr=1e-3), metrics=['acc'])
model.fit(x_train, y_train, batch_size=128, nb_epoch=15, verbose=1, validation_split=0.1)
print 'score', 3
`,
  built: `import keras
from keras import *
from keras.layers import *
${DATA}
def build(filters=[32], rate=1 / 2):
    m = Sequential(name=f"cnn_{len(filters)}")
    for i, f in enumerate(filters):
        if i == 0:
            m.add(Input(shape=(28, 28, 1)))
        m.add(Conv2D(f, 3, activation='relu'))
        m.add(MaxPooling2D())
    for layer in [Flatten(), Dropout(rate)]:
        m.add(layer)
    m.add(Dense(10, activation='softmax'))
    return m
if __name__ == '__main__':
    model = build()
    ${TRAIN.trim().replaceAll('\n', '\n    ')}
`,
};

describe('six styles of one model', () => {
  const layers = [
    { className: 'Conv2D', config: { filters: 32, activation: 'relu', inputShape: [28, 28, 1] } },
    { className: 'MaxPooling2D' },
    { className: 'Flatten' },
    { className: 'Dropout', config: { rate: 0.5 } },
    { className: 'Dense', config: { units: 10, activation: 'softmax' } },
  ];
  for (const [style, code] of Object.entries(STYLES)) {
    test(`${style}: the same layers, compile, fit and data, and nothing unread`, () => {
      const read = readKeras(code);
      expect(read.unread).toEqual([]);
      expect(read.layers).toMatchObject(layers);
      expect([read.layers[0]!.config].flat()).toMatchObject([{ filters: 32 }]);
      expect(read.compile).toMatchObject({
        optimizer: { name: 'adam' },
        loss: 'categorical_crossentropy',
        metrics: ['accuracy'],
      });
      expect(read.fit).toMatchObject({ batchSize: 128, epochs: 15, validationSplit: 0.1 });
      expect(read.data).toMatchObject({ source: 'mnist', trainCount: 60_000, labels: 'one-hot' });
      expect(read.data!.scale).toBeCloseTo(1 / 255, 12);
      expect(read.hints).toEqual([]);
    });
  }
});
