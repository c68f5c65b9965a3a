// What goes wrong is said where it matters, with a button that helps, and the lab goes on working.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { button, drawWithMouse, type Lab, LabSite, look, ONE } from './lab_site.ts';

let site: LabSite;
let lab: Lab;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.page.context().close();
});

it('without a connection MNIST cannot be loaded; trying again later trains', async () => {
  lab = await site.visit();
  const { page } = lab;
  await page.context().route('**/data/**', (route) => route.abort());
  await button(page, 'Train').click();
  await page.getByText('MNIST could not be loaded').waitFor();
  await button(page, 'Train').waitFor();
  await page.context().unroute('**/data/**');
  await button(page, 'Try again').click();
  await button(page, 'Pause').waitFor();
  expect(await page.getByText('MNIST could not be loaded').count()).toBe(0);
});

it('without the ready-made network the untrained one guesses, and another try brings it', async () => {
  const context = await site.browser.newContext({ locale: 'en', serviceWorkers: 'block' });
  await context.route('**/models/**', (route) => route.abort());
  const page = await context.newPage();
  lab = { page, complaints: [] };
  await page.goto(`${site.server.url}index.html`);
  await page.getByText('The network could not be loaded').waitFor();
  await drawWithMouse(page, ONE);
  await page.getByText('Not trained yet: it can only guess.').waitFor();
  await context.unroute('**/models/**');
  await button(page, 'Try again').click();
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.origin === 'pretrained',
  );
  await page.getByText('This is a 1').waitFor();
});

it('a picture that is none leaves the pad as it was', async () => {
  lab = await site.visit();
  const { page } = lab;
  await drawWithMouse(page, ONE);
  await page
    .getByLabel('Picture …')
    .last()
    .setInputFiles({
      name: 'digit.png',
      mimeType: 'image/png',
      buffer: Buffer.from('this is no picture'),
    });
  await page.getByText('This picture could not be read').waitFor();
  expect(await look(page, (e) => e.digit.source)).toBe('ink');
  await button(page, 'Close').first().click();
  await page.getByText('This picture could not be read').waitFor({ state: 'detached' });
});
