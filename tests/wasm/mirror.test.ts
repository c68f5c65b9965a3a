// What the page says of a model before any WebAssembly has arrived (shapes, counts, summary, errors) is what the core says.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import type { LayerSpec, layers as makers, Pair } from '../../web/api/layers.ts';
import { presetLayers } from '../../web/api/presets.ts';
import type { KerasConfig } from '../../web/api/types.ts';
import { LAYERS } from '../../web/keras/layers.ts';
import { describe as describeModel } from '../../web/keras/model.ts';
import { toKeras } from '../../web/keras/specs.ts';
import { SCHEMA } from '../support/core_schema.ts';
import { realCore } from '../support/trainer_harness.ts';

interface Said {
  config?: unknown;
  layers?: unknown;
  parameters?: number;
  error?: { code: string; message: string };
}

/** What the core says of each model, in its own program. */
function coreSays(
  configs: readonly KerasConfig[],
): (Said & { inputSize?: number; multiplications?: number })[] {
  const folder = mkdtempSync(`${tmpdir()}/ziffer-mirror-`);
  try {
    const lines = configs.map((config) => `${JSON.stringify(config)}\n`);
    writeFileSync(`${folder}/models.jsonl`, lines.join(''));
    const command = ['--describe', `${folder}/models.jsonl`];
    const said = execFileSync('build/native/ziffer_cli', command, { maxBuffer: 2 ** 28 });
    return String(said)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Layer {
  readonly class_name?: string;
  readonly config?: Record<string, unknown>;
}

/** The core reads configurations with every setting in its one form; here the core's own defaults make it whole. */
function whole({ class_name, config }: KerasConfig): KerasConfig {
  const layers = (config as { layers?: Layer[] }).layers?.map((layer) => {
    const fields = SCHEMA.layers.find((one) => one.class_name === layer.class_name)?.fields;
    if (!fields || !layer.config) return layer;
    const given: Record<string, unknown> = { ...layer.config };
    const filled: Record<string, unknown> = { name: given.name ?? '' };
    if (given.trainable !== undefined && given.trainable !== null)
      filled.trainable = given.trainable;
    for (const { name, type, default: usual } of fields) {
      const pool = name === 'strides' ? (given.pool_size ?? undefined) : undefined;
      const value = given[name] ?? pool ?? usual;
      filled[name] = type === 'extent' && typeof value === 'number' ? [value, value] : value;
    }
    return { ...layer, config: filled };
  });
  return {
    class_name,
    config: { ...config, name: config.name ?? 'sequential', layers },
  } as KerasConfig;
}

/** Page and core say the same of what is right. What the page refuses, the core refuses too. */
function agree(configs: readonly KerasConfig[]): [Said, Said][] {
  const page = configs.map(pageSays);
  const core = coreSays(page.map(({ config }, i) => (config as KerasConfig) ?? whole(configs[i]!)));
  expect(core).toHaveLength(configs.length);
  return page.map((said, i) => {
    const { inputSize, multiplications, ...ofCore } = core[i]!;
    const what = JSON.stringify(configs[i]);
    if (!said.error) expect(ofCore, what).toEqual(said);
    expect(multiplications === undefined, what).toBe(ofCore.error !== undefined);
    return [said, ofCore];
  });
}

function pageSays(config: KerasConfig): Said {
  try {
    const described = describeModel(config);
    return {
      config: described.config,
      layers: described.layers.map((layer) => ({
        name: layer.name,
        class_name: layer.className,
        input_shape: layer.inputShape,
        output_shape: layer.outputShape,
        parameters: layer.parameters,
        regions: layer.regions,
      })),
      parameters: described.parameters,
    };
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return { error: { code, message } };
  }
}

/** Deterministic choices, so that a failure can be repeated. */
class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }
  of<T>(...choices: T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

/** Names that are hard to set in a table, or too long. */
const NAMES = [
  'a layer with a name of many short words that go on',
  'a_layer_with_one_word_that_is_much_too_long_for_its_column',
  'die Schicht mit den Ümläuten und mit überlanger Beschreibung',
  '最初の畳み込み層はとても長い名前を持っています',
  '🙂🙃 smile\tand\nbreak',
  'e\u0301'.repeat(40),
  'x'.repeat(257),
  '   ',
];

/** Specs as they are written, right or wrong: the makers of the API would refuse some. */
const layers = Object.fromEntries(
  Object.entries(LAYERS).map(([name, { className }]) => [
    name,
    (config: object) => ({ className, config }) as LayerSpec,
  ]),
) as Record<keyof typeof makers, (config: object) => LayerSpec>;

/** Mostly sensible settings, with a wrong one now and then. */
function randomLayer(dice: Dice): LayerSpec {
  const odd = <T>(usual: T, ...wrong: unknown[]): T =>
    (dice.below(40) === 0 ? dice.of(...wrong) : usual) as T;
  const pair = () => odd<Pair>(dice.of<Pair>(1, 2, 3, 5, [2, 3]), 0, 256, 2.5, '3', [3], -1);
  const padding = odd(dice.of('valid', 'same', undefined), 'causal') as 'valid';
  const activation = odd(dice.of('relu', 'tanh', undefined, 'softmax'), 'swish', 7) as 'relu';
  const name = dice.of(
    undefined,
    undefined,
    undefined,
    `layer${dice.below(20)}`,
    'conv2d_1',
    dice.of(...NAMES),
  );
  const useBias = odd(dice.of(true, false, undefined), 'yes') as boolean;
  const kernelInitializer = odd(dice.of('he_normal', undefined, 'zeros'), 'orthogonal') as 'zeros';
  const trainable = odd(dice.of(true, false, undefined), 'no', 0) as boolean;
  const weighted = { name, activation, useBias, kernelInitializer, trainable };
  switch (dice.below(9)) {
    case 8: {
      const window = { kernelSize: pair(), strides: pair(), padding, dilationRate: odd(2, 0, 300) };
      const depthMultiplier = odd(1 + dice.below(3), 0, 257, '1');
      const alone = { ...weighted, ...window, depthMultiplier };
      const filters = odd(1 + dice.below(40), 0, 5000);
      return dice.of(layers.depthwiseConv2d(alone), layers.separableConv2d({ ...alone, filters }));
    }
    case 0:
    case 1: {
      const filters = odd(1 + dice.below(40), 0, 5000, 1.5, Number.NaN, undefined);
      const apart = dice.of<Pair | undefined>(undefined, undefined, 2, [1, 3]);
      const window = { strides: apart ? 1 : pair(), padding };
      const dilationRate = odd(apart, 0, 256, [2]);
      const groups = odd(dice.of(undefined, 1, 1, 2, 3), 0, 4097, '1');
      return layers.conv2d({
        ...weighted,
        ...window,
        filters: groups === 2 ? filters * 2 : filters,
        kernelSize: pair(),
        dilationRate,
        groups,
      });
    }
    case 2:
      return layers.maxPooling2d({ name, poolSize: pair(), padding });
    case 3:
      return layers.averagePooling2d({ name, poolSize: pair(), strides: pair(), padding });
    case 4:
      return layers.flatten({ name });
    case 5:
      return layers.dense({ ...weighted, units: odd(1 + dice.below(300), 0, 70_000, null) });
    case 6:
      return layers.dropout({
        name,
        rate: odd(dice.of(0, 0.1, 0.5, 1 / 3), 1, -0.25, '0.5', 1e300),
      });
    default:
      return dice.of(
        layers.activation({ name, activation }),
        layers.rescaling({ name, scale: 0.1, offset: -1 }),
        layers.reLU({ name, maxValue: odd(dice.of(6, null), -1), threshold: dice.of(0, 1) }),
        randomAugmentation(dice, name),
        layers.softmax({ name }),
        layers.leakyReLU({ name, negativeSlope: odd(0.1, -1, 'x') }),
        layers.elu({ name, alpha: odd(0.5, 'x') }),
        layers.pReLU({ name, sharedAxes: dice.of<unknown>([1, 2], 3, null, [2, 2]) }),
        layers.reshape({ name, targetShape: dice.of([784], [-1, 4], [7, -1, 4], [], [2, -1, -1]) }),
        layers.permute({ name, dims: dice.of([2, 1, 3], [1], [2, 1], [1, 1, 2]) }),
        layers.zeroPadding2d({
          name,
          padding: odd(dice.of<unknown>(1, [1, 2], [[0, 1], 3]), 300, [1]),
        }),
        layers.cropping2d({ name, cropping: odd(dice.of<unknown>(1, [[2, 0], 1]), -1, '1') }),
        layers.upSampling2d({ name, size: pair(), interpolation: odd('bilinear', 'bicubic') }),
        layers.globalMaxPooling2d({ name, keepdims: dice.of(true, false) }),
        layers.globalAveragePooling2d({ name, keepdims: dice.of(true, false) }),
        layers.spatialDropout2d({ name, rate: odd(0.5, 1, -1) }),
        layers.gaussianNoise({ name, stddev: odd(0.5, 2, -1) }),
        layers.gaussianDropout({ name, rate: odd(0.5, 1, -1) }),
        layers.batchNormalization({
          name,
          momentum: odd(0.9, 'slow', 1e300),
          epsilon: odd(dice.of(0, 1e-5, undefined), -1e-3, '0'),
          center: odd(dice.of(true, false, undefined), 'yes'),
          scale: odd(dice.of(true, false, undefined), 1),
          trainable: odd(dice.of(true, false, undefined), 0),
          gammaInitializer: odd(dice.of('he_normal', undefined), 'orthogonal'),
        }),
      );
  }
}

/** One of the layers that change pictures. */
function randomAugmentation(dice: Dice, name: string | undefined): LayerSpec {
  const odd = <T>(usual: T, ...wrong: unknown[]): T =>
    (dice.below(20) === 0 ? dice.of(...wrong) : usual) as T;
  const factor = () =>
    odd(dice.of<unknown>(0, 0.1, 1, [0.05, 0.2], [0.2, 0.1]), -1, 1.5, [0.1], '1', [-2, 0]);
  const [heightFactor, widthFactor] = [factor(), factor()];
  const fillMode = odd(dice.of('wrap', undefined, 'constant'), 'mirror');
  const seed = odd(dice.of(undefined, null, 7), -1, 1.5);
  const common = { name, seed };
  const valueRange = odd(dice.of(undefined, [0, 1], [0, 255]), 3, [1]);
  return dice.of(
    layers.randomRotation({ ...common, factor: factor(), fillMode }),
    layers.randomTranslation({ ...common, heightFactor, widthFactor, fillValue: 0.5 }),
    layers.randomZoom({ ...common, heightFactor, widthFactor, interpolation: 'nearest' }),
    layers.randomFlip({ ...common, mode: odd(dice.of('vertical', undefined), 'both') }),
    layers.randomContrast({ ...common, factor: factor(), valueRange }),
    layers.randomBrightness({ ...common, factor: factor(), valueRange }),
    layers.imageDataGenerator({
      ...common,
      rotationRange: odd(10, -1, 361, '3'),
      widthShiftRange: odd(dice.of(0.1, 3), -0.1, 20_000),
      shearRange: odd(dice.of(0, 0.2), 400),
      zoomRange: odd(dice.of<unknown>(0.1, [0.8, 1.2]), 200, [0.1]),
      horizontalFlip: odd(true, 1),
      interpolationOrder: odd(dice.of(0, 1), 2, 0.5),
    }),
  );
}

function randomModel(seed: number): KerasConfig {
  const dice = new Dice(seed);
  const specs = Array.from({ length: 1 + dice.below(6) }, () => randomLayer(dice));
  const inputShape = dice.of([28, 28, 1], [28, 28, 1], [7, 9, 3], [64], [12, 5], [0, 28, 1]);
  specs[0] = { ...specs[0]!, config: { ...specs[0]!.config, inputShape } } as LayerSpec;
  const name = dice.of('sequential', 'a "quoted" name', 'ü'.repeat(120 + dice.below(10)));
  return toKeras(name, specs);
}

it('page and core agree about the presets', () => {
  const names = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const;
  const said = agree(names.map((name) => toKeras('sequential', presetLayers(name))));
  expect(said.map(([{ parameters }]) => parameters)).toEqual([7850, 21_898, 34_826]);
});

it('page and core agree about 4,000 random models, about half of which are wrong', () => {
  const said = agree(Array.from({ length: 4000 }, (_, i) => randomModel((i + 1) * 7919)));
  const wrong = said.filter(([{ error }]) => error);
  expect(wrong.length).toBeGreaterThan(400);
  expect(wrong.length).toBeLessThan(3600);
  for (const [page, core] of wrong) {
    // The core looks at a layer's settings before it looks at what comes to it.
    if (page.error!.code === 'shape_mismatch' && core.error!.code !== 'invalid_config') {
      expect(core.error).toEqual(page.error);
    } else expect(core.error).toBeDefined();
  }
  const codes = new Set(wrong.map(([{ error }]) => error!.code));
  expect([...codes]).toEqual(expect.arrayContaining(['invalid_config', 'shape_mismatch']));
});

it('page and core agree about graphs of layers, right and wrong', () => {
  const a = { name: 'a', filters: 4, kernelSize: 3 } as const;
  const graph = (...join: LayerSpec[]) =>
    toKeras('graph', [
      { className: 'Conv2D', config: a },
      { className: 'Conv2D', config: { ...a, name: 'b', inbound: ['input_layer'] } },
      { className: 'GlobalMaxPooling2D', config: { name: 'most', inbound: ['a'] } },
      ...join,
    ]);
  const join = (className: 'Add' | 'Subtract' | 'Multiply', ...inbound: string[]): LayerSpec => ({
    className,
    config: { inbound },
  });
  const behind =
    (...inbound: string[]) =>
    (axis: number) =>
      graph({ className: 'Concatenate', config: { inbound, axis } });
  const right = [
    graph(join('Add', 'a', 'b', 'most')),
    graph(join('Multiply', 'most', 'a'), join('Subtract', 'multiply', 'b')),
    ...[-1, 3].map((axis) =>
      graph(join('Add', 'a', 'most'), {
        className: 'Concatenate',
        config: { inbound: ['add', 'b'], axis },
      }),
    ),
  ];
  const wrong = [
    graph(join('Add', 'a', 'b')),
    graph(join('Add', 'a', 'b', 'c', 'most')),
    graph(join('Add', 'a', 'b', 'most', 'input_layer')),
    graph(join('Subtract', 'a', 'b', 'most')),
    graph({ className: 'Flatten', config: { inbound: ['a', 'b', 'most'] } }),
    ...[-3, 0, 1, 2].map(behind('a', 'b', 'most')),
  ];
  for (const [said] of agree(right)) expect(said.error).toBeUndefined();
  for (const [page, core] of agree(wrong)) {
    expect(page.error).toBeDefined();
    expect(core.error).toEqual(page.error);
  }
});

it('the browser’s module counts what the program counts', async () => {
  const configs = (['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const).map(
    (name) => describeModel(toKeras('sequential', presetLayers(name))).config,
  );
  const core = await realCore();
  const module = configs.map((config) => {
    const model = core.createModel(JSON.stringify(config), 1);
    return { inputSize: model.inputSize(), multiplications: model.multiplications() };
  });
  expect(module).toEqual(
    coreSays(configs).map(({ inputSize, multiplications }) => ({ inputSize, multiplications })),
  );
  // A dense layer multiplies once a weight.
  expect(module[0]).toEqual({ inputSize: 784, multiplications: 7840 });
});

const file = (...list: unknown[]): KerasConfig => ({
  class_name: 'Sequential',
  config: {
    layers: [{ class_name: 'InputLayer', config: { batch_shape: [null, 28, 28, 1] } }, ...list],
  },
});

it('page and core refuse the same models for their size and their work', () => {
  const pool = {
    class_name: 'MaxPooling2D',
    config: { pool_size: 255, strides: 1, padding: 'same' },
  };
  const conv = (filters: number, kernel_size: number) => ({
    class_name: 'Conv2D',
    config: { filters, kernel_size, padding: 'same' },
  });
  const said = agree([
    file(conv(4096, 1), pool, pool, pool),
    file(conv(64, 1), conv(16, 255)),
    file(...Array.from({ length: 12 }, () => conv(4096, 1))),
    file(...Array.from({ length: 150 }, () => ({ class_name: 'ReLU', config: {} }))),
    file(conv(64, 3), conv(64, 3), { class_name: 'MaxPooling2D', config: {} }, conv(128, 3)),
  ] as KerasConfig[]);
  const large = 'model_too_large';
  const codes = said.map(([page]) => page.error?.code);
  expect(codes).toEqual([large, large, large, undefined, undefined]);
  for (const [page, core] of said) expect(page.error).toEqual(core.error);
});

it('page and core agree about what the page reads from files, in whichever form', () => {
  const said = agree([
    file({ class_name: 'Flatten', config: {} }, { class_name: 'Softmax', config: { axis: -1 } }),
    file({ class_name: 'ReLU', config: { max_value: 6 } }),
    file({ class_name: 'ReLU', config: { negative_slope: 0.1 } }),
    file({ class_name: 'Conv2D', config: { filters: 2, kernel_size: 3, groups: 2 } }),
    file({ class_name: 'Conv2D', config: { filters: 2, kernel_size: 3, dilation_rate: [2, 2] } }),
    file({
      class_name: 'Conv2D',
      config: { filters: 2, kernel_size: 3, data_format: 'channels_first' },
    }),
    file({
      class_name: 'Conv2D',
      config: { filters: 2, kernel_size: 3, kernel_regularizer: { class_name: 'L2' } },
    }),
    file({ class_name: 'x'.repeat(65), config: {} }),
    file({ class_name: 'Flatten', config: { name: 'ü'.repeat(129) } }),
    file({ class_name: 'Activation', config: { activation: 'ö'.repeat(33) } }),
    file({
      class_name: 'Activation',
      config: { activation: { class_name: 7, more: ['ä', '\u{1f600}'] } },
    }),
    ...['fan_avg', 'fan_in', 'fan_out'].flatMap((mode) =>
      [1, 2].flatMap((scale) =>
        ['uniform', 'truncated_normal', 'untruncated_normal'].map((distribution) =>
          file(
            { class_name: 'Flatten', config: {} },
            {
              class_name: 'Dense',
              config: {
                units: 2,
                kernel_initializer: {
                  class_name: 'VarianceScaling',
                  config: { scale, mode, distribution },
                },
              },
            },
          ),
        ),
      ),
    ),
    ...[
      {},
      { trainable: true },
      { trainable: null },
      { axis: 1 },
      { axis: [3] },
      { renorm: true },
    ].map((more) => file({ class_name: 'BatchNormalization', config: { name: 'norm', ...more } })),
    file({
      class_name: 'BatchNormalization',
      config: { trainable: false, axis: -1, renorm: false },
    }),
    file({ class_name: 'LSTM', config: { name: 'l' } }),
    file({ class_name: 'InputLayer', config: {} }),
    file({ class_name: 'Dense' }),
    file(7),
    file({
      class_name: 'Dense',
      config: { units: 3, kernel_initializer: { class_name: 'GlorotUniform', config: {} } },
    }),
    { class_name: 'Functional', config: {} },
    { class_name: 'Sequential', config: {} },
    { class_name: 'Sequential', config: { layers: [] } },
    {
      class_name: 'Sequential',
      config: {
        layers: [{ class_name: 'Flatten', config: { batch_input_shape: [null, 4, null] } }],
      },
    },
    file(...Array.from({ length: 257 }, () => ({ class_name: 'Dropout', config: {} }))),
    file(
      { class_name: 'Conv2D', config: { filters: 4096, kernel_size: [255, 255], padding: 'same' } },
      { class_name: 'Flatten', config: {} },
    ),
    file(
      { class_name: 'Flatten', config: {} },
      { class_name: 'Dense', config: { units: 65536 } },
      { class_name: 'Dense', config: { units: 65536 } },
    ),
  ] as KerasConfig[]);
  expect(said.some(([{ error }]) => error?.code === 'unsupported_model')).toBe(true);
  expect(said.filter(([{ error }]) => !error).length).toBeGreaterThan(7);
});
