// The installed package: in Node, for the compiler, and in pages that bundlers and frameworks made of it.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';

const here = 'tests/package';
const run = promisify(execFile);
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Bundles an app, opens it, and hands the page over; nothing may be complained of or missing. */
async function opened(bundler: string, app: string, test: (page: Page) => Promise<void>) {
  const out = resolve(`build/package/${bundler}-${app}`);
  await run(process.execPath, ['bundle.mjs', bundler, app, out], { cwd: here });
  const server = await serve(out, { prefix: '/deep/path/' });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (r) => {
    if (r.status() >= 400 && !r.url().endsWith('favicon.ico')) complaints.push(r.url());
  });
  try {
    await page.goto(server.url);
    await test(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    await server.close();
  }
}

it('holds what a page needs, and nothing of the repository', () => {
  const { dependencies, exports } = JSON.parse(
    readFileSync(`${here}/node_modules/ziffer/package.json`, 'utf8'),
  );
  expect(dependencies).toBeUndefined();
  expect(Object.keys(exports)).toContain('./element');
  const files = readdirSync(`${here}/node_modules/ziffer/dist`);
  expect(files).toEqual(expect.arrayContaining(['ziffer.js', 'worker.js', 'ziffer-core.wasm']));
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  expect(readdirSync(`${here}/node_modules/ziffer`).sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist',
    'package.json',
  ]);
});

it('trains in Node, and the process ends by itself', async () => {
  const script = `
    import { loadMnist, sequential, layers } from 'ziffer';
    const { train, test } = await loadMnist({ trainCount: 2000 });
    const model = sequential({ layers: [
      layers.flatten({ inputShape: [28, 28, 1] }), layers.dense({ units: 10, activation: 'softmax' }),
    ] });
    await model.fit(train, { batchSize: 100, epochs: 3, threads: 2 });
    const { accuracy } = await model.evaluate(test);
    for (const disposable of [model, train, test]) disposable.dispose();
    console.log(accuracy);`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await run(process.execPath, args, { cwd: here });
  expect(Number(stdout)).toBeGreaterThan(0.7);
});

it('its types know the API, the element, its events, and React’s JSX', async () => {
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', 'apps/types'], { cwd: here }).catch(
    (error) => error as { stdout: string },
  );
  expect(stdout).toBe('');
});

describe.each(['vite', 'webpack', 'esbuild'])('%s', (bundler) => {
  it('finds the worker and the module: a page of ten lines trains', async () => {
    await opened(bundler, 'page', async (page) => {
      await page.waitForFunction(() => document.title.startsWith('accuracy'), null, {
        timeout: 60_000,
      });
      expect(Number((await page.title()).split(' ')[1])).toBeGreaterThan(0.7);
      // The element is awake, with its panels.
      await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
    });
  });
});

describe.each(['react', 'vue', 'svelte'])('%s', (app) => {
  it('sets attributes and hears events', async () => {
    await opened('vite', app, async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByRole('heading', { name: /accuracy 0\.\d+/ }).waitFor();
      const lab = page.locator('ziffer-lab');
      expect(await lab.evaluate((e) => (e as { epochs?: number }).epochs)).toBe(1);
      expect(await lab.getAttribute('train-count')).toBe('1000');
    });
  });
});

it('npm would publish it: MIT, with its licence and those of others', async () => {
  const args = ['publish', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await run('npm', args);
  const said = JSON.parse(stdout) as Published & { ziffer?: Published };
  // Newer versions of npm say it under the package's name.
  const published = said.ziffer ?? said;
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect([published.name, published.version]).toEqual(['ziffer', version]);
  expect(published.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['LICENSE', 'dist/LICENSE.txt', 'dist/THIRD-PARTY.txt']),
  );
  const { license } = JSON.parse(readFileSync(`${here}/node_modules/ziffer/package.json`, 'utf8'));
  expect(license).toBe('MIT');
});

interface Published {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}
