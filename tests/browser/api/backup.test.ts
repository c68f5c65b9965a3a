// A run that is killed in the middle and goes on elsewhere ends as if nothing had happened.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Site, until } from '../../support/api_site.ts';

/** Of an epoch: 1,400 images in batches of 100. */
const STEPS = 14;
let site: Site;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site?.close());

interface Asked {
  threads: number;
  /** Steps after which the fit stands still; 0: it runs to its end. */
  stopAt: number;
  from: number[] | null;
}

/** Trains in the page and hands each backup out at once; resolves to all that the run leaves behind. */
function train(page: Page, asked: Asked) {
  return page.evaluate(async ({ threads, stopAt, from }) => {
    const { train } = await ziffer.loadMnist({ trainCount: 2000 });
    const model = ziffer.presets['simple-cnn']();
    const checkpoints: number[] = [];
    const control = new ziffer.FitControl();
    for (let i = 0; i < stopAt; i++) control.step();
    model.compile({ optimizer: { name: 'adam', learningRate: 0.002 } });
    const history = await model.fit(train, {
      batchSize: 100,
      epochs: 5,
      validationSplit: 0.3,
      threads,
      control,
      callbacks: [
        ziffer.earlyStopping({ patience: 4, restoreBestWeights: true }),
        ziffer.modelCheckpoint({
          saveBestOnly: true,
          onSave: ({ epoch }) => checkpoints.push(epoch),
        }),
        ziffer.backupAndRestore({
          from: from && Uint8Array.from(from),
          onBackup: ({ epoch, bytes }) => {
            const { keep } = globalThis as { keep?: (epoch: number, bytes: number[]) => void };
            keep?.(epoch, [...bytes]);
          },
        }),
      ],
    });
    const { weights, optimizer } = await model.snapshot();
    const bits = (values: Float32Array) => [...new Uint32Array(values.buffer)];
    return {
      history,
      checkpoints,
      weights: bits(weights),
      steps: optimizer.steps,
      slots: optimizer.slots.map(bits),
    };
  }, asked);
}

it('a run whose page is closed after two epochs goes on in a new page, with another number of threads, to the same bits', async () => {
  const whole = await train(await site.freshPage(), { threads: 1, stopAt: 0, from: null });
  expect(whole.history.epoch).toEqual([0, 1, 2, 3, 4]);

  const doomed = await site.freshPage();
  const kept = new Map<number, number[]>();
  await doomed.exposeFunction('keep', (epoch: number, bytes: number[]) => kept.set(epoch, bytes));
  const lost = train(doomed, { threads: 1, stopAt: 2 * STEPS + 1, from: null }).catch(
    (error: Error) => error.message,
  );
  await until(() => kept.has(2), 120_000);
  await doomed.context().close();
  expect(await lost).toMatch(/closed/);

  const rest = await train(await site.freshPage(), { threads: 2, stopAt: 0, from: kept.get(2)! });
  expect(rest.weights).toEqual(whole.weights);
  expect(rest.slots).toEqual(whole.slots);
  expect(rest.steps).toBe(whole.steps);
  expect(rest.history).toEqual(whole.history);
  expect(rest.checkpoints).toEqual(whole.checkpoints.filter((epoch) => epoch > 2));
});

it('a backup of other settings, and bytes that are none, are refused by name', async () => {
  const page = await site.freshPage();
  const found = await page.evaluate(async () => {
    const { train } = await ziffer.loadMnist({ trainCount: 500 });
    const model = ziffer.presets['softmax-regression']();
    const backups: Uint8Array[] = [];
    const onBackup = ({ bytes }: { bytes: Uint8Array }) => backups.push(bytes);
    await model.fit(train, { epochs: 2, callbacks: [ziffer.backupAndRestore({ onBackup })] });
    const before = await model.weights();
    const tries = [
      { from: backups[0], epochs: 3 },
      { from: new Uint8Array(100), epochs: 2 },
      { from: 'backup' as unknown as Uint8Array, epochs: 2 },
    ];
    const codes: string[] = [];
    for (const { from, epochs } of tries) {
      const tryIt = async () => {
        const callbacks = [ziffer.backupAndRestore({ from: from! })];
        await model.fit(train, { epochs, callbacks });
      };
      codes.push(
        await tryIt()
          .then(() => 'trained')
          .catch((error) => error.code),
      );
    }
    const after = await model.weights();
    return { codes, same: after.every((value, i) => value === before[i]) };
  });
  expect(found).toEqual({ codes: ['invalid_run', 'invalid_run', 'invalid_argument'], same: true });
});
