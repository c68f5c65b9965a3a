// What stands in a number's field is what trains, or the field says its error and no training begins.
import { expect, it } from 'vitest';
import { button, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();
const REFUSED = 'Training cannot begin yet';

it('a text that is no allowed value stays with its error, and nothing trains until it is corrected', async () => {
  const { page } = await lab.visit('index.html#preset=softmax-regression&epochs=1&train-count=500');
  const field = page.getByRole('textbox', { name: 'Batch size', exact: true });
  const phase = () => look(page, (e) => e.phase);
  const focused = () => field.evaluate((input) => input.matches(':focus'));
  for (const text of ['0', '-3', '1,000.5', 'abc', '']) {
    await field.fill(text);
    await button(page, 'Train').click();
    await page.getByText(REFUSED).waitFor();
    expect(await field.inputValue()).toBe(text);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await focused()).toBe(true);
    expect(await phase()).toBe('idle');
    await field.fill('32');
    await page.getByText(REFUSED).waitFor({ state: 'detached' });
  }
  // Nor with the keyboard, one step, or by the page's own script, whose text was never left.
  await field.fill('0');
  await button(page, 'Train').press('Enter');
  await page.getByText(REFUSED).waitFor();
  await button(page, 'Step').click();
  expect(await phase()).toBe('idle');
  await field.fill('64');
  await page.getByText(REFUSED).waitFor({ state: 'detached' });
  await field.fill('-1');
  await page.evaluate(() => document.querySelector('ziffer-lab')!.start());
  await page.getByText(REFUSED).waitFor();
  expect(await phase()).toBe('idle');

  // A number in a layer's card likewise; the text goes with its card, and what is said of it.
  await field.fill('64');
  await page.getByRole('button', { name: /Dense/ }).last().click();
  const units = page.getByRole('textbox', { name: 'Units', exact: true });
  await units.fill('0');
  await button(page, 'Train').click();
  await page.getByText(REFUSED).waitFor();
  expect(await units.inputValue()).toBe('0');
  await page.getByRole('button', { name: /Dense/, expanded: true }).click();
  await page.getByText(REFUSED).waitFor({ state: 'detached' });

  // What another value comes to meanwhile is of no more meaning.
  await field.fill('0');
  await field.press('Tab');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await page.evaluate(() => {
    document.querySelector('ziffer-lab')!.batchSize = 50;
  });
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.settings.batchSize === 50,
  );
  await expect.poll(() => field.inputValue()).toBe('50');
  // A value that is typed and not left yet is the one that trains.
  await field.fill('25');
  await page.evaluate(() => document.querySelector('ziffer-lab')!.start());
  await button(page, 'Train again').waitFor({ timeout: 120_000 });
  expect(await look(page, (e) => [e.settings.batchSize, e.step?.steps])).toEqual([25, 18]);
});
