// The example pages of courses: each loads under the strict policy without a complaint, trains a little, and axe-core finds nothing.
import { readdir, readFile } from 'node:fs/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../scripts/chromium.mjs';
import { serve } from '../../../scripts/serve.mjs';
import { POLICY } from '../../support/policy.ts';

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const headers = { 'Content-Security-Policy': `${POLICY}; frame-src 'self'` };
  server = await serve('dist', { headers });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function visit(name: string, options = {}) {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Said because the frame is of the same site here; on a learning platform it is of another.
    if (!/can escape its sandboxing/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${server.url}examples/${name}`);
  return { page, complaints };
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document);
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
  });
}

/** Trains the first lab with this panel for an epoch of a thousand digits. */
async function train(at: Page | Frame): Promise<void> {
  const outcome = await at.evaluate(async () => {
    const lab = document.querySelector<HTMLElementTagNameMap['ziffer-lab']>(
      'ziffer-lab:not([panels="draw"]):not([panels="model"])',
    )!;
    lab.scrollIntoView();
    await lab.load();
    lab.settings = { epochs: 1, trainCount: 1000 };
    return new Promise<string>((done, failed) => {
      lab.addEventListener('ziffer-trained', ({ detail }) => done(detail.outcome));
      lab.addEventListener('ziffer-error', ({ detail }) => failed(detail));
      lab.start();
    });
  });
  expect(outcome).toBe('complete');
}

it.each(['lecture-notes', 'jupyter-book', 'dark', 'uebungsblatt'])('%s', async (name) => {
  const { page, complaints } = await visit(`${name}.html`);
  await train(page);
  await page.evaluate(() =>
    Promise.all([...document.querySelectorAll('ziffer-lab')].map((lab) => lab.load())),
  );
  expect(await axe(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.context().close();
});

it('moodle: the sandboxed frame trains and is as high as its content', async () => {
  const { page, complaints } = await visit('moodle.html');
  await page.locator('iframe').scrollIntoViewIfNeeded();
  const lab = page.frameLocator('iframe');
  await lab.getByRole('button', { name: 'Train', exact: true }).waitFor();
  await train(page.frames()[1]!);
  const inside = await lab.locator('body').evaluate((body) => body.scrollHeight);
  await page.waitForFunction(
    (inside) => Math.abs(document.querySelector('iframe')!.clientHeight - inside) <= 1,
    inside,
  );
  expect(await axe(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('slides: the pen writes where the pointer is, and a lab trains on its slide', async () => {
  const { page, complaints } = await visit('slides.html', {
    viewport: { width: 900, height: 700 },
  });
  await page.getByRole('heading', { name: 'A network learns to read' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  const pad = page.getByRole('application', { name: 'Drawing pad' });
  await pad.waitFor();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8, { steps: 8 });
  await page.mouse.up();
  const [first, last] = await page.evaluate(() => {
    const [stroke = []] = document.querySelector('ziffer-lab')!.experiment.digit.strokes;
    return [stroke[0], stroke.at(-1)];
  });
  expect(first?.[1]).toBeCloseTo(0.2 * 280, -1);
  expect(last?.[1]).toBeCloseTo(0.8 * 280, -1);
  // The slides write their address a moment later.
  await page.waitForFunction(() => location.hash === '#/1');
  // Who has drawn with the mouse turns the slides as before.
  for (const [key, hash] of [
    ['PageDown', '#/2'],
    ['PageUp', '#/1'],
    ['ArrowRight', '#/2'],
    ['ArrowLeft', '#/1'],
  ] as const) {
    await page.keyboard.press(key);
    await page.waitForFunction((hash) => location.hash === hash, hash);
  }
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() => location.hash === '#/2');
  await page.keyboard.press('PageUp');
  await page.waitForFunction(() => location.hash === '#/1');
  // Who comes to the pad with the keyboard draws with the arrows.
  await pad.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.getByText('row 8, column 16, pen up').waitFor();
  expect(await page.evaluate(() => location.hash)).toBe('#/1');
  await page.goto(`${server.url}examples/slides.html#/2`);
  await train(page);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('the index names every example', async () => {
  const { page, complaints } = await visit('index.html');
  const linked = await page
    .locator('.cards a')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const pages = (await readdir('dist/examples')).filter((name) => name.endsWith('.html'));
  expect([...linked, 'index.html'].sort()).toEqual(pages.sort());
  expect(await axe(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('the book’s page holds what its Markdown hands on', async () => {
  const source = await readFile('dist/examples/jupyter-book.md', 'utf8');
  const html = await readFile('dist/examples/jupyter-book.html', 'utf8');
  const raw = [...source.matchAll(/```\{raw\} html\n([\s\S]*?)\n```/g)].map(([, text]) => text);
  expect(raw).toHaveLength(2);
  for (const text of raw) expect(html).toContain(text);
});
