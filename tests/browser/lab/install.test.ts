// The lab can be installed, and a new version of the site replaces the old one without ever mixing their files.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { writeOffline } from '../../../scripts/build/offline.mjs';
import { serve } from '../../../scripts/serve.mjs';
import { drawWithMouse, SEVEN } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('has a manifest and icons with which Chromium would install it', async () => {
  const { page } = await lab.visit('index.html', { serviceWorkers: 'allow' });
  const client = await page.context().newCDPSession(page);
  const { errors, data } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // Incognito, as every context of a test is.
  expect(installabilityErrors.filter((e) => e.errorId !== 'in-incognito')).toEqual([]);
  const { icons } = JSON.parse(data!) as { icons: { src: string; sizes: string }[] };
  expect(icons.map((icon) => icon.sizes)).toEqual(['any', '192x192', '512x512', '512x512']);
  for (const { src, sizes } of icons.slice(1)) {
    const png = readFileSync(`dist/${src}`);
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
  }
});

/** A folder that shows one of several versions of the site at a time. */
function versions() {
  const folder = mkdtempSync(`${tmpdir()}/ziffer-versions-`);
  ends.push(() => rmSync(folder, { recursive: true }));
  return {
    folder: `${folder}/now`,
    /** A copy of the built site whose every script says which version it is of. */
    make(version: string, change: (site: string) => void = () => {}) {
      const site = `${folder}/${version}`;
      cpSync('dist', site, { recursive: true });
      for (const name of readdirSync(site).filter((file) => file.endsWith('.js'))) {
        if (name === 'offline.js') continue;
        const script = readFileSync(`${site}/${name}`, 'utf8');
        writeFileSync(
          `${site}/${name}`,
          `${script}\n(globalThis.versions ??= new Set()).add('${version}');`,
        );
      }
      change(site);
      writeOffline(site);
    },
    show(version: string) {
      symlinkSync(`${folder}/${version}`, `${folder}/next`);
      renameSync(`${folder}/next`, `${folder}/now`);
    },
  };
}

/** A tab with the lab, read and trained in, so that every part of the site was asked for. */
async function useLab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  await drawWithMouse(page, SEVEN);
  await page.getByText('This is a 7').waitFor();
  await train(page);
  return page;
}

/** Which versions the scripts of a tab and its workers are of. */
async function scriptsOf(page: Page): Promise<string[]> {
  const read = () => [...(globalThis as unknown as { versions: Set<string> }).versions];
  const workers = page.workers().map((worker) => worker.evaluate(read));
  const found = await Promise.all([page.evaluate(read), ...workers]);
  return [...new Set(found.flat())];
}

it('a new version waits for the last tab of the old one, then takes over whole', async () => {
  const sites = versions();
  sites.make('one');
  // Half of it has arrived at the host: scripts that a tab of version one must not get.
  sites.make('broken', (site) => {
    writeFileSync(`${site}/ziffer-core.wasm`, 'no module');
    for (const name of readdirSync(site).filter((file) => /^(chunk|worker).*\.js$/.test(file))) {
      writeFileSync(`${site}/${name}`, 'throw new Error("of another version")');
    }
  });
  sites.make('two');
  sites.show('one');
  const server = await serve(sites.folder);
  ends.push(() => server.close());
  const context = await lab.site.browser.newContext({ locale: 'en' });
  ends.push(() => context.close());
  const caches = (page: Page) => page.evaluate(() => globalThis.caches.keys());

  const first = await useLab(context, server.url);
  await first.evaluate(async () => void (await navigator.serviceWorker.ready));
  const [old] = await caches(first);

  // The tab goes on, is loaded anew, and a second one opens: all of version one, whatever the host has.
  sites.show('broken');
  await first.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await first.reload();
  await drawWithMouse(first, SEVEN);
  await first.getByText('This is a 7').waitFor();
  await train(first);
  expect(await scriptsOf(first)).toEqual(['one']);
  const second = await useLab(context, server.url);
  expect(await scriptsOf(second)).toEqual(['one']);

  // Both tabs are closed: the next visit is of version two only, and nothing of the old one is kept.
  sites.show('two');
  await second.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const waits = () => registration.waiting !== null && registration.installing === null;
    while (!waits()) await new Promise((done) => setTimeout(done, 50));
  });
  await first.close();
  await second.close();
  const blank = await context.newPage();
  await blank.goto(`${server.url}icon.svg`);
  await blank.close();
  const third = await useLab(context, server.url);
  expect(await scriptsOf(third)).toEqual(['two']);
  await expect.poll(() => caches(third)).toHaveLength(1);
  expect((await caches(third))[0]).not.toBe(old);
  await context.setOffline(true);
  await third.reload();
  await drawWithMouse(third, SEVEN);
  await third.getByText('This is a 7').waitFor();
  expect(await scriptsOf(third)).toEqual(['two']);
});
