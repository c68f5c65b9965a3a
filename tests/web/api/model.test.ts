// What a model says and refuses on the page, before any worker.
import { describe, expect, it } from 'vitest';
import { compileOptionsInKeras, fitOptionsInKeras } from '../../../web/api/fit.ts';
import { fitOptionsOf } from '../../../web/api/fit_options.ts';
import {
  earlyStopping,
  layers,
  modelCheckpoint,
  presets,
  sequential,
} from '../../../web/api/index.ts';
import { compiled } from '../../../web/api/optimizer.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a model', () => {
  it.each([
    ['softmax-regression', 7850],
    ['simple-cnn', 21_898],
    ['two-conv-cnn', 34_826],
  ] as const)('%s has %i parameters, and every weight has its place', (preset, parameters) => {
    const model = presets[preset]();
    expect(model.parameterCount).toBe(parameters);
    expect(model.summary()).toContain(`Total params: ${parameters.toLocaleString('en-US')} (`);
    let next = 0;
    for (const { regions } of model.layersInfo) {
      for (const { offset, shape } of regions) {
        expect(offset).toBe(next);
        next += shape.reduce((n, d) => n * d, 1);
      }
    }
    expect(next).toBe(parameters);
  });

  it('rebuilt from its own specs is the same model', () => {
    const model = presets['two-conv-cnn'](3);
    const again = sequential({ layers: model.specs, seed: 3 });
    expect(again.config()).toEqual(model.config());
  });

  it('says which layer does not fit', () => {
    const stack = [layers.flatten(), layers.conv2d({ filters: 4, kernelSize: 3 })];
    expect(() => sequential({ layers: stack })).toThrow(code('shape_mismatch'));
    expect(() => sequential({ layers: stack })).toThrow(
      /Conv2D "conv2d".*Put it before Flatten and Dense/,
    );
    expect(() => sequential({ layers: [] })).toThrow(code('invalid_config'));
    expect(() => sequential({ layers: stack, seed: 0.5 })).toThrow(code('invalid_argument'));
  });

  it('takes Dense on the last axis of any shape', () => {
    const head = [layers.flatten(), layers.dense(10)];
    const shapes = [[28, 28], [28, 28, 1], [784]].map((inputShape) => {
      const model = sequential({ layers: [layers.dense({ units: 16, inputShape }), ...head] });
      const [{ outputShape, parameters }] = model.layersInfo as [(typeof model.layersInfo)[0]];
      return [outputShape, parameters];
    });
    expect(shapes).toEqual([
      [[28, 16], 29 * 16],
      [[28, 28, 16], 2 * 16],
      [[16], 785 * 16],
    ]);
  });

  it('trains gamma and beta of a BatchNormalization, whose statistics follow the batches', () => {
    const stack = [layers.batchNormalization(), layers.flatten(), layers.dense({ units: 10 })];
    const model = sequential({ layers: stack });
    expect(model.layersInfo[0]).toMatchObject({ trainable: true, parameters: 4 });
    expect(model.layersInfo[0]!.regions.map(({ moving }) => moving ?? false)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(model.layersInfo[0]!.regions.map(({ name }) => name)).toEqual([
      'gamma',
      'beta',
      'moving_mean',
      'moving_variance',
    ]);
    expect(model.summary()).toContain('Non-trainable params: 2 (8.00 B)');
    expect(sequential({ layers: model.specs }).config()).toEqual(model.config());
    const still = layers.batchNormalization({ trainable: false });
    const frozen = sequential({ layers: [still, layers.flatten(), layers.dense({ units: 10 })] });
    expect(frozen.summary()).toContain('Non-trainable params: 4 (16.00 B)');
  });

  it('refuses unknown optimizers, settings, losses and metrics at compile', () => {
    const model = presets['simple-cnn']();
    expect(() => model.compile({ optimizer: 'ftrl' as 'adam' })).toThrow(code('invalid_config'));
    expect(() => model.compile({ loss: 'hinge' as 'categorical_crossentropy' })).toThrow(
      code('invalid_config'),
    );
    expect(() => model.compile({ metrics: ['AUC'] })).toThrow(code('invalid_config'));
    expect(model.compiled).toBeNull();
  });

  it('rejects with disposed after dispose, without starting anything', async () => {
    const model = presets['simple-cnn']();
    model.dispose();
    await expect(model.weights()).rejects.toThrow(code('disposed'));
    await expect(model.predict(new Uint8Array(784))).rejects.toThrow(code('disposed'));
  });

  it('refuses images of another size and data that are none', async () => {
    const model = presets['simple-cnn']();
    await expect(model.predict(new Uint8Array(783))).rejects.toThrow(code('shape_mismatch'));
    await expect(model.predict(new Uint8Array(784), 2)).rejects.toThrow(code('shape_mismatch'));
    await expect(model.fit({} as never)).rejects.toThrow(code('invalid_argument'));
    await expect(model.fit({} as never, { threads: 0 })).rejects.toThrow(code('invalid_argument'));
  });
});

describe('the options of fit', () => {
  const inKeras = (...args: Parameters<typeof fitOptionsInKeras>) =>
    JSON.parse(fitOptionsInKeras(...args));

  it("are Keras's words with Keras's defaults, and the model's seed", () => {
    expect(inKeras({}, 7)).toEqual({
      batch_size: 32,
      epochs: 1,
      validation_split: 0,
      shuffle: true,
      seed: 7,
    });
  });

  it('carry optimizer settings and callbacks', () => {
    const optimizer = {
      name: 'adam',
      learningRate: 0.01,
      beta1: 0.8,
      beta2: 0.9,
      epsilon: 1e-6,
    } as const;
    const callbacks = [
      earlyStopping({ patience: 2, restoreBestWeights: true }),
      modelCheckpoint({ monitor: 'val_accuracy', saveBestOnly: true, onSave: () => {} }),
    ];
    expect(JSON.parse(compileOptionsInKeras(compiled({ optimizer })))).toEqual({
      optimizer: { name: 'adam', learning_rate: 0.01, beta_1: 0.8, beta_2: 0.9, epsilon: 1e-6 },
      loss: { name: 'categorical_crossentropy', from_logits: false, label_smoothing: 0 },
    });
    expect(inKeras({ callbacks, seed: 1 }, 7)).toMatchObject({
      seed: 1,
      early_stopping: { patience: 2, restore_best_weights: true },
      model_checkpoint: { monitor: 'val_accuracy', save_best_only: true },
    });
    const twice = [earlyStopping(), earlyStopping()];
    expect(() => fitOptionsOf({ callbacks: twice })).toThrow(code('invalid_config'));
  });
});
