// Backups of a fit and snapshots of a model that is trained.
import { describe, expect, it } from 'vitest';
import type { Args, Reply } from '../../../web/protocol/messages.ts';
import { fitArgs, stepsDone, withModel } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

describe('backups', () => {
  const options = {
    validation_split: 0.3,
    epochs: 4,
    early_stopping: { monitor: 'val_loss', patience: 3, restore_best_weights: true },
    model_checkpoint: { monitor: 'val_loss', save_best_only: true },
  };

  /** A fit with its backups, and what it ends with. */
  async function fitted(rest: Partial<Args<'fit'>>) {
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness);
    const history = await harness.request('fit', fitArgs(options, { backups: true, ...rest }));
    const snapshot = await harness.request('model.snapshot', { model: 1 });
    const backups = harness.notices.filter((n) => n.type === 'backup');
    const steps = harness.notices.flatMap((n) => (n.type === 'step' ? n.report.recent : []));
    return { history, snapshot, backups, steps };
  }

  it('come after each epoch but the last, and a fit from any of them ends in the same bits', async () => {
    const whole = await fitted({ threads: 1 });
    expect(whole.backups.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const { epoch, bytes } of whole.backups) {
      const rest = await fitted({ threads: epoch === 1 ? 1 : epoch, from: bytes });
      expect(rest.snapshot).toEqual(whole.snapshot);
      expect(rest.history).toEqual(whole.history);
      expect(rest.backups).toEqual(whole.backups.slice(epoch));
      // Steps are counted on.
      expect(rest.steps).toEqual(whole.steps.slice(epoch * 9));
    }
  });

  it('of another run or damaged are refused, and the model stays as it was', async () => {
    const { backups } = await fitted({});
    const { bytes } = backups[0]!;
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness);
    const before = await harness.request('model.snapshot', { model: 1 });
    const damaged = bytes.slice();
    damaged[500]! ^= 1;
    for (const [from, changed, why] of [
      [bytes, { batch_size: 30 }, /other settings/],
      [bytes.slice(0, 99), {}, /damaged/],
      [damaged, {}, /damaged/],
      [new Uint8Array(0), {}, /none/],
    ] as const) {
      const fit = harness.request('fit', fitArgs({ ...options, ...changed }, { from }));
      await expect(fit).rejects.toMatchObject({
        code: 'invalid_run',
        message: expect.stringMatching(why),
      });
    }
    expect(await harness.request('model.snapshot', { model: 1 })).toEqual(before);
    // Nothing is left that would keep the model from being trained.
    await harness.request('fit', fitArgs({ ...options, epochs: 1 }));
  });
});

it('a snapshot during a fit has the weights and the optimizer of one step', async () => {
  const harness = await Harness.started();
  await openStripes(harness, 1, 630);
  await withModel(harness);
  const seen: Promise<Reply<'model.snapshot'>>[] = [];
  harness.onNotice = (notice) => {
    if (notice.type === 'step') seen.push(harness.request('model.snapshot', { model: 1 }));
  };
  await harness.request('fit', fitArgs({ epochs: 3 }));
  const snapshots = await Promise.all(seen);
  expect(snapshots.length).toBeGreaterThan(0);
  for (const { weights, optimizer } of snapshots) {
    const again = await Harness.started();
    await openStripes(again, 1, 630);
    await withModel(again);
    const actions = Array<'step'>(optimizer.steps).fill('step');
    const until = again.begin('fit', fitArgs({ epochs: 3 }, { actions }));
    await stepsDone(again, optimizer.steps);
    const there = await again.request('model.snapshot', { model: 1 });
    expect(there).toEqual({ weights, optimizer });
    again.command({ kind: 'command', type: 'fit', id: until.id, action: 'stop' });
    await until.reply;
  }
});
