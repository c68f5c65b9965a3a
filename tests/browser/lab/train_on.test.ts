// Train on: a second fit as in Keras, of a model that was trained here or opened from a file.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, event, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

/** Ten steps an epoch. */
const RUN =
  'index.html#preset=simple-cnn&seed=7&train-count=2000&batch-size=100&epochs=1&patience=none&threads=1';

/** Weights and optimizer, to the bit. */
const standing = (page: Page) =>
  look(page, async ({ model }) => {
    const { weights, optimizer } = await model!.snapshot();
    const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
    return { weights: bits(weights), steps: optimizer.steps, slots: optimizer.slots.map(bits) };
  });

/** Lets a fit that has begun come to its end. */
async function trained(page: Page, begin: () => Promise<unknown>): Promise<void> {
  const end = event(page, 'ziffer-trained');
  await begin();
  await end;
  // The buttons are there again with the next frame.
  await button(page, 'Reset').first().waitFor();
}

async function type(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).fill(value);
  await page.keyboard.press('Tab');
}

async function api(page: Page): Promise<void> {
  // As text: a test's transformer would rewrite import().
  await page.evaluate(`import('../ziffer.js').then((m) => { window.ziffer = m; })`);
}

/** A file whose first dense layer is frozen, from a short fit with an optimizer that is not the lab's usual one; and its accuracy. */
async function frozenFile(page: Page) {
  await api(page);
  return page.evaluate(async () => {
    const { layers, loadMnist } = ziffer;
    const { train, test } = await loadMnist({ trainCount: 1000 });
    const model = ziffer.sequential({
      name: 'course',
      layers: [
        layers.flatten({ inputShape: [28, 28, 1] }),
        layers.dense({ units: 32, activation: 'relu', name: 'features', trainable: false }),
        layers.dense({ units: 10, activation: 'softmax', name: 'answer' }),
      ],
    });
    model.compile({ optimizer: { name: 'adam', learningRate: 0.003, epsilon: 1e-5 } });
    await model.fit(train, { batchSize: 100, threads: 1 });
    const { accuracy } = await model.evaluate(test);
    const [kernel, bias] = model.layersInfo[1]!.regions;
    const file = new Uint8Array(await (await model.save('keras')).arrayBuffer());
    return { accuracy, frozen: [kernel!.offset, bias!.offset + 32], bytes: [...file] };
  });
}

/** The same file as Keras writes it where layers compute with 16-bit floats. */
function mixed(bytes: readonly number[]): number[] {
  const files = unzipSync(Uint8Array.from(bytes));
  const root = JSON.parse(strFromU8(files['config.json']!));
  for (const { config } of root.config.layers) {
    config.dtype = { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };
  }
  return [...zipSync({ ...files, 'config.json': strToU8(JSON.stringify(root)) }, { level: 0 })];
}

async function open(page: Page, bytes: number[]): Promise<void> {
  await page.getByRole('tab', { name: 'Files' }).click();
  const file = { name: 'course.keras', mimeType: '', buffer: Buffer.from(bytes) };
  await page.getByLabel('Load a model').setInputFiles(file);
  await page.getByText('course.keras is loaded.').waitFor();
}

describe('a model that was trained here', () => {
  it('goes on as the API’s second fit does, to the bit; its curves and epochs go on', async () => {
    const { page } = await lab.visit(RUN);
    await button(page, 'Train on').waitFor({ state: 'detached' });
    await trained(page, () => button(page, 'Train').click());
    await button(page, 'Train again').waitFor();
    const epoch = event(page, 'ziffer-epoch');
    await trained(page, () => button(page, 'Train on').press('Enter'));
    expect(await epoch).toMatchObject({ epoch: 2, epochs: 2, totalStep: 20 });
    // The button that was pressed had gone; the keyboard is still at the first one.
    await page.keyboard.press('Tab');
    const focused = page.locator('ziffer-train-controls button:focus');
    expect((await focused.textContent())?.trim()).toBe('Train on');

    await page.getByText('Epoch 2/2', { exact: true }).waitFor();
    await page.getByText('All 2 epochs are done.').waitFor();
    await page.getByText('trained on from here').waitFor();
    const { epochs, ends, past } = await look(page, (e) => e.curves);
    expect(epochs.map((row) => row.epoch)).toEqual([1, 2]);
    expect({ ends, past }).toMatchObject({ ends: [10, 20], past: { epochs: 1, steps: 10 } });
    await page.getByRole('tab', { name: 'Compare' }).click();
    await page.getByRole('cell', { name: /trained on after epoch 1/ }).waitFor();

    const here = await standing(page);
    expect(here.steps).toBe(20);
    await api(page);
    const there = await page.evaluate(async () => {
      const { train } = await ziffer.loadMnist({ trainCount: 2000 });
      const model = ziffer.presets['simple-cnn'](7);
      model.compile();
      const options = { batchSize: 100, epochs: 1, validationSplit: 0.5, threads: 1 };
      await model.fit(train, options);
      await model.fit(train, options);
      const { weights, optimizer } = await model.snapshot();
      const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
      return { weights: bits(weights), steps: optimizer.steps, slots: optimizer.slots.map(bits) };
    });
    expect(here).toEqual(there);
  });

  it('with another optimizer is compiled anew; with other layers, or reset, there is nothing to go on from', async () => {
    const { page } = await lab.visit(RUN);
    await trained(page, () => button(page, 'Train').click());
    await type(page, 'Learning rate', '0.002');
    await trained(page, () => button(page, 'Train on').click());
    expect((await standing(page)).steps).toBe(10);
    await trained(page, () => button(page, 'Train on').click());
    expect((await standing(page)).steps).toBe(20);
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(3);

    await button(page, '+ Layer').click();
    await button(page, 'Dropout').click();
    await button(page, 'Train').waitFor();
    await button(page, 'Train on').waitFor({ state: 'detached' });
    await trained(page, () => button(page, 'Train').click());
    await button(page, 'Train on').waitFor();
    await button(page, 'Reset').click();
    await button(page, 'Train').waitFor();
    await button(page, 'Train on').waitFor({ state: 'detached' });
  });

  it('stopped in the middle of an epoch, it counts its steps on', async () => {
    const { page } = await lab.visit(RUN.replace('epochs=1', 'epochs=50'));
    await button(page, 'Step').click();
    await button(page, 'Continue').waitFor();
    await trained(page, () => button(page, 'Stop').click());
    const { steps } = await standing(page);
    await type(page, 'Epochs', '2');
    await trained(page, () => button(page, 'Train on').click());
    const { curves } = await look(page, ({ curves }) => ({ curves: curves.plain() }));
    expect(curves.past.steps).toBe(steps);
    const done = curves.past.epochs;
    expect(curves.epochs.length).toBe(done + 2);
    expect(curves.ends.slice(done)).toEqual([steps + 10, steps + 20]);
  });

  it('that diverges is as it was before', async () => {
    // Without an activation between them two layers drive each other up.
    const linear = 'layers=Flatten;Dense:units=16;Dense:units=10,activation=softmax';
    const { page } = await lab.visit(RUN.replace('preset=simple-cnn', linear));
    await trained(page, () => button(page, 'Train').click());
    const before = await standing(page);
    await page.getByLabel('Optimizer').selectOption('sgd');
    await type(page, 'Learning rate', '1e6');
    await button(page, 'Train on').click();
    await page.getByText('The network is as it was before.').waitFor();
    expect(await standing(page)).toEqual(before);
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(1);
    await trained(page, () => button(page, 'Train with the optimizer’s usual settings').click());
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(2);
  });

  it('is not trained on by a person where the page’s author hides that; its method does it', async () => {
    const { page } = await lab.visit(
      'embed.html?panels=train&epochs=1&train-count=500&controls=no-train-on',
    );
    await trained(page, () => button(page, 'Train').click());
    await button(page, 'Train again').waitFor();
    await button(page, 'Train on').waitFor({ state: 'detached' });
    await trained(page, () => page.evaluate(() => document.querySelector('ziffer-lab')!.trainOn()));
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(2);
  });
});

describe('a model that was opened from a file', () => {
  it('is trained on first: what is frozen stays to the bit, and it reads better than before', async () => {
    const { page } = await lab.visit('index.html#epochs=3&train-count=6000&batch-size=100');
    const { accuracy, frozen, bytes } = await frozenFile(page);
    await open(page, bytes);
    const rate = page.getByRole('textbox', { name: 'Learning rate', exact: true });
    await expect.poll(() => rate.inputValue()).toBe('0.003');
    const before = await standing(page);
    expect(before.steps).toBe(10);

    const first = page.locator('ziffer-train .primary');
    expect((await first.textContent())?.trim()).toBe('Train on');
    await button(page, 'Train anew').waitFor();
    await trained(page, () => button(page, 'Train on').click());
    const after = await standing(page);
    // 3,000 images train: the optimizer has gone on.
    expect(after.steps).toBe(10 + 3 * 30);
    const [from, to] = frozen as [number, number];
    expect(after.weights.slice(from, to)).toEqual(before.weights.slice(from, to));
    expect(after.weights.slice(to)).not.toEqual(before.weights.slice(to));
    const then = await look(page, ({ evaluation, curves, model, origin }) => ({
      accuracy: evaluation!.accuracy,
      epochs: curves.epochs.map((row) => row.epoch),
      name: model!.name,
      compiled: model!.compiled!.optimizer,
      origin,
    }));
    expect(then.accuracy).toBeGreaterThan(accuracy + 0.02);
    expect(then).toMatchObject({ epochs: [1, 2, 3], name: 'course', origin: 'opened' });
    expect(then.compiled).toMatchObject({ learningRate: 0.003, epsilon: 1e-5 });
    // Nor does the next press throw it away.
    expect((await first.textContent())?.trim()).toBe('Train on');
    // The address says what is frozen.
    expect(decodeURIComponent(new URL(page.url()).hash)).toContain('trainable=false');
  });

  it('is stepped from where it stands, beside what its file had besides, and trained anew where one asks for that', async () => {
    const { page } = await lab.visit('index.html#epochs=50&train-count=1000&batch-size=100');
    await open(page, mixed((await frozenFile(page)).bytes));
    const missed = page.locator('ziffer-train li', { hasText: 'dtype = mixed_float16;' });
    await missed.filter({ hasText: 'training goes without it' }).waitFor();
    await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('locale', 'de'));
    await missed.filter({ hasText: 'trainiert wird ohne' }).waitFor();
    await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('locale', 'en'));
    await button(page, 'Step').click();
    await button(page, 'Continue').waitFor();
    await page.waitForFunction(() => document.querySelector('ziffer-lab')!.experiment.step);
    // The file's fit had done ten.
    const before = async () =>
      (await standing(page)).steps - (await look(page, (e) => e.step!.totalStep));
    await expect.poll(before, { timeout: 30_000 }).toBe(10);
    await trained(page, () => button(page, 'Stop').click());
    await missed.waitFor();
    await type(page, 'Epochs', '1');
    await trained(page, () => button(page, 'Train anew').click());
    expect(await missed.count()).toBe(0);
    await button(page, 'Train again').waitFor();
    // Half of the images train; the file's optimizer has become the setting.
    expect((await standing(page)).steps).toBe(5);
    expect(await look(page, (e) => e.settings.learningRate)).toBe(0.003);
  });
});

it('layers of one’s own come back with Undo after a preset was chosen and the lecture begun', async () => {
  const { page } = await lab.visit(RUN);
  await button(page, '+ Layer').click();
  await button(page, 'Dropout').click();
  const own = await look(page, (e) => e.layers);
  await page.getByRole('radio', { name: 'Softmax regression' }).check();
  await page.getByRole('radio', { name: 'Two-conv CNN' }).check();
  const undo = page.locator('ziffer-layer-cards').getByRole('button', { name: 'Undo' });
  await undo.click();
  expect(await look(page, (e) => e.layers)).toEqual(own);

  await button(page, 'Train all three presets').first().click();
  await event(page, 'ziffer-step');
  await button(page, 'Stop').first().click();
  await button(page, 'Train again').waitFor();
  await undo.click();
  expect(await look(page, (e) => e.layers)).toEqual(own);
});
