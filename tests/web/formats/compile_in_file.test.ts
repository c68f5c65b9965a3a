// Whatever a file says about training and is not kept does not train as if it were.
import { describe, expect, it } from 'vitest';
import { compileOptionsInKeras } from '../../../web/api/fit.ts';
import { compiled } from '../../../web/api/optimizer.ts';
import type { NotKept } from '../../../web/api/types.ts';
import { chainOf } from '../../../web/formats/chain.ts';
import { compileInFile } from '../../../web/formats/compile_in_file.ts';
import { textForKeras } from '../../../web/formats/json.ts';

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

  it.each([
    ['a word', 'mse'],
    ['Keras 3', { class_name: 'MeanSquaredError', config: { name: 'mean_squared_error' } }],
    ['Keras 2', { class_name: 'MeanSquaredError', config: { reduction: 'auto' } }],
    ["a function of Keras 3's", { class_name: 'function', config: 'mean_squared_error' }],
  ])('of squared errors is kept as %s writes it', (_, loss) => {
    const { options, lost } = compileInFile(adam, { loss });
    expect(lost).toEqual([]);
    expect(options!.loss).toBe('mean_squared_error');
    expect(JSON.parse(compileOptionsInKeras(compiled(options)))).toMatchObject({
      loss: { name: 'mean_squared_error' },
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
  ['setting amsgrad = true', { class_name: 'Adam', config: { amsgrad: true } }, {}],
  [
    'setting learning_rate = CosineDecay',
    { class_name: 'Adam', config: { learning_rate: { class_name: 'CosineDecay', config: {} } } },
    {},
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
  const config = { class_name: 'SGD', config: { lr: 0.1, momentum: 0.9, amsgrad: 1 } };
  const { options, goesOn } = compileInFile(config, { loss: sparse });
  expect(options!.optimizer).toEqual({ name: 'sgd', learningRate: 0.1, momentum: 0.9 });
  expect(goesOn).toBe(false);
});

it.each<[string, object, object]>([
  ['Adam', { weight_decay: 0.01 }, { name: 'adam', weightDecay: 0.01 }],
  ['SGD', { clipnorm: 1, momentum: 0.9 }, { name: 'sgd', clipnorm: 1, momentum: 0.9 }],
  [
    'Nadam',
    { use_ema: true, ema_momentum: 0.9, ema_overwrite_frequency: null },
    { name: 'nadam', useEma: true, emaMomentum: 0.9 },
  ],
  [
    'SGD',
    { lr: 0.1, decay: 0.5 },
    {
      name: 'sgd',
      learningRate: {
        name: 'InverseTimeDecay',
        initialLearningRate: 0.1,
        decaySteps: 1,
        decayRate: 0.5,
        staircase: false,
      },
    },
  ],
  ['Adadelta', { learning_rate: 1, rho: 0.9 }, { name: 'adadelta', learningRate: 1, rho: 0.9 }],
])('what every optimizer has is kept of %s with %j', (class_name, config, kept) => {
  const { options, lost, goesOn } = compileInFile({ class_name, config }, { loss: sparse });
  expect(lost).toEqual([]);
  expect(options!.optimizer).toEqual(kept);
  expect(goesOn).toBe(true);
});

it('an optimizer that another one wraps for 16-bit floats trains, and the wrap is named', () => {
  const wrapped = [
    { inner_optimizer: { class_name: 'SGD', config: { learning_rate: 0.5 } }, initial_scale: 2 },
    { optimizer: { class_name: 'SGD', config: { learning_rate: 0.5 } } },
  ];
  for (const config of wrapped) {
    const read = compileInFile({ class_name: 'LossScaleOptimizer', config }, { loss: sparse });
    expect(read.options!.optimizer).toEqual({ name: 'sgd', learningRate: 0.5 });
    expect(read.lost).toEqual([{ what: 'setting', layer: null, name: 'LossScaleOptimizer' }]);
    expect(read.goesOn).toBe(false);
  }
});

const policy = (class_name: string, name: string) => ({
  module: 'keras',
  class_name,
  config: { name },
});

it.each<[string, unknown, string[]]>([
  ['Keras 3, mixed', policy('DTypePolicy', 'mixed_float16'), ['mixed_float16']],
  ['Keras 2, mixed', policy('Policy', 'mixed_bfloat16'), ['mixed_bfloat16']],
  ['a word', 'float64', ['float64']],
  ['a quantized one', policy('QuantizedDTypePolicy', 'int8_from_float32'), ['int8_from_float32']],
  ['one without a name', { class_name: 'DTypePolicyMap', config: {} }, ['DTypePolicyMap']],
  ['hostile', { toString: 1 }, ['unnamed']],
  ['Keras 3, usual', policy('DTypePolicy', 'float32'), []],
  ['Keras 2, usual', 'float32', []],
  ['none', null, []],
])('what layers compute with is named once where it is not float32: %s', (_, dtype, names) => {
  const layer = (class_name: string, more = {}) => ({ class_name, config: { dtype, ...more } });
  const list = [
    // What comes in says nothing of the computing.
    layer('InputLayer', { batch_shape: [null, 4, 4, 1], dtype: 'uint8' }),
    layer('Flatten'),
    layer('Dense', { units: 4 }),
    layer('Dense', { units: 3 }),
  ];
  const lost: NotKept[] = [];
  chainOf({ class_name: 'Sequential', config: { layers: list } }, lost);
  const said = names.map((name) => ({ what: 'setting', layer: null, name: `dtype = ${name}` }));
  expect(lost).toEqual(said);
});

it('a learning rate of 1 is a real number in files, as Keras’s optimizers want it', () => {
  const told = {
    optimizer_config: { class_name: 'Adadelta', config: { learning_rate: 1, rho: 1 } },
  };
  expect(textForKeras(told)).toBe(
    '{"optimizer_config":{"class_name":"Adadelta","config":{"learning_rate":1.0,"rho":1}}}',
  );
  expect(textForKeras({ learning_rate: 0.001 })).toBe('{"learning_rate":0.001}');
});
