// Once visited, the lab's page opens without a connection; the page for iframes is left alone.
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
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

it('opens offline from a host that redirects index.html to its folder, by either address, and says so', async () => {
  const host = await serve('dist', { cleanUrls: true });
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' });
  await page.goto(`${host.url}index.html`);
  expect(page.url()).toBe(host.url);
  await page.getByText('This page is kept on this device').waitFor({ timeout: 60_000 });
  await host.close();
  for (const path of ['', 'index.html', 'index.html?from=course']) {
    await page.goto(`${host.url}${path}`);
    await page.getByRole('application').waitFor();
  }
});

it('a host without one of the files: the line under the lab names it, and the page opens offline', async () => {
  const folder = mkdtempSync(`${tmpdir()}/ziffer-without-`);
  for (const name of readdirSync('dist')) {
    if (!name.startsWith('onnx-')) symlinkSync(resolve('dist', name), `${folder}/${name}`);
  }
  const host = await serve(folder);
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' });
  await page.goto(`${host.url}index.html`);
  await page
    .getByText(/^This page opens without a connection, but .* onnx-\w+\.js\. The next visit/)
    .waitFor({ timeout: 60_000 });
  await host.close();
  await page.reload();
  await page.getByRole('application').waitFor();
  rmSync(folder, { recursive: true });
});
