// What <ziffer-lab> offers a page, in words: the custom-elements manifest is written from it, and tests hold it and
// docs/EMBEDDING.md to the element.

import { NUMBERS, readSetting, settingOf, settingText } from '../plan/setting_texts.ts';
import { defaultSettings, LIMITS, PRESETS } from '../plan/settings.ts';
import { DEFAULT_PANELS, LAB_ATTRIBUTES, PANELS, THEMES } from './attributes.ts';

export interface Described {
  readonly name: string;
  readonly about: string;
}

export interface DescribedAttribute extends Described {
  readonly property: string;
  /** What it may say, and what holds without it. */
  readonly values: string;
  readonly fallback: string;
}

type Row = readonly [values: string, fallback: string, about: string];

const OWN: Readonly<Record<string, Row>> = {
  preset: [PRESETS.join(', '), 'simple-cnn', 'The model. It follows what a person chooses.'],
  layers: [
    'layers in words',
    '',
    'A model of one’s own: Flatten;Dense:units=10,activation=softmax.',
  ],
  panels: [`some of ${PANELS.join(' ')}`, DEFAULT_PANELS.join(' '), 'What is shown.'],
  locale: ['en, de', 'the nearest lang', 'The language of words and numbers.'],
  theme: [THEMES.join(', '), 'auto', 'Light, dark, or as the system.'],
  task: ['text', '', 'The sentence of an exercise, over the panels.'],
  goal: [
    'conditions with semicolons',
    '',
    'What a training is to reach: test-accuracy >= 0.97; parameters <= 20000.',
  ],
  controls: [
    'no-… and lock-… words',
    '',
    'What is hidden, and what is shown and not to be changed.',
  ],
  loading: ['lazy, eager', 'lazy', 'Whether it starts when it is seen or at once.'],
  poster: [
    'address of a picture',
    '',
    'Shown with a button; until that is pressed nothing is loaded.',
  ],
  src: [
    'address of a .keras, .h5 or model.json, or of a .py or .ipynb',
    '',
    'A model with its weights, or Keras code, before layers and preset.',
  ],
  data: [
    'address of a folder or a manifest.json, or of four files',
    'MNIST',
    'Another data set in IDX form: 28 × 28 pixels, ten classes.',
  ],
  classes: ['ten names with commas', '0 … 9', 'What the classes are called.'],
  'worker-src': [
    'address of worker.js',
    'beside the script',
    'Where the policy allows workers from. One for the page.',
  ],
  'wasm-src': [
    'address of ziffer-core.wasm',
    'beside the script',
    'Where the module is. One for the page.',
  ],
};

const SETTINGS: Readonly<Record<string, string>> = {
  seed: 'The same seed gives the same run, to the last bit.',
  epochs: 'Passes over the training images, at most.',
  'batch-size': 'Images a step.',
  'validation-split': 'Share of the training images, the last ones, that is held back to check.',
  patience: 'Epochs without a better validation loss before it stops.',
  optimizer: 'How a gradient becomes a change of the weights.',
  'learning-rate': 'How large a step is.',
  momentum: 'Of sgd and rmsprop.',
  nesterov: 'Of sgd with a momentum.',
  rho: 'Of rmsprop.',
  'beta-1': 'Of adam.',
  'beta-2': 'Of adam.',
  'train-count': 'How many of the training images are used.',
  threads: 'Processor cores; the result does not depend on it.',
  besides: 'What the optimizer is told besides: clipping, averages, a schedule.',
  checkpoint: 'Whether the best epoch’s weights are kept.',
};

export const ATTRIBUTES: readonly DescribedAttribute[] = LAB_ATTRIBUTES.map(
  ({ name, property }) => {
    const [values, fallback, about] = OWN[name] ?? settingRow(name);
    return { name, property, values, fallback, about };
  },
);

function settingRow(name: string): Row {
  const key = NUMBERS[name];
  const { expected } = readSetting(name, 'what?') as { expected: string };
  const whole = key && LIMITS[key].integer ? ', whole' : '';
  const none = name === 'patience' ? ', or none' : '';
  const fallback = settingText(defaultSettings('simple-cnn')[settingOf(name)]);
  return [`${expected}${whole}${none}`, fallback, SETTINGS[name] ?? ''];
}

export const EVENTS: readonly (Described & { readonly type: string })[] = [
  { name: 'ready', about: 'A model reads the pad.' },
  { name: 'step', about: 'Steps were trained; at most 20 a second.' },
  { name: 'epoch', about: 'An epoch is done.' },
  { name: 'trained', about: 'The training is over and the test digits are read.' },
  { name: 'goal', about: 'What a training has reached of the goal, as a score from 0 to 1.' },
  { name: 'predict', about: 'The digit on the pad was read.' },
  {
    name: 'digits',
    about: 'Digits that were drawn and named are kept, or taken away: how many there are.',
  },
  { name: 'error', about: 'A ZifferError with a stable code; also for attributes.' },
].map(({ name, about }) => ({
  name: `ziffer-${name}`,
  type: `CustomEvent<ExperimentEvents['${name}']>`,
  about,
}));

export const METHODS: readonly Described[] = [
  { name: 'load', about: 'Loads the panels, as being seen does; resolves with the experiment.' },
  { name: 'start', about: 'Trains, or goes on from a pause.' },
  { name: 'trainOn', about: 'Trains the model further from what it has learned, as a second fit.' },
  { name: 'pause', about: 'Pauses between two steps.' },
  { name: 'stop', about: 'Ends the training and keeps what was learned.' },
  { name: 'reset', about: 'Back to the untrained network of the same seed.' },
  { name: 'draw', about: 'Draws strokes of [x, y] points in any unit, and has them read.' },
];

export const SLOTS: readonly Described[] = [
  { name: '', about: 'Stands until the lab is there, and where it cannot be.' },
  { name: 'title', about: 'Over the lab.' },
  { name: 'task', about: 'An exercise with markup, instead of the attribute.' },
  { name: 'caption', about: 'Under the lab.' },
];

export const PARTS: readonly string[] = [
  ...[
    'lab',
    'waiting',
    'poster',
    'start',
    'task',
    'panel',
    'bar',
    'draw',
    'train',
    'model',
    'closer',
  ],
  ...['title', 'button', 'primary', 'pad', 'step', 'verdict', 'bars', 'status', 'keras', 'chart'],
  ...['figures', 'test-accuracy', 'sees', 'layers', 'layer', 'settings', 'input', 'notice'],
  'train-bar',
];

export const PROPERTIES: readonly Described[] = [
  { name: 'paper', about: 'Behind the panels' },
  { name: 'card', about: 'Panels' },
  { name: 'ink', about: 'Text and strokes' },
  { name: 'muted', about: 'Less important text' },
  { name: 'line', about: 'Hairlines' },
  { name: 'edge', about: 'Borders of controls' },
  { name: 'soft', about: 'Quiet areas' },
  { name: 'training', about: 'Training, the first button, focus' },
  { name: 'on-training', about: 'Text on that' },
  { name: 'validation', about: 'Validation' },
  { name: 'good', about: 'What went well' },
  { name: 'bad', about: 'What did not' },
  { name: 'font', about: 'Font family' },
  { name: 'mono', about: 'Font family of summaries and code' },
  { name: 'radius', about: 'Corners of panels' },
].map(({ name, about }) => ({ name: `--ziffer-${name}`, about: `${about}.` }));
