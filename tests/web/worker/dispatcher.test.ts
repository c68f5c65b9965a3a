// Requests to the trainer worker.
import { describe, expect, it } from 'vitest';
import type { Args } from '../../../web/protocol/messages.ts';
import type { Core } from '../../../web/worker/core.ts';
import { fitArgs, withModel } from '../../support/trainer_fits.ts';
import { Harness, openStripes } from '../../support/trainer_harness.ts';

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
    ]);
    expect([...harness.settlements.values()].every((n) => n === 1)).toBe(true);
    expect(harness.settlements.size).toBe(9);
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
