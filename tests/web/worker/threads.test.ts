import { expect, it } from 'vitest';
import { presets } from '../../../web/api/presets.ts';
import { resolveThreads } from '../../../web/worker/threads.ts';
import { realCore } from '../../support/trainer_harness.ts';

it('auto takes the cores for models that gain, one for those that do not, and never more than 8', async () => {
  const core = await realCore();
  const model = (name: keyof typeof presets) =>
    core.createModel(JSON.stringify(presets[name]().config()), 1);
  const softmax = model('softmax-regression');
  const simple = model('simple-cnn');
  const twoConv = model('two-conv-cnn');
  expect(resolveThreads('auto', softmax, 128, 4)).toBe(1);
  expect(resolveThreads('auto', softmax, 5000, 4)).toBe(1);
  expect(resolveThreads('auto', simple, 32, 4)).toBe(1);
  expect(resolveThreads('auto', simple, 200, 4)).toBe(4);
  expect(resolveThreads('auto', twoConv, 32, 16)).toBe(8);
  expect(resolveThreads('auto', twoConv, 32, 1)).toBe(1);
  expect(resolveThreads(3, softmax, 32, 1)).toBe(3);
  expect(resolveThreads(99, softmax, 32, 1)).toBe(8);
});
