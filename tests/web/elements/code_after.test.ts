// The code beside the cards says what the cards say, whatever was changed in them.
import { describe, expect, it } from 'vitest';
import { layers, presetLayers } from '../../../web/api/index.ts';
import { codeAfter, says } from '../../../web/elements/plan/code_after.ts';
import { defaultSettings, PRESETS } from '../../../web/elements/plan/settings.ts';
import { readKeras } from '../../../web/keras_code/read_keras.ts';

const usual = defaultSettings('simple-cnn');

describe('code of the lab’s own is read back to the same layers and settings', () => {
  it.each(PRESETS)('%s', (preset) => {
    const wanted = { layers: presetLayers(preset), settings: defaultSettings(preset) };
    expect(says(readKeras(codeAfter(null, undefined, wanted)), wanted)).toBe(true);
  });

  it.each([
    { patience: null },
    { checkpoint: !usual.checkpoint },
    { validationSplit: 0, patience: null, checkpoint: false },
    { trainCount: 400 },
    { optimizer: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true },
    { optimizer: 'rmsprop', rho: 0.8 },
    { epochs: 3, batchSize: 17 },
  ] as const)('with %o', (changed) => {
    const wanted = { layers: presetLayers('simple-cnn'), settings: { ...usual, ...changed } };
    expect(says(readKeras(codeAfter(null, undefined, wanted)), wanted)).toBe(true);
  });
});

it('code that still says what the cards say stays as it is', () => {
  const wanted = {
    layers: [layers.flatten({ inputShape: [28, 28] }), layers.dense(10)],
    settings: usual,
  };
  const code = `# mine\n${codeAfter(null, undefined, wanted)}`;
  expect(codeAfter(code, undefined, wanted)).toBe(code);
});
