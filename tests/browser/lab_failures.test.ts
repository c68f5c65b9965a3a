// What goes wrong is said where it matters, with a button that helps, and the lab goes on working.
import { expect, it } from 'vitest';
import { button, drawWithMouse, look, ONE } from './lab_site.ts';
import { visits } from './lab_visit.ts';

const lab = visits();

it('without a connection MNIST cannot be loaded; trying again later trains', async () => {
  const { page } = await lab.visit();
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
  const { page } = await lab.visit('index.html', {}, (context) =>
    context.route('**/models/**', (route) => route.abort()),
  );
  await page.getByText('The network could not be loaded').waitFor();
  await drawWithMouse(page, ONE);
  await page.getByText('Not trained yet: it can only guess.').waitFor();
  await page.context().unroute('**/models/**');
  await button(page, 'Try again').click();
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.origin === 'pretrained',
  );
  await page.getByText('This is a 1').waitFor();
});

it('a picture that is none leaves the pad as it was', async () => {
  const { page } = await lab.visit();
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
