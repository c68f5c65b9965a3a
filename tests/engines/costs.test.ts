// What the element costs a course page: its own few kilobytes before it is looked at, no more for ten than for one, and nothing
// that stays when it is gone.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.mjs';
import { until } from '../support/api_site.ts';
import { Course, coursePage } from './course.ts';
import { startBareChromium } from './drive/bare_chromium.ts';
import { footprint, workersOf } from './footprint.ts';

/** Of a script, compressed: what the issue of embedding asks for. */
const ASLEEP_BYTES = 15_000;
const KB = 1000;
const CANVASES_OF_A_LAB = 3e6;

let course: Course;
let browser: Browser;

beforeEach(async () => {
  course = new Course();
  // Memory is measured when it is asked for, not some time in the next minute.
  browser = await launchChromium(['--enable-blink-features=ForceEagerMeasureMemory']);
});
afterEach(async () => {
  await browser.close();
  await course.close();
});

/** A page on which every file that the server sends is noted. */
async function visit(body: string, headers: Record<string, string> = {}) {
  const sent: { file: string; bytes: number }[] = [];
  const onSent = (file: string, bytes: number) => sent.push({ file, bytes });
  const { url } = await course.site({ 'index.html': coursePage(body) }, { headers, onSent });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.evaluate(async () => void (await customElements.whenDefined('ziffer-lab')));
  const session = await browser.newBrowserCDPSession();
  const workers = () =>
    workersOf((method, params) => session.send(method as never, params as never));
  return { page, sent, workers };
}

const script = '<script type="module" src="ziffer/ziffer-lab.js"></script>';

it('out of sight it costs 15 KB and no worker', async () => {
  const body = `${script}<div style="height: 5000px"></div><ziffer-lab></ziffer-lab>`;
  const { page, sent, workers } = await visit(body);
  const fetched = sent.map(({ file }) => file).filter((file) => !file.endsWith('index.html'));
  expect(fetched.filter((file) => !file.endsWith('.js'))).toEqual([]);
  const packed = (pack: (bytes: Buffer) => Buffer) =>
    fetched.reduce((sum, file) => sum + pack(readFileSync(file)).length, 0);
  const gzip = packed((bytes) => gzipSync(bytes, { level: 9 }));
  const brotli = packed((bytes) => brotliCompressSync(bytes));
  console.log(`asleep: ${gzip / KB} KB as gzip, ${brotli / KB} KB as brotli`);
  expect(gzip).toBeGreaterThan(KB);
  expect(gzip).toBeLessThanOrEqual(ASLEEP_BYTES);
  expect(await workers()).toBe(0);

  await page.locator('ziffer-lab').scrollIntoViewIfNeeded();
  // Seen, it shows its panels; the worker starts when there is something to compute.
  await until(() => sent.length > fetched.length + 2, 60_000);
  const line = [[0, 0] as const, [1, 9] as const];
  await page.evaluate((line) => document.querySelector('ziffer-lab')!.draw([line]), line);
  await until(async () => (await workers()) > 0, 60_000);
});

/** Puts so many labs on a page, far from each other, and trains the first ones of them at the same time. */
async function trainTogether({ labs, trained }: { labs: number; trained: number }) {
  const lab = `<ziffer-lab panels="draw train" train-count="20000" epochs="1" threads="2"></ziffer-lab>
<div style="height: 3000px"></div>`;
  // Only isolated pages may ask how much memory they take.
  const isolated = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  const { page, sent, workers } = await visit(`${script}${lab.repeat(labs)}`, isolated);
  let most = 0;
  const counting = setInterval(async () => {
    most = Math.max(most, await workers().catch(() => 0));
  }, 100);
  const accuracies = await page.evaluate(
    (trained) =>
      Promise.all(
        [...document.querySelectorAll('ziffer-lab')].slice(0, trained).map(
          (lab) =>
            new Promise<number>((done, failed) => {
              lab.addEventListener('ziffer-trained', ({ detail }) => done(detail.test.accuracy));
              lab.addEventListener('ziffer-error', ({ detail }) => failed(detail));
              lab.start();
            }),
        ),
      ),
    trained,
  );
  clearInterval(counting);
  const memory = await page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
    };
    return (await measure.call(performance)).bytes;
  });
  const downloaded = sent.reduce((sum, { bytes }) => sum + bytes, 0);
  await page.close();
  return { accuracies, workers: most, downloaded, memory };
}

it('ten labs on a page cost what one does, and ten trainings at once the same workers and downloads', async () => {
  const one = await trainTogether({ labs: 1, trained: 1 });
  const ten = await trainTogether({ labs: 10, trained: 1 });
  const all = await trainTogether({ labs: 10, trained: 10 });
  const megabytes = (what: 'downloaded' | 'memory') =>
    [one, ten, all].map((run) => (run[what] / 1e6).toFixed(2)).join(', ');
  console.log(`one lab, one of ten, all of ten: downloads ${megabytes('downloaded')} MB`);
  console.log(`one lab, one of ten, all of ten: memory ${megabytes('memory')} MB`);
  expect(all.accuracies).toEqual(Array(10).fill(one.accuracies[0]));
  expect([one.workers, ten.workers, all.workers]).toEqual([2, 2, 2]);
  expect(ten.downloaded).toBeLessThanOrEqual(1.1 * one.downloaded);
  expect(all.downloaded).toBeLessThanOrEqual(1.1 * one.downloaded);
  expect(ten.memory).toBeLessThanOrEqual(1.1 * one.memory);
  // Each lab that shows its panels has a pad, digits and curves of its own: canvases, of which a wide page has two megabytes or so.
  expect(all.memory - one.memory).toBeLessThanOrEqual(9 * CANVASES_OF_A_LAB);
}, 600_000);

/** Inserts a lab, trains ten steps and removes it, so many times; runs in the page. */
async function comeAndGo(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const lab = document.createElement('ziffer-lab');
    lab.setAttribute('train-count', '4000');
    lab.setAttribute('threads', '2');
    document.body.append(lab);
    await new Promise<void>((done, failed) => {
      lab.addEventListener('ziffer-step', (e) => e.detail.totalStep >= 10 && done());
      lab.addEventListener('ziffer-error', ({ detail }) => failed(detail));
      lab.start();
    });
    lab.remove();
  }
}

it('a hundred times inserted, trained for ten steps and removed, it leaves nothing', async () => {
  const { url } = await course.site({ 'index.html': coursePage(script) });
  const bare = await startBareChromium(url);
  try {
    const afterMore = async (times: number) => {
      await bare.evaluate(`(${comeAndGo})(${times})`);
      await until(async () => (await workersOf(bare.browser)) === 0, 60_000);
      return footprint(bare);
    };
    await bare.evaluate("customElements.whenDefined('ziffer-lab').then(() => {})");
    const after20 = await afterMore(20);
    const after100 = await afterMore(80);
    console.log(`after 20: ${JSON.stringify(after20)}\nafter 100: ${JSON.stringify(after100)}`);
    expect(after100.nodes).toBeLessThanOrEqual(after20.nodes + 100);
    expect(after100.heap).toBeLessThanOrEqual(1.1 * after20.heap);
    expect(after100.process).toBeLessThanOrEqual(1.2 * after20.process);
  } finally {
    bare.close();
  }
});
