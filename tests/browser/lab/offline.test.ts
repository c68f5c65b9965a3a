// Once visited, the lab's page opens without a connection; the page for iframes is left alone.
import { expect, it } from 'vitest';
import { drawWithMouse, SEVEN } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

it('opens, reads and trains offline', async () => {
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const context = page.context();
  await context.setOffline(true);
  await page.reload();
  await drawWithMouse(page, SEVEN);
  await page.getByText('This is a 7').waitFor();
  await train(page);
  const framed = await page.goto(`${lab.site.server.url}embed.html`).catch(() => null);
  expect(framed).toBeNull();
});

it('keeps one build only', async () => {
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const names = await page.evaluate(() => caches.keys());
  expect(names).toHaveLength(1);
  expect(names[0]).toMatch(/[0-9a-f]{16}$/);
});
