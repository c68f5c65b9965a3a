// Models and fits for the tests of the trainer worker.
import { expect } from 'vitest';
import { presets } from '../../web/api/presets.ts';
import type { Args } from '../../web/protocol/messages.ts';
import { Harness, openStripes } from './trainer_harness.ts';

const config = (preset: keyof typeof presets) => JSON.stringify(presets[preset]().config());

export async function withModel(
  harness: Harness,
  model = 1,
  preset: keyof typeof presets = 'simple-cnn',
) {
  const args = { model, config: config(preset), seed: 42, weights: null };
  await harness.request('model.create', args);
}

export function fitArgs(
  options: Record<string, unknown> = {},
  rest: Partial<Args<'fit'>> = {},
): Args<'fit'> {
  return {
    model: 1,
    data: 1,
    validation: null,
    options: JSON.stringify({ batch_size: 50, epochs: 2, seed: 42, ...options }),
    threads: 1,
    checkpoints: false,
    backups: false,
    from: null,
    actions: [],
    ...rest,
  };
}

export async function weightsAfter(
  threads: number,
  options: Record<string, unknown>,
): Promise<Float32Array> {
  const harness = await Harness.started();
  await openStripes(harness, 1, 630);
  await withModel(harness);
  await harness.request('fit', fitArgs(options, { threads }));
  expect(harness.computes).toHaveLength(threads - 1);
  return harness.request('model.weights', { model: 1 });
}

/** Waits until a paused fit has done so many steps. */
export async function stepsDone(harness: Harness, steps: number): Promise<void> {
  for (;;) {
    const { optimizer } = await harness.request('model.snapshot', { model: 1 });
    if (optimizer.steps >= steps) return;
    await new Promise((done) => setTimeout(done, 5));
  }
}
