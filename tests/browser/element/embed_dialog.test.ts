// "Embed" in the lab's bar: what it offers to paste works when it is pasted, and the folder when it is unpacked.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
import { type CoursePage, coursePage } from '../../support/course_page.ts';
import { button, event, type Lab, LabSite } from '../../support/lab_site.ts';

let site: LabSite;
let lab: Lab;
let course: CoursePage | null = null;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.page.context().close();
  await course?.page.context().close();
  course = null;
});

/** The lab with the dialog open, after the choices of a lecturer. */
async function dialog() {
  lab = await site.visit('index.html#preset=softmax-regression&epochs=1&train-count=1000');
  const { page } = lab;
  await button(page, 'Embed').click();
  const open = page.getByRole('dialog', { name: 'Put this lab into a page' });
  await open.waitFor();
  await open.getByRole('checkbox', { name: 'Model', exact: true }).uncheck();
  await open.getByRole('checkbox', { name: 'Settings cannot be changed' }).check();
  await open.getByRole('textbox', { name: 'A task over the panels' }).fill('Is "7" < 8 & why?');
  await open.getByRole('combobox', { name: 'Language' }).selectOption('de');
  return { page, open };
}

async function audit(page: Page): Promise<string[]> {
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document);
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
  });
}

it('shows the lab as it will be, apart from the one around', async () => {
  const { page, open } = await dialog();
  const preview = open.locator('.preview ziffer-lab');
  await preview.getByText('Is "7" < 8 & why?').waitFor();
  await preview.getByRole('button', { name: 'Trainieren', exact: true }).waitFor();
  expect(await preview.getByRole('heading', { name: 'Modell' }).count()).toBe(0);
  const heard = await page.evaluate(() => {
    const names: string[] = [];
    for (const name of ['ziffer-step', 'ziffer-trained']) {
      document.addEventListener(name, () => names.push(name));
    }
    Object.assign(window, { heard: names });
    return names.length;
  });
  expect(heard).toBe(0);
  await preview.getByRole('button', { name: 'Trainieren', exact: true }).click();
  await preview.getByRole('button', { name: 'Neu trainieren' }).waitFor();
  expect(await page.evaluate('window.heard')).toEqual([]);
});

it.each(['HTML tag', 'iframe', 'Markdown', 'MyST', 'Quarto'])(
  '%s: pasted into a page it trains',
  async (form) => {
    const { open } = await dialog();
    await open.getByRole('button', { name: form, exact: true }).click();
    const lines = open.locator('.take pre');
    if (form !== 'iframe') await lines.filter({ hasText: 'integrity="sha384-' }).waitFor();
    const code = (await lines.textContent())!;
    if (form === 'MyST') expect(code).toMatch(/^```\{raw\} html\n[^`]*\n```$/);
    if (form === 'Quarto') expect(code).toMatch(/^```\{=html\}\n[^`]*\n```$/);
    if (form === 'Markdown') expect(code).not.toMatch(/\n\s*\n/);
    // What MyST and Quarto hand on as it is stands between the fences.
    const pasted = code.replace(/^```.*\n|\n```$/g, '');
    course = await coursePage(site, `<h1>Week 3</h1>${pasted}`);
    const { page } = course;
    const at = form === 'iframe' ? page.frameLocator('iframe') : page;
    await at.getByText('Is "7" < 8 & why?').waitFor();
    await at.getByRole('button', { name: 'Trainieren', exact: true }).click();
    await at.getByRole('button', { name: 'Neu trainieren' }).waitFor();
    expect(course.complaints).toEqual([]);
  },
);

it('a script of other bytes than the tag says is not run', async () => {
  const { open } = await dialog();
  const lines = open.locator('.take pre');
  await lines.filter({ hasText: 'integrity="sha384-' }).waitFor();
  const code = (await lines.textContent())!.replace('sha384-', 'sha384-AAAA');
  course = await coursePage(site, code);
  await expect.poll(() => course!.complaints.join()).toMatch(/integrity/);
  expect(await course.page.evaluate(() => customElements.get('ziffer-lab'))).toBeUndefined();
  await open.getByRole('checkbox', { name: /this version of the script/ }).uncheck();
  expect(await lines.textContent()).not.toContain('integrity');
});

it('copies', async () => {
  const { page, open } = await dialog();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open.getByRole('button', { name: 'Copy' }).click();
  await open.getByRole('button', { name: '✓ Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await open.locator('.take pre').textContent());
});

it('about: the version, the licences, where the digits come from; axe-core finds nothing', async () => {
  lab = await site.visit();
  const { page } = lab;
  await button(page, 'About this program').click();
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const open = page.getByRole('dialog', { name: `Ziffer ${version}` });
  await open.waitFor();
  for (const name of ['MNIST', 'UNIPEN', 'Pendigits']) await open.getByText(name).waitFor();
  for (const name of ['The licence', 'Libraries and their licences']) {
    const address = await open
      .getByRole('link', { name })
      .evaluate((a) => (a as HTMLAnchorElement).href);
    expect(await (await page.request.get(address)).text()).toContain('Copyright');
  }
  expect(await audit(page)).toEqual([]);
});

it('axe-core finds nothing; Escape closes it and leaves nothing behind', async () => {
  const { page } = await dialog();
  expect(await audit(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('ziffer-embed').waitFor({ state: 'detached' });
  await button(page, 'Embed').press('Enter');
  await page.getByRole('dialog', { name: 'Put this lab into a page' }).waitFor();
});

it('the offline folder, unpacked on another host, trains', async () => {
  const { page, open } = await dialog();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    open.getByRole('button', { name: 'Download an offline folder' }).click(),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'ziffer-folder-'));
  const entries = unzipSync(new Uint8Array(await readFile(await download.path())));
  for (const [path, bytes] of Object.entries(entries)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const host = await serve(folder, { prefix: '/week3/' });
  try {
    course = await coursePage(site, '', { at: `${host.url}index.html`, served: true });
    await course.page.getByText('Is "7" < 8 & why?').waitFor();
    const trained = event(course.page, 'ziffer-trained');
    await button(course.page, 'Trainieren').click();
    expect(await trained).toMatchObject({ outcome: 'complete' });
    expect(course.asked.filter((url) => !url.startsWith(host.url))).toEqual([]);
    expect(course.complaints).toEqual([]);
  } finally {
    await host.close();
    await rm(folder, { recursive: true });
  }
});
