// Steps in rounds: what a BatchNormalization needs of the whole batch is told between the threads, and a thread may be lost at
// any message of a step.
import { describe, expect, it } from 'vitest';
import { layers, sequential } from '../../../web/api/index.ts';
import type { Channel } from '../../../web/platform/channel.ts';
import { fitArgs } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

const config = JSON.stringify(
  sequential({
    layers: [
      layers.conv2d({ filters: 2, kernelSize: 5, strides: 4, inputShape: [28, 28, 1] }),
      layers.batchNormalization(),
      layers.reLU(),
      layers.flatten(),
      layers.dense({ units: 8 }),
      layers.batchNormalization({ momentum: 0.8 }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  }).config(),
);

/** After a fit with so many threads; task `lostAt` of those that were given away never arrives, as its thread is gone. */
async function fitted(threads: number, lostAt = 0) {
  let tasks = 0;
  const onCompute = (channel: Channel) => {
    const post = channel.post.bind(channel);
    channel.post = (message, transfer) => {
      const isTask = (message as { kind: string }).kind === 'task';
      if (isTask && ++tasks === lostAt) setImmediate(() => channel.onLost('killed by the test'));
      else post(message, transfer);
    };
  };
  const harness = await Harness.started({ onCompute });
  await openStripes(harness, 1, 330);
  await harness.request('model.create', { model: 1, config, seed: 42, weights: null });
  // Long enough for the threads to have started.
  await harness.request('fit', fitArgs({ batch_size: 64, epochs: 30 }, { threads }));
  const weights = await harness.request('model.weights', { model: 1 });
  const warnings = harness.notices.flatMap((n) => (n.type === 'warning' ? [n.error.code] : []));
  return { tasks, weights, warnings };
}

describe('rounds', () => {
  it('give the same bits for any number of threads', async () => {
    const one = await fitted(1);
    for (const threads of [2, 3, 5]) {
      const many = await fitted(threads);
      expect(many.tasks, 'tasks given away').toBeGreaterThan(0);
      expect(many.weights, `${threads} threads`).toEqual(one.weights);
    }
  });

  it('begin anew, with the same bits, when a thread that others wait for is lost at any message', async () => {
    const one = await fitted(1);
    // Each unit of a step is one task and four rounds more.
    for (let lostAt = 1; lostAt <= 16; lostAt++) {
      const { tasks, weights, warnings } = await fitted(4, lostAt);
      expect(tasks, 'tasks given away').toBeGreaterThanOrEqual(lostAt);
      expect(weights, `lost at task ${lostAt}`).toEqual(one.weights);
      expect(warnings).toEqual(['compute_lost']);
    }
  });
});
