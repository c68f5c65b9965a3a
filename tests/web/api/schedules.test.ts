// Learning rates that change: schedules of the optimizer, and the callback that is asked before each epoch.
import { describe, expect, it } from 'vitest';
import { learningRateScheduler, presets, schedules } from '../../../web/api/index.ts';
import { ratesOf } from '../../../web/keras/callbacks.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a schedule', () => {
  it('is made in the order of Keras’s arguments, or by their names in either spelling', () => {
    const wanted = schedules.exponentialDecay({
      initialLearningRate: 0.1,
      decaySteps: 1000,
      decayRate: 0.9,
    });
    expect(wanted).toMatchObject({ name: 'ExponentialDecay', initialLearningRate: 0.1 });
    expect(schedules.exponentialDecay(0.1, 1000, 0.9)).toEqual(wanted);
    const inKeras = { initial_learning_rate: 0.1, decay_steps: 1000, decay_rate: 0.9 };
    expect(schedules.exponentialDecay(inKeras)).toEqual(wanted);
  });

  it('is an optimizer’s rate', () => {
    const model = presets['simple-cnn']();
    const learningRate = schedules.cosineDecay({ initialLearningRate: 0.01, decaySteps: 100 });
    model.compile({ optimizer: { name: 'sgd', learningRate } });
    expect(model.compiled?.optimizer).toMatchObject({
      name: 'sgd',
      learningRate: { name: 'CosineDecay' },
    });
    model.dispose();
  });

  it('with a setting that it does not have, or without one that it needs, is refused', () => {
    expect(() => schedules.inverseTimeDecay({ decay: 1 } as never)).toThrow(code('invalid_config'));
    expect(() => schedules.cosineDecay(0.1)).toThrow(code('invalid_config'));
  });
});

describe('learningRateScheduler', () => {
  it('asks for each epoch’s rate with the one before it, as a 32-bit number', () => {
    const asked: [number, number][] = [];
    const rates = ratesOf(
      (epoch, rate) => {
        asked.push([epoch, rate]);
        return epoch < 2 ? rate : rate * 0.5;
      },
      4,
      Math.fround(0.1),
    );
    const first = Math.fround(0.1);
    expect(rates).toEqual([first, first, first / 2, first / 4]);
    expect(asked).toEqual([
      [0, first],
      [1, first],
      [2, first],
      [3, first / 2],
    ]);
  });

  it('takes a function, its name, or a list, and nothing else', () => {
    const schedule = (epoch: number) => 0.1 / (1 + epoch);
    expect(learningRateScheduler(schedule)).toEqual(learningRateScheduler({ schedule }));
    expect(() => learningRateScheduler([0.1, 0.01])).not.toThrow();
    for (const wrong of [0.1, [0.1, -1], [Number.NaN], null])
      expect(() => learningRateScheduler(wrong as never)).toThrow(/learningRateScheduler/);
  });

  it('whose function gives no rate, or throws, says for which epoch', () => {
    const none = (epoch: number) => (epoch === 2 ? Number.NaN : 0.1);
    expect(() => ratesOf(none, 5, 0.1)).toThrow(/gave NaN for epoch 2/);
    const thrown = () => {
      throw new Error('no idea');
    };
    expect(() => ratesOf(thrown, 5, 0.1)).toThrow(/threw: no idea/);
    expect(() => ratesOf(() => 0.1, 2000, 0.1)).toThrow(/at most 1024 epochs/);
  });
});
