// One button runs the lecture: three trainings one after another, with progress, skipped or stopped without a loss, and compared.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

/** The Compare tab of a lab that learns from few digits. */
async function openCompare(count: string): Promise<Page> {
  const { page } = await lab.visit();
  await page.getByRole('textbox', { name: 'Training images' }).fill(count);
  await page.keyboard.press('Tab');
  await page.getByRole('tab', { name: 'Compare' }).click();
  return page;
}

const runs = (page: Page) =>
  look(page, (e) =>
    e.runs.runs.map(({ modelName, settings, epochs, parameters, test, time }) => ({
      modelName,
      settings,
      epochs: epochs.length,
      parameters,
      accuracy: test.accuracy,
      time,
    })),
  );

it('trains all three and compares them', async () => {
  const page = await openCompare('1500');
  const panel = page.getByRole('tabpanel');
  await panel.getByText('The first two take seconds').waitFor();
  await panel.getByRole('button', { name: 'Train all three presets' }).click();
  await panel.getByText(/1 of 3: Softmax regression · about .+ left in all/).waitFor();
  await panel.getByRole('progressbar', { name: 'Progress of Softmax regression' }).waitFor();
  await panel.getByText(/2 of 3: Simple CNN/).waitFor();
  await panel.getByText(/3 of 3: Two-conv CNN/).waitFor({ timeout: 120_000 });
  await panel.getByRole('button', { name: 'Train all three again' }).waitFor({ timeout: 120_000 });

  const done = await runs(page);
  expect(done.map((run) => [run.modelName, run.parameters])).toEqual([
    ['softmax-regression', 7850],
    ['simple-cnn', 21_898],
    ['two-conv-cnn', 34_826],
  ]);
  // The lecture's settings, but for the number of images.
  expect(done.map(({ settings: s }) => [s.validationSplit, s.batchSize, s.trainCount])).toEqual([
    [0.1, 200, 1500],
    [0.5, 200, 1500],
    [0.1, 128, 1500],
  ]);
  for (const [i, name] of ['Softmax regression', 'Simple CNN', 'Two-conv CNN'].entries()) {
    const row = panel.getByRole('row').filter({
      has: page.getByRole('rowheader', { name: `${i + 1} · ${name}` }),
    });
    const { accuracy, epochs, time } = done[i]!;
    const text = (await row.innerText()).replace(/\s+/g, ' ');
    expect(text).toMatch(new RegExp(`${accuracy.toFixed(4)} ± 0\\.\\d{4}`));
    expect(text).toContain(` ${epochs} `);
    expect(time).toBeGreaterThan(0);
    await panel.getByRole('listitem').nth(i).getByText(accuracy.toFixed(4)).waitFor();
  }
  const lines = await page.evaluate(() => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((e) => [
        e,
        ...(e.shadowRoot ? all(e.shadowRoot) : []),
      ]);
    const charts = all(document).filter((e) => e.localName === 'ziffer-curve-chart');
    return (charts.at(-1) as unknown as { data: { series: { label: string }[] } }).data.series.map(
      (s) => s.label,
    );
  });
  expect(lines).toEqual(['1 · Softmax regression', '2 · Simple CNN', '3 · Two-conv CNN']);
  await panel.getByText(/\(p [=<] 0\.\d{4}\)/).waitFor();
});

it('skips one, ends with what was learned, and goes on later', async () => {
  const page = await openCompare('6000');
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Train all three presets' }).click();
  await panel.getByText(/1 of 3/).waitFor();
  await page.waitForFunction(
    () => (document.querySelector('ziffer-lab')!.experiment.curves.epochs.length ?? 0) > 0,
  );
  await panel.getByRole('button', { name: 'Skip this one' }).click();
  await panel.getByText(/2 of 3/).waitFor();
  await page.waitForFunction(
    () => (document.querySelector('ziffer-lab')!.experiment.step?.epoch ?? 0) > 1,
  );
  await panel.getByRole('button', { name: 'End the lecture' }).click();
  const goOn = panel.getByRole('button', { name: 'Go on with Simple CNN' });
  await goOn.waitFor();
  expect((await runs(page)).map((run) => run.modelName)).toEqual([
    'softmax-regression',
    'simple-cnn',
  ]);
  await goOn.click();
  await panel.getByText(/2 of 3/).waitFor();
  // Choosing a model of one's own ends it, too.
  await page.getByRole('radio', { name: 'Softmax regression' }).check();
  await goOn.waitFor();
  expect(await look(page, (e) => e.lecture.running)).toBe(false);
  expect(await runs(page)).toHaveLength(2);
});

it('begins in Train as well, and without a connection says what is missing', async () => {
  const { page } = await lab.visit();
  await page.context().route('**/data/**', (route) => route.abort());
  await button(page, 'Train all three presets').first().click();
  await page.getByText('MNIST could not be loaded').waitFor();
  expect(await look(page, (e) => e.lecture.running)).toBe(false);
  await page.context().unroute('**/data/**');
  await button(page, 'Train all three presets').first().click();
  await page.getByText('The lecture, 1 of 3: Softmax regression').waitFor();
});
