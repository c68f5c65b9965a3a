// The notebooks of examples/: what they say is read to the lecture's models and settings, with nothing that stops.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { presetLayers } from '../../../web/api/index.ts';
import { planOfCode } from '../../../web/elements/plan/code_plan.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const read = (name: string) => readKeras(readFileSync(`examples/notebooks/${name}.ipynb`, 'utf8'));

test.each([
  [
    'softmax_regression',
    'softmax-regression',
    { epochs: 10, validationSplit: 0.5, patience: null },
  ],
  ['training', 'simple-cnn', { epochs: 50, validationSplit: 0.5, patience: 2, checkpoint: true }],
  ['applying', 'simple-cnn', { epochs: 2, validationSplit: 0.1, patience: null }],
] as const)('%s', (name, preset, settings) => {
  const reading = read(name);
  expect(reading.unread).toEqual([]);
  expect(reading.hints).toEqual([]);
  const plan = planOfCode(reading);
  expect(plan.notes).toEqual([]);
  expect(plan.settings).toMatchObject({ ...settings, batchSize: 200, optimizer: 'adam' });
  expect(plan.layers.map(({ className }) => className)).toEqual(
    presetLayers(preset).map(({ className }) => className),
  );
});
