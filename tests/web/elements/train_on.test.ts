// What a second fit goes on from: the optimizer's state where its settings are those of the last compile, and the same layers.
import { describe, expect, it } from 'vitest';
import { layers, type OptimizerSpec, sequential } from '../../../web/api/index.ts';
import { defaultSettings, optimizerSettings } from '../../../web/elements/plan/settings.ts';
import { isCompiledFor, isMadeOf } from '../../../web/elements/runs/train_on.ts';

const list = [
  layers.flatten(),
  layers.dense({ units: 8, name: 'features', trainable: false }),
  layers.dense({ units: 10, activation: 'softmax' }),
];
const usual = defaultSettings('custom');

describe('the optimizer goes on', () => {
  const model = sequential({ layers: list });

  it('with the settings that the model was compiled with, whoever has said them', () => {
    expect(isCompiledFor(model, usual)).toBe(false);
    const same: (OptimizerSpec | 'adam')[] = [
      'adam',
      { name: 'adam' },
      { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999 },
      // The lab has no setting for it: it stays.
      { name: 'adam', epsilon: 1e-4 },
    ];
    for (const optimizer of same) {
      model.compile({ optimizer });
      expect(isCompiledFor(model, usual), JSON.stringify(optimizer)).toBe(true);
    }
    // What does not concern adam may change, and so may everything that is no optimizer's.
    expect(isCompiledFor(model, { ...usual, momentum: 0.9, epochs: 3, batchSize: 7 })).toBe(true);
  });

  it('not with others', () => {
    model.compile({ optimizer: { name: 'adam', learningRate: 0.002 } });
    expect(isCompiledFor(model, usual)).toBe(false);
    expect(isCompiledFor(model, { ...usual, learningRate: 0.002 })).toBe(true);
    expect(isCompiledFor(model, { ...usual, learningRate: 0.002, beta1: 0.8 })).toBe(false);
    expect(isCompiledFor(model, { ...usual, learningRate: 0.002, optimizer: 'rmsprop' })).toBe(
      false,
    );
  });
});

it('a file’s optimizer as settings: its own, and Keras’s where it says nothing', () => {
  expect(optimizerSettings({ name: 'sgd', momentum: 0.9, nesterov: true })).toMatchObject({
    optimizer: 'sgd',
    learningRate: 0.01,
    momentum: 0.9,
    nesterov: true,
  });
  expect(optimizerSettings({ name: 'rmsprop', centered: true })).not.toHaveProperty('centered');
});

it('the weights fit the same layers only; names do not count', () => {
  const model = sequential({ layers: list });
  const [flatten, dense, last] = list as [(typeof list)[0], (typeof list)[0], (typeof list)[0]];
  expect(isMadeOf(model, model.specs)).toBe(true);
  const wider = sequential({ layers: [flatten, layers.dense({ units: 9 }), last] });
  expect(isMadeOf(model, wider.specs)).toBe(false);
  const other = { ...dense, config: { ...dense.config, name: 'other' } } as typeof dense;
  expect(isMadeOf(model, sequential({ layers: [flatten, other, last] }).specs)).toBe(true);
  const thawed = { ...dense, config: { ...dense.config, trainable: true } } as typeof dense;
  expect(isMadeOf(model, sequential({ layers: [flatten, thawed, last] }).specs)).toBe(false);
});
