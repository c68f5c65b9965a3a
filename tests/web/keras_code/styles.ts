// Writes one model as scripts in six styles, from its facts: layers in Keras's words, compile and fit.
export interface Facts {
  readonly input: readonly number[];
  readonly layers: readonly { class_name: string; config: Readonly<Record<string, unknown>> }[];
  readonly optimizer: { name: string } & Readonly<Record<string, unknown>>;
  readonly loss: string;
  readonly batchSize: number | null;
  readonly epochs: number;
  readonly split: number;
  readonly oneHot: boolean;
}

const OLD: Readonly<Record<string, string>> = {
  filters: 'nb_filter',
  padding: 'border_mode',
  strides: 'subsample',
  units: 'output_dim',
  kernel_initializer: 'init',
  use_bias: 'bias',
};

function python(value: unknown): string {
  if (Array.isArray(value))
    return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : typeof value === 'string' ? `'${value}'` : String(value);
}

function call(prefix: string, layer: Facts['layers'][number], more = ''): string {
  const words = Object.entries(layer.config).map(([key, value]) => `${key}=${python(value)}`);
  return `${prefix}${layer.class_name}(${[...words, more].filter(Boolean).join(', ')})`;
}

function oldCall(layer: Facts['layers'][number], more: string): string {
  const { class_name, config } = layer;
  const places: string[] = [];
  const words: string[] = [];
  for (const [key, value] of Object.entries(config)) {
    if (class_name === 'Conv2D' && key === 'filters') places[0] = python(value);
    else if (class_name === 'Conv2D' && key === 'kernel_size') {
      const [h, w] = Array.isArray(value) ? value : [value, value];
      places.push(`${h}, ${w}`);
    } else if (class_name.includes('Pooling') && key === 'strides')
      words.push(`strides=${python(value)}`);
    else if (class_name === 'Dropout') words.push(`p=${python(value)}`);
    else words.push(`${OLD[key] ?? key}=${python(value)}`);
  }
  const name = class_name === 'Conv2D' ? 'Convolution2D' : class_name;
  return `${name}(${[...places, ...words, more].filter(Boolean).join(', ')})`;
}

const data = ({ input, oneHot }: Facts) => `
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape((x_train.shape[0],) + ${python(input)}).astype('float32')
x_test = x_test.reshape((len(x_test),) + ${python(input)}).astype("float32")
x_train /= 255
x_test /= 255.
${oneHot ? 'y_train = to_categorical(y_train, 10)\ny_test = to_categorical(y_test, num_classes=10)' : ''}
`;

function compile(facts: Facts, optimizers: string, capital = true): string {
  const { name, ...settings } = facts.optimizer;
  const classes: Record<string, string> = { adam: 'Adam', sgd: 'SGD', rmsprop: 'RMSprop' };
  const words = Object.entries(settings).map(([key, value]) => `${key}=${python(value)}`);
  const optimizer = words.length
    ? `${optimizers}.${classes[name] ?? name}(${words.join(', ')})`
    : `'${capital ? (classes[name] ?? name) : name}'`;
  const loss = facts.loss.includes('(') ? `keras.losses.${facts.loss}` : `'${facts.loss}'`;
  return `model.compile(loss=${loss}, optimizer=${optimizer}, metrics=['accuracy'])`;
}

function fitting({ batchSize, epochs, split }: Facts, word = 'epochs'): string {
  const words = [`${word}=${epochs}`];
  if (batchSize !== null) words.unshift(`batch_size=${batchSize}`);
  if (split > 0) words.push(`validation_split=${split}`);
  return `history = model.fit(x_train, y_train, ${words.join(', ')}, verbose=2)
score = model.evaluate(x_test, y_test, verbose=0)
print('accuracy', score[1])
import matplotlib.pyplot as plt
plt.plot(history.history['accuracy'])
plt.show()`;
}

const HEAD = `import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.datasets import mnist
from tensorflow.keras.utils import to_categorical
`;

export const STYLES: Readonly<Record<string, (facts: Facts) => string>> = {
  list: (f) => `${HEAD}${data(f)}
model = keras.Sequential([
  keras.Input(shape=${python(f.input)}),
${f.layers.map((l) => `  ${call('layers.', l)},  # ${l.class_name}\n`).join('')}])
${compile(f, 'keras.optimizers')}
${fitting(f)}`,
  add: (f) => `import keras
from keras.models import Sequential
from keras.layers import *
from keras.datasets import mnist
from keras.utils import to_categorical
from keras import optimizers as O
${data(f)}
model = Sequential()
${f.layers.map((l, i) => `model.add(${call('', l, i === 0 ? `input_shape=${python(f.input)}` : '')})\n`).join('')}
model.summary()
${compile(f, 'O')}
${fitting(f)}`,
  functional: (f) => `${HEAD}${data(f)}
def network(shape, act=None):
    """A network."""
    inputs = tf.keras.layers.Input(shape)
    x = inputs
${f.layers.map((l) => `    x = ${call('tf.keras.layers.', l)}(x)\n`).join('')}
    return tf.keras.models.Model(inputs, x)
model = network(${python(f.input)})
${compile(f, 'tf.keras.optimizers', false)}
${fitting(f)}`,
  subclass: (f) => `${HEAD}${data(f)}
class Net(keras.Model):
    def __init__(self):
        super().__init__()
${f.layers.map((l, i) => `        self.layer${i} = ${call('layers.', l)}\n`).join('')}
    def call(self, inputs, training=None):
        x = inputs
${f.layers.map((_, i) => `        x = self.layer${i}(x)\n`).join('')}
        return x

model = Net()
model.build((None, ${f.input.join(', ')}))
${compile(f, 'keras.optimizers.legacy')}
${fitting(f)}`,
  old: (f) => `from __future__ import print_function
import keras
from keras.models import Sequential
from keras.layers import Dense, Dropout, Activation, Flatten, Convolution2D, MaxPooling2D
from keras.layers import *
from keras.utils.np_utils import to_categorical
from keras.datasets import mnist
nb_epoch = ${f.epochs}
${data(f)}
model = Sequential()
${f.layers.map((l, i) => `model.add(${oldCall(l, i === 0 ? `input_shape=${python(f.input)}` : '')})\n`).join('')}
${compile(f, 'keras.optimizers').replace('learning_rate=', 'lr=')}
${fitting(f, 'nb_epoch')}`,
  notebook: (f) =>
    JSON.stringify({
      nbformat: 4,
      cells: [
        { cell_type: 'markdown', source: ['# A network'] },
        { cell_type: 'code', source: ['%matplotlib inline\n', '!pip install keras\n', HEAD] },
        { cell_type: 'code', source: data(f) },
        {
          cell_type: 'code',
          source: `
stack = []
for make in [
${f.layers.map((l) => `  lambda: ${call('layers.', l)},\n`).join('')}]:
    stack.append(make())
model = keras.models.Sequential(layers=[keras.layers.InputLayer(shape=${python(f.input)})] + stack)
${compile(f, 'keras.optimizers')}`,
        },
        { cell_type: 'code', source: [fitting(f)] },
      ],
    }),
};
