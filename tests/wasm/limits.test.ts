// What the browser's module takes: finite numbers only, and memory by what is asked.
import { expect, it } from 'vitest';
import { presets } from '../../web/api/presets.ts';
import type { CoreModel } from '../../web/worker/core.ts';
import { realCore } from '../support/trainer_harness.ts';

async function regression(): Promise<CoreModel> {
  return (await realCore()).createModel(
    JSON.stringify(presets['softmax-regression'](1).config()),
    1,
  );
}

function code(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
  return 'taken';
}

it('weights that are not finite are refused, and the model keeps its own', async () => {
  const model = await regression();
  const before = model.parameters();
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const weights = before.slice();
    weights[7849] = bad;
    expect(code(() => model.setParameters(weights))).toBe('invalid_argument');
    const slots = [before.slice(), weights];
    expect(code(() => model.setOptimizerState({ steps: 1, slots }))).toBe('invalid_argument');
  }
  expect(model.parameters()).toEqual(before);
});

it('a picture that is not finite is not answered', async () => {
  const model = await regression();
  const picture = new Float32Array(784);
  picture[3] = Number.NaN;
  expect(code(() => model.predict(picture, 1))).toBe('invalid_argument');
  expect(code(() => model.activations(picture))).toBe('invalid_argument');
  expect(code(() => model.saliency(picture, 0))).toBe('invalid_argument');
});

it('one picture takes the memory of one, not of fifty', async () => {
  const core = await realCore();
  const side = 2048;
  const layers = [
    { class_name: 'InputLayer', config: { batch_shape: [null, side, side, 1] } },
    { class_name: 'Rescaling', config: { name: 'r', scale: 2, offset: 1, trainable: true } },
    {
      class_name: 'ReLU',
      config: { name: 'a', trainable: true, max_value: null, negative_slope: 0, threshold: 0 },
    },
  ];
  const config = { class_name: 'Sequential', config: { name: 'large', layers } };
  const model = core.createModel(JSON.stringify(config), 1);
  expect(model.predict(new Float32Array(side * side), 1)[0]).toBe(1);
});
