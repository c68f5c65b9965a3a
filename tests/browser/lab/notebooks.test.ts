// The lecture's notebooks, opened in the lab: it trains what they say.
import { expect, it } from 'vitest';
import { look } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

it('each of the lecture’s notebooks opens without a word, and is trained', async () => {
  const { page } = await lab.visit();
  await page.getByRole('tab', { name: 'Files' }).click();
  for (const [name, parameters, batchSize] of [
    ['softmax_regression', 7850, 200],
    ['applying', 21_898, 200],
    ['training', 21_898, 200],
  ] as const) {
    const file = page.locator('ziffer-files input[type=file]');
    await file.setInputFiles(`examples/notebooks/${name}.ipynb`);
    await page.getByText(`${name}.ipynb is loaded.`).waitFor();
    expect(await look(page, (e) => e.blueprint!.parameterCount)).toBe(parameters);
    expect(await look(page, (e) => e.settings.batchSize)).toBe(batchSize);
    expect(await look(page, (e) => e.codeNotes!.notes)).toEqual([]);
    await train(page, { epochs: 1, trainCount: 400 });
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(1);
  }
});
