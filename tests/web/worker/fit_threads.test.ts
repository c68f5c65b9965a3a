// Fits and evaluations that compute workers share.
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../web/platform/channel.ts';
import { fitArgs, weightsAfter, withModel } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

describe('threads', () => {
  it('give bit-identical weights for any number, validated or not, whatever the last batch', async () => {
    for (const options of [{}, { validation_split: 0.3, batch_size: 64 }]) {
      const one = await weightsAfter(1, options);
      for (const threads of [2, 3, 8]) {
        expect(await weightsAfter(threads, options), `${threads} threads`).toEqual(one);
      }
    }
  });

  it('evaluate to the same numbers, while a fit of the same model goes on too', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 2500);
    await withModel(harness);
    const alone = await harness.request('evaluate', { model: 1, data: 1, threads: 1 });
    const fit = harness.request('fit', fitArgs({ epochs: 1 }, { threads: 2 }));
    // Asked for before the first step is done: what is evaluated are the weights of that moment.
    const during = await harness.request('evaluate', { model: 1, data: 1, threads: 3 });
    await fit;
    const after = await harness.request('evaluate', { model: 1, data: 1, threads: 3 });
    expect(during.predicted).toHaveLength(2500);
    expect(after.accuracy).toBeGreaterThan(alone.accuracy);
    const again = await harness.request('evaluate', { model: 1, data: 1, threads: 1 });
    expect(again).toEqual(after);
  });

  it('that are lost leave the result as it is, and the page is told', async () => {
    const expected = await weightsAfter(1, { epochs: 20 });
    const channels: Channel[] = [];
    const harness = await Harness.started({ onCompute: (channel) => channels.push(channel) });
    await openStripes(harness, 1, 630);
    await withModel(harness);
    harness.onNotice = (notice) => {
      if (notice.type === 'step' && notice.report.threads > 1) {
        channels[0]?.onLost('killed by the test');
      }
    };
    await harness.request('fit', fitArgs({ epochs: 20 }, { threads: 3 }));
    expect(await harness.request('model.weights', { model: 1 })).toEqual(expected);
    const warnings = harness.notices.filter((n) => n.type === 'warning');
    expect(warnings.map((n) => n.error.code)).toContain('compute_lost');
  });

  it('that cannot be started are done without', async () => {
    const expected = await weightsAfter(1, {});
    const startCompute = () => Promise.reject(new Error('blocked by the policy'));
    const harness = await Harness.started({ startCompute });
    await openStripes(harness, 1, 630);
    await withModel(harness);
    await harness.request('fit', fitArgs({}, { threads: 2 }));
    expect(await harness.request('model.weights', { model: 1 })).toEqual(expected);
    const [warning] = harness.notices.filter((n) => n.type === 'warning');
    expect(warning?.error.message).toContain('blocked by the policy');
  });
});
