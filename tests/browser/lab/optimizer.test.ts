// The details of each optimizer: shown with the chosen one, in the link, in the Keras script, and what the training is told.
import { expect, it } from 'vitest';
import { button, look } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

it('each optimizer shows its own', async () => {
  const { page } = await lab.visit();
  const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) });
  await expect.poll(() => field('Beta 1').inputValue()).toBe('0.9');
  expect(await field('Beta 2').inputValue()).toBe('0.999');
  expect(await field('Momentum').count()).toBe(0);
  await page.getByLabel('Optimizer').selectOption('rmsprop');
  await expect.poll(() => field('Rho').inputValue()).toBe('0.9');
  expect(await field('Momentum').inputValue()).toBe('0');
  await page.getByLabel('Optimizer').selectOption('sgd');
  await field('Rho').waitFor({ state: 'detached' });
  const nesterov = page.getByRole('checkbox', { name: 'Nesterov’s momentum' });
  await expect.poll(() => nesterov.isDisabled()).toBe(true);

  await field('Momentum').fill('1.5');
  await field('Momentum').press('Tab');
  await page.getByRole('alert').filter({ hasText: 'a number from 0 to 1' }).waitFor();
  await field('Momentum').fill('0.9');
  await field('Momentum').press('Tab');
  await nesterov.check();
  await page.waitForFunction(() => /momentum=0.9.*nesterov=true/.test(location.hash));
  await button(page, 'this model in Keras').click();
  await page
    .getByText('keras.optimizers.SGD(learning_rate=0.01, momentum=0.9, nesterov=True)')
    .waitFor();
});

it('a link sets them, and the training uses them', async () => {
  const { page } = await lab.visit(
    'index.html#preset=softmax-regression&optimizer=adam&beta-1=0.5',
  );
  expect(await look(page, (e) => e.settings.beta1)).toBe(0.5);
  await train(page);
  expect(await look(page, (e) => e.model?.compiled?.optimizer)).toEqual({
    name: 'adam',
    learningRate: 0.001,
    beta1: 0.5,
    beta2: 0.999,
  });
});
