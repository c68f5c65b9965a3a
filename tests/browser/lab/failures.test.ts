// What goes wrong is said where it matters, with a button that helps, and the lab goes on working.
import { expect, it } from 'vitest';
import { button, drawWithMouse, event, look, ONE } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

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
  await page.getByText('MNIST could not be loaded').waitFor({ state: 'detached' });
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

it('a loss that becomes infinite is explained, and one press trains with the usual settings', async () => {
  const { page } = await lab.visit();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await drawWithMouse(page, ONE);
  await page.getByLabel('Optimizer').selectOption('sgd');
  await field('Learning rate').fill('1e6');
  await field('Training images').fill('4000');
  await field('Epochs').fill('2');
  await page.keyboard.press('Tab');
  await button(page, 'Train').click();
  const notice = page.getByRole('alert').filter({ hasText: 'Training stopped' });
  await notice.getByText('A smaller learning rate cures that.').waitFor();
  // The pad is read by the untrained network, not by one of NaN.
  await page.getByText('Not trained yet: it can only guess.').waitFor();
  const sum = () =>
    look(page, (e) => e.digit.prediction?.probabilities.reduce((s, p) => s + p, 0) ?? 0);
  expect(await sum()).toBeCloseTo(1);

  await notice.getByRole('button', { name: 'Train with the optimizer’s usual settings' }).click();
  await button(page, 'Train again').waitFor({ timeout: 60_000 });
  await expect.poll(() => field('Learning rate').inputValue()).toBe('0.01');
  await notice.waitFor({ state: 'detached' });
  expect(await sum()).toBeCloseTo(1);
});

it('a lost worker is told of, and started again by one press', async () => {
  const { page } = await lab.visit();
  await drawWithMouse(page, ONE);
  await button(page, 'Train').click();
  await event(page, 'ziffer-epoch');
  // The first is the trainer; the others compute for it.
  await page.workers()[0]!.evaluate(() => self.close());
  const notice = page.getByRole('alert').filter({ hasText: 'The program in the background' });
  await notice.getByText('finished runs are still there').waitFor();
  await notice.getByRole('button', { name: 'Start it again' }).click();
  await event(page, 'ziffer-epoch');
  await notice.waitFor({ state: 'detached' });
  await event(page, 'ziffer-predict');
});

it('where storage is denied everything works, for this visit', async () => {
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' }, (context) =>
    context.addInitScript(() => {
      const denied = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(window, name, { get: denied });
      }
      Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: denied });
    }),
  );
  await page.getByLabel('Language').selectOption('de');
  await button(page, 'Trainieren').first().waitFor();
  await page.getByLabel('Sprache').selectOption('en');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await drawWithMouse(page, ONE);
  await page.getByText('This is a 1').waitFor();
  await train(page);
  await page
    .getByText(/0\.\d{4}/)
    .first()
    .waitFor();
});

it.each([
  ['en', 'WebAssembly', 'This browser has no WebAssembly'],
  ['de', 'Worker', 'Dieser Browser startet keine Worker'],
  ['en', 'DecompressionStream', 'This browser cannot unpack the digits'],
])('in %s a browser without %s is told so in plain words', async (locale, name, words) => {
  const { page } = await lab.visit(`embed.html?locale=${locale}&loading=eager`, {}, (context) =>
    context.addInitScript(`delete globalThis.${name}`),
  );
  await page.getByRole('alert').filter({ hasText: words }).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
});

it('a part that could not be fetched says so, and comes with another try', async () => {
  const { page } = await lab.visit();
  const chunk = /embed_dialog-\w+\.js/;
  await page.context().route(chunk, (route) => route.abort());
  await button(page, 'Embed').click();
  const notice = page.locator('ziffer-bar').getByRole('alert');
  await notice.getByText('A part of the lab could not be loaded').waitFor();
  await notice.getByText('could not be fetched; check the connection and try again').waitFor();
  expect(await look(page, (e) => e.trouble?.error.code)).toBe('data_unreachable');
  await page.context().unroute(chunk);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('dialog').waitFor();
  await notice.waitFor({ state: 'detached' });
});
