// What calls take: Keras's names and order, nothing that is silently something else, and a ZifferError for everything else.
import { describe, expect, it } from 'vitest';
import { fitOptionsInKeras } from '../../../web/api/fit.ts';
import { fitOptionsOf, unwatched } from '../../../web/api/fit_options.ts';
import * as api from '../../../web/api/index.ts';
import { compiled } from '../../../web/api/optimizer.ts';

const { earlyStopping, layers, modelCheckpoint, presets, reduceLROnPlateau, sequential } = api;
const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
/** As a page in JavaScript calls it. */
const loose = <T>(call: T) => call as unknown as (...args: unknown[]) => never;

describe('arguments stand in Keras’s order', () => {
  it.each([
    [layers.dropout(0.3), { rate: 0.3 }],
    [layers.activation('relu'), { activation: 'relu' }],
    [layers.dense(10), { units: 10 }],
    [layers.dense(10, 'softmax'), { units: 10, activation: 'softmax' }],
    [layers.dense(10, { use_bias: false }), { units: 10, useBias: false }],
    [layers.conv2d(8, 3), { filters: 8, kernelSize: 3 }],
    [
      layers.conv2d(8, [3, 5], 2, 'same'),
      { filters: 8, kernelSize: [3, 5], strides: 2, padding: 'same' },
    ],
    [
      loose(layers.conv2d)(8, 3, 1, 'valid', null, 1, 1, 'relu'),
      {
        ...{ filters: 8, kernelSize: 3, strides: 1, padding: 'valid' },
        ...{ dilationRate: 1, groups: 1, activation: 'relu' },
      },
    ],
    [layers.maxPooling2d(3, null, 'same'), { poolSize: 3, padding: 'same' }],
    [layers.rescaling(0.5, 1), { scale: 0.5, offset: 1 }],
    [loose(layers.dense)({ units: 3, activation: null }), { units: 3 }],
  ])('%j', (spec, config) => {
    expect((spec as { config: unknown }).config).toEqual(config);
  });

  it('in compile, callbacks and sequential', () => {
    expect(compiled('sgd').optimizer).toBe('sgd');
    expect(compiled('RMSprop', 'CategoricalCrossentropy', ['acc'])).toEqual({
      optimizer: 'rmsprop',
      loss: 'categorical_crossentropy',
      metrics: ['acc'],
    });
    expect(earlyStopping('loss', 0.01, 3).options).toEqual({
      monitor: 'loss',
      minDelta: 0.01,
      patience: 3,
    });
    const list = [layers.flatten(), layers.dense(10)];
    expect(sequential(list, { name: 'mine' }).name).toBe('mine');
  });
});

describe('names are taken as Python and JavaScript spell them', () => {
  it('one or the other or both alike', () => {
    expect(
      layers.conv2d({ filters: 4, kernel_size: 3, kernelInitializer: 'zeros' }).config,
    ).toEqual({
      filters: 4,
      kernelSize: 3,
      kernelInitializer: 'zeros',
    });
    expect(fitOptionsOf({ batch_size: 7, validation_split: 0.5 })).toEqual({
      batchSize: 7,
      validationSplit: 0.5,
    });
    expect(fitOptionsOf({ batch_size: 7, batchSize: 7 })).toEqual({ batchSize: 7 });
    expect(loose(earlyStopping)({ min_delta: 0.1 })).toMatchObject({ options: { minDelta: 0.1 } });
    expect(
      compiled({ optimizer: { name: 'adam', learning_rate: 0.1, beta_1: 0.8 } }).optimizer,
    ).toEqual({
      name: 'adam',
      learningRate: 0.1,
      beta1: 0.8,
    });
  });

  it('both and different is refused', () => {
    expect(() => fitOptionsOf({ batch_size: 7, batchSize: 8 })).toThrow(
      refused('invalid_config', /batchSize is given twice, as 7 and 8/),
    );
  });
});

describe('nothing is silently something else', () => {
  const model = presets['softmax-regression']();
  it.each([
    [
      'compile({ optimiser })',
      () => compiled({ optimiser: 'sgd' }),
      /"optimiser". Did you mean optimizer/,
    ],
    ['compile("adamm")', () => compiled('adamm'), /Did you mean adam/],
    ['compile({ loss: "hinge" })', () => compiled({ loss: 'hinge' }), /loss to be one of/],
    [
      'compile({ metrics: ["AUC"] })',
      () => compiled({ metrics: ['AUC'] }),
      /metrics to be one of accuracy/,
    ],
    [
      'an optimizer’s unknown setting',
      () => compiled({ optimizer: { name: 'sgd', momentun: 0.9 } }),
      /Did you mean momentum/,
    ],
    [
      'another optimizer’s setting',
      () => compiled({ optimizer: { name: 'sgd', beta1: 0.9 } }),
      /no "beta1"/,
    ],
    [
      'NaN as a rate',
      () => compiled({ optimizer: { name: 'sgd', learningRate: Number.NaN } }),
      /got NaN/,
    ],
    [
      'Infinity as a rate',
      () => compiled({ optimizer: { name: 'sgd', learningRate: 1 / 0 } }),
      /got Infinity/,
    ],
    ['fit({ epoch })', () => fitOptionsOf({ epoch: 3 }), /Did you mean epochs/],
    ['fit(data, 3)', () => fitOptionsOf(3), /options such as/],
    [
      'NaN as epochs',
      () => fitOptionsOf({ epochs: Number.NaN }),
      /whole number for epochs, got NaN/,
    ],
    ['null as epochs', () => fitOptionsOf({ epochs: null }), /epochs, got null/],
    ['class_weight', () => fitOptionsOf({ class_weight: { zero: 2 } }), /weights by class/],
    [
      'conv2d({ actvation })',
      () => loose(layers.conv2d)({ filters: 1, kernelSize: 1, actvation: 'relu' }),
      /Did you mean activation/,
    ],
    ['dropout()', () => loose(layers.dropout)(), /expected rate, which is missing/],
    ['dense("10")', () => loose(layers.dense)('10'), /whole number for units, got "10".*Such as/],
    ['dense(NaN)', () => layers.dense(Number.NaN), /got NaN/],
    [
      'conv2d({ groups: 0 })',
      () => loose(layers.conv2d)(1, 1, { groups: 0 }),
      /a number from 1 to 4096 for groups, got 0/,
    ],
    [
      'dense({ kernel_regularizer })',
      () => loose(layers.dense)(1, { kernelRegularizer: 'l2' }),
      /not supported/,
    ],
    ['earlyStopping(3)', () => loose(earlyStopping)(3), /monitor.*got 3.*earlyStopping\({ monitor/],
    ['earlyStopping({ patience: 1.5 })', () => earlyStopping({ patience: 1.5 }), /whole number/],
    ['modelCheckpoint()', () => loose(modelCheckpoint)(), /expected onSave, which is missing/],
    [
      'modelCheckpoint("best.keras")',
      () => loose(modelCheckpoint)('best.keras'),
      /a function for onSave/,
    ],
    [
      'layers that nobody called',
      () => loose(sequential)([layers.flatten]),
      /got a function. Call it/,
    ],
    [
      'a class nobody knows',
      () => loose(sequential)([{ className: 'Densee' }]),
      /Did you mean Dense/,
    ],
    [
      'the name of a layer that is none',
      () => loose(sequential)([layers.dense(1)], { name: 3 }),
      /a text for name/,
    ],
    ['save("kras")', () => model.save('kras' as 'keras'), /./],
  ] as const)('%s', async (_, call, message) => {
    const outcome = async () => call();
    await expect(outcome()).rejects.toThrow(expect.objectContaining({ name: 'ZifferError' }));
    await expect(outcome()).rejects.toThrow(message);
  });

  it('a callback that watches what is not there is told', () => {
    const watched = (options: object) => unwatched(fitOptionsOf(options))?.message;
    const best = modelCheckpoint({ saveBestOnly: true, onSave() {} });
    expect(watched({ callbacks: [earlyStopping()] })).toMatch(/earlyStopping watches val_loss/);
    const reducing = reduceLROnPlateau({ factor: 0.5, min_lr: 1e-4 });
    expect(watched({ callbacks: [reducing] })).toMatch(/reduceLROnPlateau watches val_loss/);
    expect(watched({ callbacks: [best] })).toMatch(/modelCheckpoint watches val_loss/);
    expect(watched({ callbacks: earlyStopping(), validationSplit: 0.1 })).toBeUndefined();
    expect(watched({ callbacks: [earlyStopping('loss')] })).toBeUndefined();
    const told = fitOptionsInKeras(fitOptionsOf({ callbacks: [reducing] }), 1);
    expect(JSON.parse(told).reduce_lr_on_plateau).toEqual({ factor: 0.5, min_lr: 1e-4 });
    expect(() => reduceLROnPlateau({ factor: 1 })).toThrow(/factor/);
    expect(watched({ callbacks: [modelCheckpoint({ onSave() {} })] })).toBeUndefined();
  });

  it('a compile that is refused leaves what was compiled', () => {
    model.compile('sgd');
    const before = model.compiled;
    for (const wrong of [
      { optimizer: 'adam', metrics: ['AUC'] },
      { optimizer: { name: 'adam', beta1: 2 } },
    ]) {
      expect(() => loose(model.compile.bind(model))(wrong)).toThrow(refused('invalid_config', /./));
    }
    expect(model.compiled).toBe(before);
  });
});

/** Values that nothing takes, and values that do harm when they are looked at. */
function junk(): unknown[] {
  const throwing = new Proxy({}, { get: boom, ownKeys: boom, getPrototypeOf: boom, has: boom });
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const detached = new Uint8Array(784);
  structuredClone(detached, { transfer: [detached.buffer] });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const disposed = presets['softmax-regression']();
  disposed.dispose();
  return [
    ...[
      undefined,
      null,
      Number.NaN,
      -1,
      0,
      1.5,
      1e10,
      Number.POSITIVE_INFINITY,
      '',
      'abc',
      '\ud800',
    ],
    ...[
      true,
      {},
      [],
      [null],
      [[1]],
      () => {},
      Symbol('s'),
      10n,
      new Date(0),
      new Map(),
      /x/,
      cyclic,
    ],
    ...[
      JSON.parse('{"__proto__": 1, "constructor": 2}'),
      throwing,
      revoked.proxy,
      detached,
      disposed,
    ],
    ...[
      { toString: boom, valueOf: boom, toJSON: boom },
      Object.create(null),
      new Array(2 ** 32 - 1),
    ],
    ...[new Float64Array(7850), new DataView(new ArrayBuffer(8)), new Error('e'), 'x'.repeat(1e6)],
    {
      get layers() {
        return boom();
      },
      get units() {
        return boom();
      },
      get monitor() {
        return boom();
      },
    },
  ];
}

function boom(): never {
  throw new RangeError('boom');
}

it('whatever a public function is given, what it throws or rejects with is a ZifferError', async () => {
  let state = 1;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const model = presets['softmax-regression']();
  const good = [{ layers: api.presetLayers('simple-cnn') }, { units: 10 }, { optimizer: 'sgd' }];
  const names = [
    'layers',
    'units',
    'filters',
    'optimizer',
    'monitor',
    'callbacks',
    'onSave',
    'seed',
    'className',
    'config',
    'inputShape',
    'name',
    'rate',
    'from',
    'workerUrl',
  ];
  const values = [...junk(), ...good];
  const any = (depth: number): unknown => {
    if (depth > 2 || below(3) > 0) return values[below(values.length)];
    if (below(2) === 0) return Array.from({ length: below(4) }, () => any(depth + 1));
    return Object.fromEntries(
      Array.from({ length: 1 + below(3) }, () => [names[below(names.length)]!, any(depth + 1)]),
    );
  };
  const methods = [
    'compile',
    'predict',
    'activations',
    'saliency',
    'setWeights',
    'setOptimizerState',
    'reset',
    'save',
  ] as const;
  const { backupAndRestore, presetLayers } = api;
  const direct = { sequential, earlyStopping, modelCheckpoint, backupAndRestore, presetLayers };
  const control = new api.FitControl();
  const calls: [string, (...args: unknown[]) => unknown][] = [
    ...Object.entries(layers).map(([name, make]) => [`layers.${name}`, loose(make)] as const),
    ...Object.entries(presets).map(([name, make]) => [`presets.${name}`, loose(make)] as const),
    ...Object.entries(direct).map(([name, make]) => [name, loose(make)] as const),
    ...methods.map((name) => [`model.${name}`, loose(model[name].bind(model))] as const),
    ['control.attach', loose(control.attach.bind(control))],
    ['fit options', loose(fitOptionsOf)],
  ].map(([name, call]) => [name as string, call as (...args: unknown[]) => unknown]);
  // What is right after all must not reach a worker: there is none here.
  model.dispose();
  for (let i = 0; i < 6000; i++) {
    const [name, call] = calls[i % calls.length]!;
    const args = Array.from({ length: below(4) }, () => any(0));
    let thrown: unknown = null;
    try {
      const result = call(...args);
      if (result instanceof Promise)
        await result.catch((error) => {
          thrown = error;
        });
    } catch (error) {
      thrown = error;
    }
    if (thrown === null) continue;
    expect(thrown, `${name}, call ${i}`).toBeInstanceOf(api.ZifferError);
    expect(
      (thrown as api.ZifferError).code,
      `${name}, call ${i}: ${(thrown as Error).message}`,
    ).not.toBe('internal');
    expect((thrown as Error).message.length).toBeLessThan(2000);
  }
});
