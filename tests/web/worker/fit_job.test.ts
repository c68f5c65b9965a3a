// One fit in the trainer worker: reports, pauses, steps, and others beside it.
import { describe, expect, it } from 'vitest';
import { fitArgs, stepsDone, weightsAfter, withModel } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

describe('a fit', () => {
  it('reports every step once, in order, and every epoch', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness);
    const { history } = await harness.request('fit', fitArgs({ validation_split: 0.2, epochs: 3 }));
    const steps = harness.notices.flatMap((n) => (n.type === 'step' ? n.report.recent : []));
    expect(steps.map((s) => s.totalStep)).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
    const epochs = harness.notices.flatMap((n) => (n.type === 'epoch' ? [n.report] : []));
    expect(epochs.map((e) => e.epoch)).toEqual([1, 2, 3]);
    expect(epochs.map((e) => e.logs.val_loss)).toEqual(history.history.val_loss);
    expect(history.history.loss[2]).toBeLessThan(history.history.loss[0]!);
  });

  it('that begins with a step does one, however late anything else is said', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness);
    const { id, reply } = harness.begin('fit', fitArgs({}, { actions: ['step'] }));
    await stepsDone(harness, 1);
    await new Promise((later) => setTimeout(later, 50));
    const { optimizer } = await harness.request('model.snapshot', { model: 1 });
    expect(optimizer.steps).toBe(1);
    harness.command({ kind: 'command', type: 'fit', id, action: 'stop' });
    await reply;
  });

  it('pauses, steps, goes on and stops, and does nothing while paused', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 300);
    await withModel(harness);
    const { id, reply } = harness.begin('fit', fitArgs({ epochs: 1000 }));
    const control = (action: 'pause' | 'resume' | 'step' | 'stop') =>
      harness.command({ kind: 'command', type: 'fit', id, action });
    const rest = () => new Promise((done) => setTimeout(done, 60));
    const steps = () =>
      Math.max(0, ...harness.notices.map((n) => (n.type === 'step' ? n.report.totalStep : 0)));
    await rest();
    control('pause');
    await rest();
    const held = steps();
    expect(held).toBeGreaterThan(0);
    const before = await harness.request('model.weights', { model: 1 });
    await rest();
    expect(steps()).toBe(held);
    control('step');
    await rest();
    expect(steps()).toBe(held + 1);
    expect(await harness.request('model.weights', { model: 1 })).not.toEqual(before);
    control('resume');
    await rest();
    expect(steps()).toBeGreaterThan(held + 1);
    control('stop');
    const { history } = await reply;
    expect(history.epoch.length).toBeLessThan(1000);
  });

  it('lets predictions through between its steps', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 600);
    await withModel(harness);
    const { id, reply } = harness.begin('fit', fitArgs({ epochs: 1000 }));
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const images = new Uint8Array(784).fill(100);
      const y = await harness.request('model.predict', { model: 1, images, count: 1 });
      seen.add(y.join());
      await new Promise((done) => setTimeout(done, 2));
    }
    expect(seen.size).toBeGreaterThan(3);
    harness.command({ kind: 'command', type: 'cancel', id });
    await expect(reply).rejects.toMatchObject({ code: 'aborted' });
  });

  it('of one model does not change another, and both give what they give alone', async () => {
    const expected = await weightsAfter(1, {});
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness, 1);
    await withModel(harness, 2);
    await Promise.all([
      harness.request('fit', fitArgs({}, { threads: 2 })),
      harness.request('fit', fitArgs({}, { model: 2 })),
    ]);
    expect(await harness.request('model.weights', { model: 1 })).toEqual(expected);
    expect(await harness.request('model.weights', { model: 2 })).toEqual(expected);
  });

  it('refuses a second fit and new weights while it runs', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 300);
    await withModel(harness);
    const { id, reply } = harness.begin('fit', fitArgs({ epochs: 1000 }));
    const state = { code: 'invalid_state' };
    await expect(harness.request('fit', fitArgs())).rejects.toMatchObject(state);
    await expect(harness.request('model.reset', { model: 1, seed: 1 })).rejects.toMatchObject(
      state,
    );
    harness.command({ kind: 'command', type: 'fit', id, action: 'stop' });
    await reply;
    await harness.request('model.reset', { model: 1, seed: 42 });
  });
});
