// The last finished model of a place is offered after a reload with its curves and runs, to one tab at a time, until it is forgotten.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, drawWithMouse, look, SEVEN } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();
const AT = 'index.html#preset=softmax-regression&threads=1';

/** All that there is to see of a finished model. */
const shown = (page: Page) =>
  look(page, async ({ model, curves, evaluation, runs, phase, outcome, origin }) => ({
    ...{ phase, outcome, origin, accuracy: evaluation?.accuracy, epochs: curves.epochs },
    runs: runs.runs.map(({ number, test }) => [number, test.accuracy]),
    weights: [...(await model!.weights())],
  }));

/** How many models the browser keeps. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        indexedDB.open('ziffer-models').onsuccess = ({ target }) => {
          const { result: db } = target as IDBOpenDBRequest;
          db.transaction('models').objectStore('models').count().onsuccess = (counted) => {
            db.close();
            done((counted.target as IDBRequest<number>).result);
          };
        };
      }),
  );

const offer = (page: Page) => page.getByText('Your last model', { exact: true });

it('opened after a reload it is as it was, trains on, and is in one tab only; forgotten it is gone with its runs', async () => {
  const { page } = await lab.visit(AT);
  await train(page, { epochs: 2 });
  await train(page, { seed: 5 });
  const before = await shown(page);
  expect(before.runs).toHaveLength(2);
  await expect.poll(() => kept(page)).toBe(1);

  // A tab that is opened meanwhile is offered nothing: whose model it is has it still.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await button(other, 'Train').waitFor();
  await page.reload();
  // One of the two has it now, and goes on having it alone.
  const offers = async () => (await offer(page).count()) + (await offer(other).count());
  await expect.poll(offers).toBe(1);
  await page.waitForTimeout(300);
  expect(await offers()).toBe(1);
  await other.close();
  await offer(page).waitFor();
  expect(await look(page, (e) => e.runs.runs.length)).toBe(2);
  await button(page, 'Open').click();
  await button(page, 'Train again').waitFor();
  expect(await shown(page)).toEqual(before);
  expect(await offer(page).count()).toBe(0);
  await drawWithMouse(page, SEVEN);
  await page.getByText(/^This is a \d/).waitFor();
  await button(page, 'Train on').click();
  await page.waitForFunction(() => {
    const { phase, curves } = document.querySelector('ziffer-lab')!.experiment;
    return phase === 'finished' && curves.epochs.length === 2;
  });

  // What was trained on is kept in its place.
  await expect.poll(() => kept(page)).toBe(1);
  await page.reload();
  await offer(page).waitFor();
  await button(page, 'Forget').click();
  await offer(page).waitFor({ state: 'detached' });
  expect(await look(page, (e) => e.runs.runs.length)).toBe(0);
  await expect.poll(() => kept(page)).toBe(0);
  await page.reload();
  await page.getByRole('application').waitFor();
  await page.waitForTimeout(300);
  expect(await offer(page).count()).toBe(0);
});
