// "This model in Keras": the Python program that does what the lab does with the same words.
import type { CompileOptions, LayerSpec } from '../../api/index.ts';
import { lossInKeras } from '../../api/optimizer.ts';
import { LOSS_NAMES, lossNamed, lossOf } from '../../keras/losses.ts';
import { camelCase } from '../../keras/names.ts';
import { OPTIMIZERS } from '../../keras/optimizers.ts';
import {
  argumentsOf,
  buildingCode,
  generatorCode,
  lossCode,
} from '../../keras_code/write_keras.ts';
import { inputOf } from './layer_list.ts';
import { OPTIMIZER_DETAILS, optimizerOf, type Settings, TRAIN_COUNT } from './settings.ts';

/** `loss`: what the model is compiled with; Keras's categorical cross-entropy where it says nothing. */
export function kerasCode(
  layers: readonly LayerSpec[],
  settings: Settings,
  loss?: CompileOptions['loss'],
): string {
  const s = settings;
  const callbacks = callbacksCode(s);
  const limit =
    s.trainCount < TRAIN_COUNT
      ? `x_train, y_train = x_train[:${s.trainCount}], y_train[:${s.trainCount}]\n`
      : '';
  const generator = generatorCode(layers);
  const fit = generator ? generatedFit(s) : plainFit(s);
  if (callbacks.length) fit.push('callbacks=callbacks');
  const shape = inputOf(layers).join(', ');
  return `import os

import keras
from keras import layers
${generator}
keras.utils.set_random_seed(${s.seed})
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, ${shape}).astype("float32") / 255
x_test = x_test.reshape(-1, ${shape}).astype("float32") / 255
${limit}y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)

${buildingCode(layers, inputOf(layers))}
model.summary()
model.compile(
    optimizer=keras.${optimizerCode(s)},
    loss=${oneHotLossCode(loss)},
    metrics=["accuracy"],
)
${callbacks.length ? `callbacks = [\n${callbacks.map((c) => `    ${c},\n`).join('')}]\n` : ''}if os.path.exists("model.keras"):  # saved by the page: go on from there
    model = keras.models.load_model("model.keras")
${generator && s.validationSplit > 0 ? HELD_OUT(s.validationSplit) : ''}history = model.fit(${fit.join(', ')})
${s.checkpoint ? 'model = keras.models.load_model("best.keras")\n' : ''}print(model.evaluate(x_test, y_test))
print(model.predict(x_test[:10]).argmax(axis=1))
`;
}

function plainFit({ batchSize, epochs, validationSplit }: Settings): string[] {
  const split = validationSplit > 0 ? [`validation_split=${validationSplit}`] : [];
  return ['x_train', 'y_train', `batch_size=${batchSize}`, `epochs=${epochs}`, ...split];
}

/** A generator's pictures cannot be split by `fit`. */
const HELD_OUT = (split: number) => `split = int(len(x_train) * (1 - ${split}))
x_val, y_val = x_train[split:], y_train[split:]
x_train, y_train = x_train[:split], y_train[:split]
`;

function generatedFit({ batchSize, epochs, validationSplit }: Settings): string[] {
  const held = validationSplit > 0 ? ['validation_data=(x_val, y_val)'] : [];
  return [`datagen.flow(x_train, y_train, batch_size=${batchSize})`, `epochs=${epochs}`, ...held];
}

/** The callbacks that the settings ask for. */
export function callbacksCode({ validationSplit, patience, checkpoint }: Settings): string[] {
  const monitor = validationSplit > 0 ? 'val_loss' : 'loss';
  return [
    ...(patience === null
      ? []
      : [`keras.callbacks.EarlyStopping(monitor="${monitor}", patience=${patience})`]),
    ...(checkpoint
      ? [`keras.callbacks.ModelCheckpoint("best.keras", monitor="${monitor}", save_best_only=True)`]
      : []),
  ];
}

/** With the learning rate, and what differs from Keras's own. */
export function optimizerCode(s: Settings): string {
  const { className, fields } = OPTIMIZERS[s.optimizer];
  const all: Record<string, unknown> = { ...optimizerOf({ ...OPTIMIZER_DETAILS, ...s }) };
  const told = Object.fromEntries(Object.keys(fields).map((key) => [key, all[camelCase(key)]]));
  return `optimizers.${className}(${argumentsOf(fields, told)})`;
}

/** Labels are one-hot in the program. */
function oneHotLossCode(loss: CompileOptions['loss']): string {
  const { name, ...told } = lossInKeras(loss ?? LOSS_NAMES[0]!);
  const { ofOneHot = name } = lossOf(name);
  return lossCode(lossNamed(ofOneHot)!, told);
}
