// Model files: what was saved is opened again and reads the same; what is no model leaves everything as it was.
import { readFile } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { layers, sequential } from '../../../web/api/index.ts';
import { tfjsFiles } from '../../../web/formats/tfjs.ts';
import { button, drawWithMouse, look, SEVEN } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

async function openFilesTab(): Promise<Page> {
  const { page } = await lab.visit();
  await drawWithMouse(page, SEVEN);
  await page.waitForFunction(() => {
    const { experiment } = document.querySelector('ziffer-lab')!;
    return experiment.origin === 'pretrained' && experiment.digit.prediction !== null;
  });
  await page.getByRole('tab', { name: 'Files' }).click();
  return page;
}

const reading = (page: Page) =>
  look(page, (e) => ({
    origin: e.origin,
    model: e.modelName,
    probabilities: [...(e.digit.prediction?.probabilities ?? [])],
  }));

/** Lets a file fall on an element, as from the desktop. */
function dropOn(page: Page, selector: string, name: string, bytes: number[]): Promise<void> {
  return page.evaluate(
    ([selector, name, bytes]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
      const init = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      document.querySelector(selector)!.dispatchEvent(new DragEvent('drop', init));
    },
    [selector, name, bytes] as const,
  );
}

it.each([
  ['Keras (.keras)', 'mnist_keras_model.keras'],
  ['Keras 2 (.h5)', 'mnist_keras_model.h5'],
  ['TensorFlow.js', 'mnist_keras_model.tfjs.zip'],
])('%s: saved, opened again, it reads the same digit as surely', async (name, file) => {
  const page = await openFilesTab();
  const before = await reading(page);
  const download = page.waitForEvent('download');
  await button(page, name).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe(file);
  const buffer = await readFile(await saved.path());

  await page.getByLabel('Load a model').setInputFiles({ name: file, mimeType: '', buffer });
  await page.getByText(`${file} is loaded.`).waitFor();
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.digit.prediction !== null,
  );
  const after = await reading(page);
  expect(after).toMatchObject({ origin: 'opened', model: 'custom' });
  expect(after.probabilities).toEqual(before.probabilities);
  await expect.poll(() => page.getByRole('radio', { name: 'Custom' }).isChecked()).toBe(true);

  // The same file again, dropped beside the panels.
  await button(page, 'Reset').first().click();
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.origin === 'untrained',
  );
  await dropOn(page, 'ziffer-lab', file, [...buffer]);
  await page.waitForFunction(
    (sure) =>
      document.querySelector('ziffer-lab')!.experiment.digit.prediction?.probability === sure,
    Math.max(...before.probabilities),
  );
});

it('ONNX is saved', async () => {
  const page = await openFilesTab();
  const download = page.waitForEvent('download');
  await button(page, 'ONNX').click();
  expect((await download).suggestedFilename()).toBe('mnist_keras_model.onnx');
});

it('a file that is no model is refused, and the model goes on reading', async () => {
  const page = await openFilesTab();
  const before = await reading(page);
  const notice = page.getByRole('alert').filter({ hasText: 'could not be opened' });
  const bad = { name: 'notes.keras', mimeType: '', buffer: Buffer.from('some notes') };
  await page.getByLabel('Load a model').setInputFiles(bad);
  await notice.getByText(/expected a model file/).waitFor();
  expect(await reading(page)).toEqual(before);
  await notice.getByRole('button', { name: 'Close' }).click();

  await dropOn(page, 'ziffer-lab', 'notes.txt', [110, 111]);
  await notice.getByText('The model stays as it was.').waitFor();
  expect(await reading(page)).toEqual(before);
});

it('a BatchNormalization of a file has its card and is trained', async () => {
  const page = await openFilesTab();
  const model = sequential({
    layers: [
      layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.batchNormalization(),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  const { 'model.json': json, bytes } = tfjsFiles(model, new Float32Array(model.parameterCount));
  const names = { 'model.json': strToU8(json), 'group1-shard1of1.bin': bytes };
  const buffer = Buffer.from(zipSync(names));
  await page.getByLabel('Load a model').setInputFiles({ name: 'norm.zip', mimeType: '', buffer });
  await page.getByText('norm.zip is loaded.').waitFor();
  const card = page.getByRole('button', { name: /BatchNormalization.*26 × 26 × 3/ });
  await card.getByText('12 params').waitFor();
  expect(await card.getByText('not trained').count()).toBe(0);
  expect(await page.locator('ziffer-model').getByText('Not kept of the file:').count()).toBe(0);
});

it('a model that reads no digits is refused', async () => {
  const page = await openFilesTab();
  // As text: the test's own bundler would rewrite the import.
  const bytes = await page.evaluate<number[]>(`(async () => {
    const { sequential, layers } = await import('../ziffer.js');
    const model = sequential({
      layers: [layers.flatten({ inputShape: [5, 1, 1] }), layers.dense({ units: 3 })],
    });
    const file = await model.save('tfjs');
    return [...new Uint8Array(await file.arrayBuffer())];
  })()`);
  const buffer = Buffer.from(bytes);
  await page.getByLabel('Load a model').setInputFiles({ name: 'tiny.zip', mimeType: '', buffer });
  await page
    .getByText(/expected a model with 28 × 28 inputs and 10 outputs, got 5 × 1 × 1 in/)
    .waitFor();
  expect((await reading(page)).origin).toBe('pretrained');
});

it('a model is saved while it trains, as it is after one of its steps', async () => {
  const page = await openFilesTab();
  await button(page, 'Train').click();
  await page.waitForFunction(
    () => (document.querySelector('ziffer-lab')!.experiment.step?.totalStep ?? 0) > 3,
  );
  const download = page.waitForEvent('download');
  await button(page, 'Keras (.keras)').click();
  const bytes = [...(await readFile(await (await download).path()))];
  // As text: a test's transformer would rewrite import().
  await page.evaluate(`import('../ziffer.js').then((m) => { window.ziffer = m; })`);
  const { steps, moved } = await page.evaluate(async (bytes) => {
    const model = await ziffer.loadModel(new File([Uint8Array.from(bytes)], 'model.keras'));
    const { steps, slots } = await model.optimizerState();
    return { steps, moved: slots[0]!.some((value) => value !== 0) };
  }, bytes);
  expect(steps).toBeGreaterThan(3);
  expect(moved).toBe(true);
  await button(page, 'Stop').click();
});

it('a file that is read without end is given up with one press, and the next one is read', async () => {
  const page = await openFilesTab();
  const before = await reading(page);
  const saved = await page.evaluate(async () => {
    const file = await document.querySelector('ziffer-lab')!.experiment.model!.save('h5');
    return [...new Uint8Array(await file.arrayBuffer())];
  });
  const file = { name: 'own.h5', mimeType: '', buffer: Buffer.from(saved) };
  let asked = 0;
  await page.context().route('**/hdf5.js', (route) => {
    if (asked++ > 0) return route.continue();
    return route.fulfill({ body: 'for (;;);', contentType: 'text/javascript' });
  });
  await page.getByLabel('Load a model').setInputFiles(file);
  await page.getByText('Reading own.h5 …').waitFor();
  // The page is answered all the time.
  expect(await reading(page)).toEqual(before);
  await button(page, 'Stop reading').click();
  await page.getByText('Reading own.h5 …').waitFor({ state: 'detached' });
  await page.getByLabel('Load a model').setInputFiles(file);
  await page.getByText('own.h5 is loaded.').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: 'could not be opened' }).count()).toBe(0);
});
