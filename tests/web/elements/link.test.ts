// What an address, a query or an attribute says: read without ever throwing, and what is not understood is told with the nearest word.
import { describe, expect, it, vi } from 'vitest';
import { type LayerSpec, layers, type OptimizerSpec, sequential } from '../../../web/api/index.ts';
import { attributesFrom, complaintsFrom } from '../../../web/app/query.ts';
import { LAB_ATTRIBUTES } from '../../../web/elements/attributes/attributes.ts';
import { Experiment } from '../../../web/elements/experiment/experiment.ts';
import { meant, unknownAttributes } from '../../../web/elements/plan/complaint.ts';
import { checkLayers, withInput } from '../../../web/elements/plan/layer_list.ts';
import { layerDetail } from '../../../web/elements/plan/layer_words.ts';
import {
  decoded,
  followLink,
  LINK_NAMES,
  layersText,
  linkOf,
  readLayers,
  readLink,
} from '../../../web/elements/plan/link.ts';
import {
  defaultSettings,
  optimizerOf,
  optimizerSettings,
} from '../../../web/elements/plan/settings.ts';
import { localeFor } from '../../../web/locales/index.ts';

vi.stubGlobal('document', { baseURI: 'https://host.example/lab/embed.html' });

describe('a link', () => {
  it.each([
    ['preset=two-conv', 'two-conv-cnn'],
    ['preset=simple-cnn%', 'simple-cnn'],
    ['preset=Simple-CNN', 'simple-cnn'],
    ['presets=simple-cnn', 'preset'],
    ['layers=Conv2', 'Conv2D'],
    ['layers=Flatten;Denser:units=10', 'Dense'],
    ['optimizer=adan', 'adam'],
    ['epoch=3', 'epochs'],
  ])('that says %s opens nothing else, and names %s', (link, wanted) => {
    const { preset, layers, complaints } = readLink(link);
    expect([preset, layers]).toEqual([null, null]);
    expect(complaints).toHaveLength(1);
    expect(meant(complaints[0]!, LINK_NAMES)).toBe(wanted);
  });

  it.each([
    'Conv2D',
    'Dense',
    'Dropout',
    'Activation',
    'Dense:units=',
    'Dense:units=ten',
    'Dense:units=1x2x3',
    'Dense:activation=reluu',
    'Dropout:rate=',
    'constructor',
    '',
  ])('with the layers "%s" is told as one that is not understood', (layers) => {
    expect(readLink(`layers=${layers}`)).toMatchObject({
      layers: null,
      complaints: [{ name: 'layers', text: layers }],
    });
  });

  it('keeps what it understands beside what it does not', () => {
    const read = readLink('preset=simple-cnn&epochs=3&seed=x&batch-size=64');
    expect(read).toMatchObject({ preset: 'simple-cnn', settings: { epochs: 3, batchSize: 64 } });
    expect(read.complaints.map(({ name }) => name)).toEqual(['seed']);
  });

  it.each([
    { name: 'adam', weightDecay: 0.004, clipnorm: 1 },
    { name: 'sgd', momentum: 0.9, globalClipnorm: 2.5, useEma: true, emaMomentum: 0.95 },
    { name: 'adam', epsilon: 1e-8 },
    {
      name: 'adamw',
      learningRate: {
        name: 'ExponentialDecay',
        initialLearningRate: 0.01,
        decaySteps: 1000,
        decayRate: 0.96,
        staircase: true,
      },
    },
    {
      name: 'nadam',
      learningRate: {
        name: 'PiecewiseConstantDecay',
        boundaries: [100, 200],
        values: [0.1, 0.01, 1e-7],
      },
    },
  ])('says what the optimizer was told besides: %j', (told) => {
    const settings = {
      ...defaultSettings('simple-cnn'),
      ...optimizerSettings(told as OptimizerSpec),
    };
    const link = linkOf({ modelName: 'simple-cnn', layers: [], settings });
    expect(link).not.toMatch(/["%\s]/);
    const read = readLink(link);
    expect(read.complaints).toEqual([]);
    const found = { ...defaultSettings('simple-cnn'), ...read.settings };
    expect(optimizerOf(found)).toEqual(optimizerOf(settings));
  });

  it.each([
    'besides=clipnorm',
    'besides=clipnorms:1',
    'besides=clipnorm:1,clipvalue:1',
    'besides=learningRate:{name:Decay}',
    'besides=a:{',
  ])('"%s" is told as one that is not understood', (link) => {
    const { settings, complaints } = readLink(link);
    expect(settings).not.toHaveProperty('besides');
    expect(complaints).toMatchObject([{ name: 'besides' }]);
  });

  it('is told on the console and to the page, and the experiment stays what it was', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const told: string[] = [];
    const experiment = new Experiment((name, detail) =>
      told.push(`${name} ${JSON.stringify(detail)}`),
    );
    experiment.choose('softmax-regression');
    followLink(experiment, 'preset=two-conv');
    expect(experiment.modelName).toBe('softmax-regression');
    expect(experiment.complaints).toMatchObject([{ name: 'preset', text: 'two-conv' }]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('preset=two-conv'));
    expect(told.some((line) => line.startsWith('error') && line.includes('invalid_argument'))).toBe(
      true,
    );
    warn.mockRestore();
  });

  it('that anybody has typed never throws, and what is read of it can be shown and written', () => {
    let seed = 1;
    const next = (n: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % n;
    };
    const parts = [
      '%',
      '%E0%A4',
      '#',
      '&',
      '=',
      ';',
      ':',
      ',',
      'x',
      '-1',
      '1e9',
      '0',
      'NaN',
      '３',
      'preset',
      'layers',
      'simple-cnn',
      'two-conv',
      'Conv2D',
      'Dense',
      'Dropout',
      'Flatten',
      'units',
      'filters',
      'kernelSize',
      'rate',
      'activation',
      'relu',
      'inputShape',
      'trainable',
      'true',
      'seed',
      'epochs',
      'threads',
      'toString',
      '__proto__',
      '\u0000',
    ];
    for (let n = 0; n < 5_000; n++) {
      const link = Array.from({ length: 1 + next(14) }, () => parts[next(parts.length)]).join('');
      expect(typeof decoded(link)).toBe('string');
      const { layers } = readLink(link);
      if (!layers) continue;
      layersText(layers);
      for (const layer of layers) layerDetail(layer, localeFor('de'));
      checkLayers(withInput(layers), 1).model?.dispose();
    }
  });
});

it('a link keeps what no card shows of a layer, where it is not Keras’s own', () => {
  const list = [
    layers.conv2d({
      filters: 4,
      kernelSize: 3,
      dilationRate: [1, 2],
      useBias: false,
      kernelInitializer: 'he_normal',
    }),
    layers.batchNormalization({ momentum: 0.9, center: false, epsilon: 1e-5 }),
    layers.conv2d({ filters: 4, kernelSize: 3, groups: 2, padding: 'same' }),
    layers.reLU({ maxValue: 6, negativeSlope: 0.1 }),
    layers.rescaling({ scale: 2, offset: -1 }),
    layers.flatten(),
    layers.dense({ units: 10, activation: 'softmax', biasInitializer: 'ones' }),
  ];
  const plain = (all: readonly LayerSpec[]) =>
    sequential({ layers: all }).specs.map(({ config }) => config);
  const read = readLayers(layersText(list));
  expect(read).toHaveProperty('value');
  if ('value' in read) expect(plain(read.value)).toEqual(plain(list));
  // And says nothing of the rest.
  expect(layersText([layers.dense({ units: 10, useBias: true })])).toBe('Dense:units=10');
});

it('an address that is cut off inside an escape is read as far as it goes', () => {
  expect(decoded('preset=simple-cnn%')).toBe('preset=simple-cnn%');
  expect(decoded('a%20b%E0%A4')).toBe('a b%E0%A4');
});

describe('names that there are not', () => {
  const names = LAB_ATTRIBUTES.map(({ name }) => name);

  it.each([
    ['pannels', 'panels'],
    ['batchsize', 'batch-size'],
    ['lodaing', 'loading'],
    ['epoch', 'epochs'],
  ])('%s: did you mean %s?', (name, wanted) => {
    const [complaint] = unknownAttributes([[name, 'x']], names);
    expect(meant(complaint!, names)).toBe(wanted);
    expect(complaintsFrom([[name, 'x']])).toEqual([{ name, text: 'x', expected: null }]);
  });

  it('HTML’s own and those of frameworks are nobody’s mistake', () => {
    const given = [
      'id',
      'class',
      'data-v-1a2b',
      'aria-label',
      'onclick',
      '_ngcontent-abc',
      'v-if',
      'style',
      'panels',
    ];
    expect(
      unknownAttributes(
        given.map((name) => [name, '']),
        names,
      ),
    ).toEqual([]);
  });

  it('a query tells of programs and of addresses that may not be, and takes none of them', () => {
    const query = [
      ['worker-src', 'x.js'],
      ['src', 'data:,x'],
      ['data', 'blob:x'],
      ['origin', 'https://a.example'],
    ] as const;
    expect(attributesFrom(query)).toEqual([]);
    expect(complaintsFrom(query).map(({ name }) => name)).toEqual(['worker-src', 'src', 'data']);
  });
});
