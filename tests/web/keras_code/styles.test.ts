// Laws over many models: whatever the style of the script, the same layers and settings are read.
import { expect, test } from 'vitest';
import { describe as described } from '../../../web/keras/model.ts';
import { toKeras } from '../../../web/keras/specs.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';
import { type Facts, STYLES } from './styles.ts';

/** Numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function someFacts(seed: number): Facts {
  const next = numbers(seed + 1);
  const one = <T>(...list: T[]): T => list[Math.floor(next() * list.length)]!;
  const layers: Facts['layers'][number][] = [];
  const add = (class_name: string, config = {}) => layers.push({ class_name, config });
  const flat = next() < 0.3;
  for (let i = flat ? 0 : one(1, 1, 2); i > 0; i--) {
    const kernel_size = one<number | number[]>(3, 2, 5, [3, 3], [3, 5]);
    const more = one({}, { padding: 'same' }, { strides: 2 }, { use_bias: false });
    const start = one({}, { kernel_initializer: 'he_normal' });
    add('Conv2D', {
      filters: one(8, 16, 32),
      kernel_size,
      activation: one('relu', 'tanh'),
      ...more,
      ...start,
    });
    if (next() < 0.5) add('MaxPooling2D', one({ pool_size: 2 }, { pool_size: [2, 2] }, {}));
    if (next() < 0.3) add('Dropout', { rate: one(0.25, 0.5) });
  }
  if (!flat) add('Flatten');
  if (next() < 0.6) {
    add('Dense', { units: one(16, 128, 512), ...one({}, { activation: 'relu' }) });
    if (next() < 0.4) add('Activation', { activation: 'relu' });
  }
  add('Dense', { units: 10, activation: 'softmax' });
  const oneHot = next() < 0.5;
  return {
    input: flat ? [784] : [28, 28, 1],
    layers,
    optimizer: one(
      { name: 'adam' },
      { name: 'adam', learning_rate: 0.003 },
      { name: 'sgd', learning_rate: 0.1, momentum: 0.9, nesterov: true },
      { name: 'rmsprop', learning_rate: 0.0001, rho: 0.8 },
    ),
    loss: oneHot ? 'categorical_crossentropy' : 'sparse_categorical_crossentropy',
    batchSize: one(null, 64, 128),
    epochs: one(1, 5, 12),
    split: one(0, 0.1, 0.25),
    oneHot,
  };
}

for (const [style, write] of Object.entries(STYLES)) {
  test(`${style}: fifteen models are read to their layers, compile, fit and data, and nothing is left unread`, () => {
    for (let seed = 0; seed < 15; seed++) {
      const facts = someFacts(seed * 7919);
      const script = write(facts);
      const read = readKeras(script);
      expect(read.unread, script).toEqual([]);
      const input = { class_name: 'InputLayer', config: { batch_shape: [null, ...facts.input] } };
      const layers = [input, ...facts.layers];
      const wanted = described({ class_name: 'Sequential', config: { name: 'm', layers } });
      expect(described(toKeras('m', read.layers)).config, script).toEqual(wanted.config);
      const { name, ...settings } = facts.optimizer;
      expect(read.compile!.optimizer.name).toBe(name);
      expect(Object.values(read.compile!.optimizer)).toEqual(
        expect.arrayContaining(Object.values(settings)),
      );
      expect(read.compile!.loss).toBe(facts.loss);
      expect(read.fit).toMatchObject({
        batchSize: facts.batchSize ?? 32,
        epochs: facts.epochs,
        validationSplit: facts.split,
      });
      expect(read.data!.labels).toBe(facts.oneHot ? 'one-hot' : 'integers');
      expect(read.data!.scale).toBeCloseTo(1 / 255, 12);
    }
  });
}
