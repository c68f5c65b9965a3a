// "This model in Keras": the Python program that does what the lab does with the same words.
import type { LayerSpec, Pair } from '../../api/index.ts';
import { inputOf } from './layer_list.ts';
import { DETAILS_OF, OPTIMIZER_DETAILS, type Settings } from './settings.ts';

export function kerasCode(layers: readonly LayerSpec[], settings: Settings): string {
  const s = settings;
  const monitor = s.validationSplit > 0 ? 'val_loss' : 'loss';
  const callbacks: string[] = [];
  if (s.patience !== null) {
    callbacks.push(`keras.callbacks.EarlyStopping(monitor="${monitor}", patience=${s.patience})`);
  }
  if (s.checkpoint) {
    callbacks.push(
      `keras.callbacks.ModelCheckpoint("best.keras", monitor="${monitor}", save_best_only=True)`,
    );
  }
  const limit =
    s.trainCount < 60_000
      ? `x_train, y_train = x_train[:${s.trainCount}], y_train[:${s.trainCount}]\n`
      : '';
  const fit = [
    `batch_size=${s.batchSize}`,
    `epochs=${s.epochs}`,
    ...(s.validationSplit > 0 ? [`validation_split=${s.validationSplit}`] : []),
    ...(callbacks.length ? ['callbacks=callbacks'] : []),
  ];
  const shape = inputOf(layers).join(', ');
  return `import os

import keras
from keras import layers

keras.utils.set_random_seed(${s.seed})
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, ${shape}).astype("float32") / 255
x_test = x_test.reshape(-1, ${shape}).astype("float32") / 255
${limit}y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)

model = keras.Sequential([
    keras.Input(shape=(${shape.includes(',') ? shape : `${shape},`})),
${layers.map((l) => `    ${layerCode(l)},\n`).join('')}])
model.summary()
model.compile(
    optimizer=keras.optimizers.${OPTIMIZER_CLASS[s.optimizer]}(${optimizerCode(s)}),
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)
${callbacks.length ? `callbacks = [\n${callbacks.map((c) => `    ${c},\n`).join('')}]\n` : ''}if os.path.exists("model.keras"):  # saved by the page: go on from there
    model = keras.models.load_model("model.keras")
history = model.fit(x_train, y_train, ${fit.join(', ')})
${s.checkpoint ? 'model = keras.models.load_model("best.keras")\n' : ''}print(model.evaluate(x_test, y_test))
print(model.predict(x_test[:10]).argmax(axis=1))
`;
}

/** The learning rate, and what differs from Keras's own. */
function optimizerCode(s: Settings): string {
  const words = [`learning_rate=${s.learningRate}`];
  const all = { ...OPTIMIZER_DETAILS, ...s };
  for (const name of DETAILS_OF[s.optimizer]) {
    if (all[name] === OPTIMIZER_DETAILS[name as keyof typeof OPTIMIZER_DETAILS]) continue;
    words.push(`${name.replace('beta', 'beta_')}=${all[name]}`);
  }
  if (s.optimizer === 'sgd' && s.nesterov) words.push('nesterov=True');
  return words.join(', ');
}

const OPTIMIZER_CLASS = { adam: 'Adam', sgd: 'SGD', rmsprop: 'RMSprop' } as const;

function layerCode(spec: LayerSpec): string {
  switch (spec.className) {
    case 'Conv2D': {
      const { filters, kernelSize, strides, padding, activation } = spec.config;
      const words = { strides, padding, activation, ...weighted(spec.config) };
      return call('Conv2D', [String(filters), pair(kernelSize)], words);
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const { poolSize = 2, strides, padding } = spec.config;
      return call(spec.className, [pair(poolSize)], { strides, padding });
    }
    case 'Dense':
      return call('Dense', [String(spec.config.units)], {
        activation: spec.config.activation,
        ...weighted(spec.config),
      });
    case 'Dropout':
      return call('Dropout', [String(spec.config.rate)], {});
    case 'Activation':
      return call('Activation', [JSON.stringify(spec.config.activation)], {});
    case 'Rescaling': {
      const { scale, offset } = spec.config;
      return call('Rescaling', [String(scale), ...(offset ? [String(offset)] : [])], {});
    }
    case 'BatchNormalization': {
      const { momentum, epsilon, center = true, scale = true, ...start } = spec.config;
      return call('BatchNormalization', [], {
        momentum: unless(0.99, momentum),
        epsilon: unless(0.001, epsilon),
        center: center ? undefined : false,
        scale: scale ? undefined : false,
        beta_initializer: unless('zeros', start.betaInitializer),
        gamma_initializer: unless('ones', start.gammaInitializer),
        moving_mean_initializer: unless('zeros', start.movingMeanInitializer),
        moving_variance_initializer: unless('ones', start.movingVarianceInitializer),
        trainable: false,
      });
    }
    case 'Flatten':
    case 'ReLU':
    case 'Softmax':
      return `layers.${spec.className}()`;
    default:
      return spec satisfies never;
  }
}

/** What layers with weights have in common; Keras's defaults are left out. */
function weighted(config: {
  useBias?: boolean;
  trainable?: boolean;
  kernelInitializer?: string;
  biasInitializer?: string;
}): Record<string, string | false | undefined> {
  const { useBias = true, trainable = true, kernelInitializer, biasInitializer } = config;
  return {
    use_bias: useBias ? undefined : false,
    kernel_initializer: unless('glorot_uniform', kernelInitializer),
    bias_initializer: unless('zeros', biasInitializer),
    trainable: trainable ? undefined : false,
  };
}

function unless<T>(usual: T, value: T | undefined): T | undefined {
  return value === usual ? undefined : value;
}

function call(
  name: string,
  args: string[],
  named: Record<string, string | false | Pair | undefined>,
): string {
  const words = Object.entries(named)
    .filter(([, v]) => v !== undefined && v !== 'linear' && v !== 'valid')
    .map(([k, v]) => `${k}=${word(k, v)}`);
  return `layers.${name}(${[...args, ...words].join(', ')})`;
}

function word(key: string, value: string | false | Pair | undefined): string {
  if (value === false) return 'False';
  return key === 'strides' ? pair(value as Pair) : JSON.stringify(value);
}

function pair(p: Pair): string {
  return typeof p === 'number' ? `(${p}, ${p})` : `(${p.join(', ')})`;
}
