// Whatever a file says about training and is not kept does not train as if it were.
import { describe, expect, it } from 'vitest';
import { compileOptionsInKeras } from '../../web/api/fit.ts';
import { compiled } from '../../web/api/optimizer.ts';
import { compileInFile } from '../../web/formats/compile_in_file.ts';

const adam = { class_name: 'Adam', config: { learning_rate: 0.001 } };
const sparse = 'sparse_categorical_crossentropy';
const logits = { from_logits: true };

describe('a loss that takes logits', () => {
  it.each([
    [
      'Keras 3',
      {
        module: 'keras.losses',
        class_name: 'SparseCategoricalCrossentropy',
        config: {
          name: sparse,
          reduction: 'sum_over_batch_size',
          from_logits: true,
          ignore_class: null,
        },
      },
    ],
    [
      'Keras 2',
      {
        class_name: 'SparseCategoricalCrossentropy',
        config: { reduction: 'auto', name: sparse, ...logits },
      },
    ],
    ['a list', [{ class_name: 'SparseCategoricalCrossentropy', config: logits }]],
    [
      'an output by its name',
      { dense_1: { class_name: 'sparse_categorical_crossentropy', config: { fromLogits: true } } },
    ],
  ])('is kept as %s writes it', (_, loss) => {
    const { options, lost } = compileInFile(adam, { loss });
    expect(lost).toEqual([]);
    expect(options!.loss).toEqual({ name: sparse, fromLogits: true });
    expect(JSON.parse(compileOptionsInKeras(compiled(options)))).toMatchObject({
      loss: { name: sparse, from_logits: true },
    });
  });

  it('is taken by compile in both spellings', () => {
    const both = [{ fromLogits: true }, { from_logits: true }];
    for (const more of both) {
      expect(compiled({ loss: { name: sparse, ...more } }).loss).toEqual({
        name: sparse,
        fromLogits: true,
      });
    }
    expect(() => compiled({ loss: { name: sparse, label_smoothing: 0.1 } })).toThrow(
      /label_?smoothing/i,
    );
  });
});

it.each<[string, unknown, Record<string, unknown>]>([
  ['setting weight_decay = 0.01', { class_name: 'Adam', config: { weight_decay: 0.01 } }, {}],
  ['setting clipnorm = 1', { class_name: 'SGD', config: { clipnorm: 1 } }, {}],
  [
    'setting use_ema = true',
    { class_name: 'Adam', config: { use_ema: true, ema_momentum: 0.9 } },
    {},
  ],
  ['setting amsgrad = true', { class_name: 'Adam', config: { amsgrad: true } }, {}],
  ['setting decay = 0.1', { class_name: 'SGD', config: { lr: 0.1, decay: 0.1 } }, {}],
  [
    'setting learning_rate = CosineDecay',
    { class_name: 'Adam', config: { learning_rate: { class_name: 'CosineDecay', config: {} } } },
    {},
  ],
  [
    'setting label_smoothing = 0.1',
    adam,
    { loss: { class_name: 'CategoricalCrossentropy', config: { label_smoothing: 0.1 } } },
  ],
  ['setting loss_weights = [2]', adam, { loss_weights: [2] }],
  ['loss hinge', adam, { loss: 'hinge' }],
  ['optimizer Ftrl', { class_name: 'Ftrl', config: {} }, {}],
  ['optimizer unnamed', { class_name: { toString: 1 }, config: { toString: 1 } }, {}],
])('%s is named, and nothing else', (said, config, training) => {
  const { lost } = compileInFile(config, { loss: sparse, ...training });
  expect(lost.map(({ what, name }) => `${what} ${name}`)).toEqual([said]);
});

it('lr is the learning rate, and the settings that are kept stay beside one that is not', () => {
  const config = { class_name: 'SGD', config: { lr: 0.1, momentum: 0.9, clipvalue: 1 } };
  const { options, goesOn } = compileInFile(config, { loss: sparse });
  expect(options!.optimizer).toEqual({ name: 'sgd', learningRate: 0.1, momentum: 0.9 });
  expect(goesOn).toBe(false);
});
