// A Keras script or notebook, opened in the lab: its layers and settings are taken, and what would change the result and is not
// understood stops it.
import { expect, it } from 'vitest';
import { look } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

const SCRIPT = `
import numpy as np
import matplotlib.pyplot as plt
from tensorflow import keras
from tensorflow.keras.layers import Dense, Flatten, Dropout

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, y_train = x_train[:400] / 127.5 - 1, y_train[:400]
x_test = x_test / 127.5 - 1

model = keras.Sequential([keras.Input(shape=(28, 28)), Flatten()])
for units in (24, 12):
    model.add(Dense(units, activation='gelu'))
model.add(Dropout(0.1))
model.add(Dense(10))
model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=['accuracy'])
history = model.fit(x_train, y_train, batch_size=50, epochs=2, validation_split=0.25,
                    callbacks=[keras.callbacks.EarlyStopping(patience=3)])
plt.plot(history.history['loss'])
`;

type Page = Awaited<ReturnType<typeof lab.visit>>['page'];

async function open(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Files' }).click();
  const buffer = Buffer.from(text);
  await page.getByLabel('Load a model').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

const classes = (page: Page) => look(page, (e) => e.layers.map(({ className }) => className));

it('a script’s layers and settings are the lab’s, its other lines are named, and it trains', async () => {
  const { page } = await lab.visit();
  await open(page, 'homework.py', SCRIPT);
  await page.getByText('homework.py is loaded.').waitFor();
  expect(await classes(page)).toEqual([
    ...['Rescaling', 'Flatten', 'Dense', 'Dense', 'Dropout', 'Dense'],
  ]);
  expect(await look(page, (e) => e.settings)).toMatchObject({
    ...{ optimizer: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false },
    ...{ batchSize: 50, epochs: 2, validationSplit: 0.25, patience: 3, trainCount: 400 },
  });
  expect(await look(page, (e) => e.model!.compiled)).toMatchObject({
    loss: { name: 'sparse_categorical_crossentropy', fromLogits: true },
  });
  await page.getByText('Read from homework.py. Nothing of it was run.').waitFor();
  await page.getByText(/lines? on which nothing depends/).click();
  await page.getByText(/line 21/).waitFor();
  await train(page, { epochs: 2, trainCount: 400 });
  expect(await look(page, (e) => e.curves.epochs.length)).toBe(2);
  expect(await look(page, (e) => e.model!.compiled)).toMatchObject({
    loss: { name: 'sparse_categorical_crossentropy', fromLogits: true },
  });
});

it('a notebook opens; what is not understood stops it at its line, and nothing is lost', async () => {
  const { page } = await lab.visit();
  const before = await classes(page);
  await open(page, 'odd.py', SCRIPT.replace('Dense(10)', 'keras.layers.Lambda(lambda x: x ** 2)'));
  await page
    .getByRole('alert')
    .filter({ hasText: /odd\.py.*line 15.*Lambda/ })
    .waitFor();
  expect(await classes(page)).toEqual(before);
  const cells = SCRIPT.split('\n\n').map((source) => ({ cell_type: 'code', source: [source] }));
  await open(page, 'homework.ipynb', JSON.stringify({ cells, nbformat: 4, metadata: {} }));
  await page.getByText('homework.ipynb is loaded.').waitFor();
  expect((await classes(page)).length).toBe(6);
});

it('of several models one is chosen, the last by default; hints and reasons are said in the page’s language', async () => {
  const { page } = await lab.visit('index.html', {
    locale: 'de',
    viewport: { width: 390, height: 800 },
  });
  const small = SCRIPT.slice(SCRIPT.indexOf('model = keras'))
    .replaceAll('model', 'small')
    .replace('(24, 12)', '(8,)');
  const cells = [
    SCRIPT,
    small.replace('validation_split=0.25', 'validation_data=(x_test, y_test)'),
  ];
  const source = cells.map((text) => ({ cell_type: 'code', source: text }));
  await page.getByRole('tab', { name: 'Dateien' }).click();
  const buffer = Buffer.from(JSON.stringify({ cells: source, nbformat: 4, metadata: {} }));
  await page
    .locator('ziffer-files input[type=file]')
    .setInputFiles({ name: 'zwei.ipynb', mimeType: 'text/plain', buffer });
  await page.getByText(/Validiert wird mit den Testbildern/).waitFor();
  expect((await classes(page)).length).toBe(5);
  const choice = page.getByRole('combobox', { name: '2 Modelle' });
  expect(await choice.locator('option').allTextContents()).toEqual([
    expect.stringMatching(/model \(Zelle 1\)/),
    expect.stringMatching(/small \(Zelle 2\)/),
  ]);
  await choice.selectOption('model');
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.layers.length === 6,
  );
  expect(await choice.inputValue()).toBe('model');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
