import { describe, expect, it } from 'vitest';
import { presets } from '../../web/api/presets.ts';
import type { Channel } from '../../web/protocol/environment.ts';
import type { Args, Reply } from '../../web/protocol/messages.ts';
import type { Core } from '../../web/worker/core.ts';
import { Harness, openStripes, pictureUrls } from './trainer_harness.ts';

const config = (preset: keyof typeof presets) => JSON.stringify(presets[preset]().config());

async function withModel(harness: Harness, model = 1, preset: keyof typeof presets = 'simple-cnn') {
  const args = { model, config: config(preset), seed: 42, weights: null };
  await harness.request('model.create', args);
}

function fitArgs(
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

async function weightsAfter(
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

describe('every request is settled exactly once', () => {
  it('when all goes well, when the core throws, and when nobody knows the request', async () => {
    const harness = await Harness.started();
    await withModel(harness);
    const outcomes = await Promise.allSettled([
      harness.request('model.weights', { model: 1 }),
      harness.request('model.weights', { model: 99 }),
      harness.request('model.predict', { model: 1, images: new Uint8Array(3), count: 1 }),
      harness.request('model.create', { model: 2, config: '{', seed: 1, weights: null }),
      harness.request('data.ready', { data: 5 }),
      harness.request('nonsense' as 'start', {} as Args<'start'>),
      harness.request('model.saliency', { model: 1, image: new Uint8Array(784), classIndex: 10 }),
      harness.request('ink.picture', {
        ...pictureUrls,
        bytes: new Uint8Array(9),
        options: '{}',
      }),
    ]);
    const codes = outcomes.map((o) => (o.status === 'fulfilled' ? 'ok' : o.reason.code));
    expect(codes).toEqual([
      'ok',
      'disposed',
      'shape_mismatch',
      'invalid_json',
      'disposed',
      'invalid_argument',
      'invalid_argument',
      'picture_unsupported',
    ]);
    expect([...harness.settlements.values()].every((n) => n === 1)).toBe(true);
    expect(harness.settlements.size).toBe(10);
  });

  it('when the module does not load', async () => {
    const broken = () => {
      throw new Error('no SIMD');
    };
    const harness = new Harness({ wrap: broken });
    const start = harness.request('start', {
      wasmUrl: '',
      scalarWasmUrl: '',
      workerUrl: '',
      cores: 1,
      life: 'x',
    });
    const later = harness.request('model.weights', { model: 1 });
    await expect(start).rejects.toThrow('no SIMD');
    await expect(later).rejects.toThrow('no SIMD');
  });

  it('when the core throws in the middle of a fit, and the model can be used further', async () => {
    const wrap = (core: Core): Core => ({
      ...core,
      createTrainer: (...args) => {
        const trainer = core.createTrainer(...args);
        let steps = 0;
        const finish = trainer.finish.bind(trainer);
        trainer.finish = () => {
          if (++steps === 3) throw Object.assign(new Error('too much'), { code: 'not_finite' });
          return finish();
        };
        return trainer;
      },
    });
    const harness = await Harness.started({ wrap });
    await openStripes(harness, 1, 300);
    await withModel(harness);
    await expect(harness.request('fit', fitArgs())).rejects.toMatchObject({ code: 'not_finite' });
    expect(await harness.request('model.weights', { model: 1 })).toHaveLength(21_898);
    expect(Math.max(...harness.settlements.values())).toBe(1);
  });

  it('when the model or the data are disposed during the fit', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 300);
    await withModel(harness);
    const fit = harness.request('fit', fitArgs({ epochs: 1000 }));
    await harness.request('data.dispose', { data: 1 });
    await harness.request('model.dispose', { model: 1 });
    await expect(fit).rejects.toMatchObject({ code: 'disposed' });
  });
});

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

/** Waits until a paused fit has done so many steps. */
async function stepsDone(harness: Harness, steps: number): Promise<void> {
  for (;;) {
    const { optimizer } = await harness.request('model.snapshot', { model: 1 });
    if (optimizer.steps >= steps) return;
    await new Promise((done) => setTimeout(done, 5));
  }
}

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

describe('a fit', () => {
  it('reports every step once, in order, and every epoch', async () => {
    const harness = await Harness.started();
    await openStripes(harness, 1, 630);
    await withModel(harness);
    const history = await harness.request('fit', fitArgs({ validation_split: 0.2, epochs: 3 }));
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
    const history = await reply;
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
