// Once visited, the lab's page opens without a connection; the page for iframes is left alone.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, drawWithMouse, LabSite, SEVEN } from './lab_site.ts';

let site: LabSite;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());

it('opens, reads and trains offline', async () => {
  const { page, complaints } = await site.visit('index.html', { serviceWorkers: 'allow' });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const context = page.context();
  await context.setOffline(true);
  await page.reload();
  await drawWithMouse(page, SEVEN);
  await page.getByText('This is a 7').waitFor();
  await page.evaluate(() => {
    const element = document.querySelector('ziffer-lab')!;
    element.settings = { ...element.settings, epochs: 1, trainCount: 1000 };
    element.start();
  });
  await button(page, 'Train again').waitFor({ timeout: 60_000 });
  const framed = await page.goto(`${site.server.url}embed.html`).catch(() => null);
  expect(framed).toBeNull();
  expect(complaints).toEqual([]);
  await context.close();
});

it('keeps one build only', async () => {
  const { page } = await site.visit('index.html', { serviceWorkers: 'allow' });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const names = await page.evaluate(() => caches.keys());
  expect(names).toHaveLength(1);
  expect(names[0]).toMatch(/[0-9a-f]{16}$/);
  await page.context().close();
});
