// embed.html in pages of other origins: it grows with its content, says what happens, and obeys only whom its address names.

import { readFile } from 'node:fs/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
import { type CoursePage, coursePage } from '../../support/course_page.ts';
import { LabSite } from '../../support/lab_site.ts';
import { OtherOrigin } from '../../support/other_origin.ts';

let site: LabSite;
let course: CoursePage;
let other: OtherOrigin;

beforeAll(async () => {
  site = await LabSite.open();
  other = await OtherOrigin.open();
});
afterAll(async () => {
  await site?.close();
  await other?.close();
});
afterEach(() => course.page.context().close());

/** A page of another origin with the lab in a frame, and the snippet of docs/EMBEDDING.md that lets it grow. */
async function framed(
  query: string,
  attributes = '',
  from = site.server.url,
): Promise<{ page: Page; frame: FrameLocator }> {
  const docs = await readFile('docs/EMBEDDING.md', 'utf8');
  const snippet = /<script>\n[\s\S]*?<\/script>/.exec(docs)?.[0];
  expect(snippet, 'the snippet in docs/EMBEDDING.md').toContain('ziffer-height');
  const src = `${from}embed.html?${query}`;
  const page = `<body style="margin:0">${snippet}
    <script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
    <iframe src="${src}" title="Ziffer" style="border:0;width:100%" ${attributes}></iframe>`;
  const at = await other.page(`<!doctype html><html lang="en"><title>Course</title>${page}`);
  course = await coursePage(site, '', { at, served: true });
  return { page: course.page, frame: course.page.frameLocator('iframe') };
}

/** A lab has to load first. */
const WAIT = { timeout: 30_000 };

const heard = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: { type: string; detail: unknown }[] }).heard);

function send(page: Page, message: object): Promise<void> {
  return page.evaluate((message) => {
    const frame = document.querySelector('iframe')!;
    frame.contentWindow!.postMessage(message, '*');
  }, message);
}

describe('a frame on another origin', () => {
  it('is as high as its content, also when that changes', async () => {
    const { page, frame } = await framed('panels=draw+train+model');
    await frame.getByRole('button', { name: 'Train', exact: true }).waitFor();
    // What comes last in the two panels that come in several steps; the frame grows with each.
    await frame.getByText('Test accuracy', { exact: true }).waitFor();
    await frame.getByLabel('Optimizer').waitFor();
    const height = () => page.locator('iframe').evaluate((e) => e.clientHeight);
    const inside = () => frame.locator('body').evaluate((e) => e.scrollHeight);
    const told = async () => {
      const last = (await heard(page)).filter((m) => m.type === 'ziffer-height').at(-1);
      return (last!.detail as { height: number }).height;
    };
    const off = async () => [(await height()) - (await told()), (await told()) - (await inside())];
    await expect.poll(async () => Math.max(...(await off()).map(Math.abs))).toBeLessThanOrEqual(1);
    const high = await height();
    expect(high).toBeGreaterThan(400);
    await page.setViewportSize({ width: 400, height: 900 });
    await page.waitForFunction(
      (high) => document.querySelector('iframe')!.clientHeight > high + 300,
      high,
    );
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.waitForFunction(
      (high) => document.querySelector('iframe')!.clientHeight <= high + 60,
      high,
    );
  });

  it('tells of its events in plain objects', async () => {
    const { page, frame } = await framed('panels=draw+train&epochs=1&train-count=1000');
    await frame.getByRole('button', { name: 'Train', exact: true }).click();
    await frame.getByRole('button', { name: 'Train again' }).waitFor();
    const said = await heard(page);
    expect([...new Set(said.map((m) => m.type))].sort()).toEqual([
      'ziffer-epoch',
      'ziffer-height',
      'ziffer-ready',
      'ziffer-step',
      'ziffer-trained',
    ]);
    expect(said.find((m) => m.type === 'ziffer-epoch')?.detail).toMatchObject({ epoch: 1 });
  });

  it('fits where lti.frameResize is heard, and is kept and marked by a SPLICE host', async () => {
    const goal = encodeURIComponent('epochs <= 1; parameters < 10');
    const { page, frame } = await framed(
      `preset=softmax-regression&panels=train&epochs=1&train-count=1000&goal=${goal}&activity=week3`,
    );
    const spoken = async (subject: string) =>
      ((await heard(page)) as unknown as Record<string, unknown>[]).filter(
        (message) => message.subject === subject,
      );
    await expect.poll(async () => (await spoken('SPLICE.getState')).length, WAIT).toBe(1);
    const [asked] = await spoken('SPLICE.getState');
    const state = {
      link: 'preset=softmax-regression&seed=7&epochs=1&train-count=1000',
      score: null,
    };
    await send(page, {
      subject: 'SPLICE.getState.response',
      message_id: asked!.message_id,
      state,
    });
    await frame.locator('ziffer-lab[seed="7"]').waitFor();
    await frame.getByRole('button', { name: 'Train', exact: true }).click();
    await expect
      .poll(async () => (await spoken('SPLICE.reportScoreAndState')).length, WAIT)
      .toBe(1);
    const [report] = await spoken('SPLICE.reportScoreAndState');
    expect(report).toMatchObject({ activity_id: 'week3', score: 0.5, state: { score: 0.5 } });
    expect((await spoken('SPLICE.sendEvent'))[0]).toMatchObject({ name: 'trained' });
    const told = (await spoken('lti.frameResize')).at(-1)!;
    expect(told.height).toBe((told.detail as { height: number }).height);
  });

  it('obeys the page that its address names', async () => {
    const { page, frame } = await framed(
      `panels=draw+train&epochs=1&train-count=1000&origin=${encodeURIComponent(other.origin)}`,
    );
    await frame.getByRole('button', { name: 'Train', exact: true }).waitFor();
    await send(page, { type: 'ziffer-set', detail: { epochs: 2, 'worker-src': '/evil.js' } });
    await send(page, {
      type: 'ziffer-draw',
      detail: [
        [
          [1, 1],
          [1, 20],
        ],
      ],
    });
    await send(page, { type: 'ziffer-start' });
    await frame.getByRole('button', { name: 'Train again' }).waitFor();
    const lab = frame.locator('ziffer-lab');
    expect(await lab.getAttribute('epochs')).toBe('2');
    expect(await lab.getAttribute('worker-src')).toBe(null);
    const said = await heard(page);
    expect(said.filter((m) => m.type === 'ziffer-epoch')).toHaveLength(2);
    expect(said.some((m) => m.type === 'ziffer-predict')).toBe(true);
    await send(page, { type: 'ziffer-train-on' });
    const last = { type: 'ziffer-epoch', detail: { epoch: 4 } };
    await expect
      .poll(() => heard(page), { timeout: 60_000 })
      .toContainEqual(
        expect.objectContaining({ ...last, detail: expect.objectContaining(last.detail) }),
      );
  });

  it('obeys nobody where its address names nobody, or somebody else', async () => {
    for (const query of ['panels=train', 'panels=train&origin=https://elsewhere.example']) {
      const { page, frame } = await framed(query);
      await frame.getByRole('button', { name: 'Train', exact: true }).waitFor();
      await send(page, { type: 'ziffer-set', detail: { epochs: 2 } });
      await send(page, { type: 'ziffer-start' });
      // Whatever was obeyed would have been by now: a later message of the same sort is answered.
      await frame.locator('body').evaluate(
        () =>
          new Promise<void>((done) => {
            addEventListener('message', ({ data }) => data === 'last' && done());
            postMessage('last', '*');
          }),
      );
      expect(await frame.locator('ziffer-lab').getAttribute('epochs')).toBe(null);
      expect(await frame.getByRole('button', { name: 'Train', exact: true }).count()).toBe(1);
      if (query.includes('elsewhere')) expect(await heard(page)).toEqual([]);
      await page.context().close();
    }
    course = await coursePage(site, '');
  });

  it('sandboxed without allow-same-origin it works and grows, from a host that allows all origins', async () => {
    const open = await serve('dist', { headers: { 'Access-Control-Allow-Origin': '*' } });
    const { page, frame } = await framed('panels=draw', 'sandbox="allow-scripts"', open.url);
    await frame.getByRole('application').waitFor();
    await page.waitForFunction(() => document.querySelector('iframe')!.clientHeight > 400);
    await open.close();
  });
});

it('an address takes no programs, no data: and no markup', async () => {
  const query = new URLSearchParams({
    'worker-src': 'evil.js',
    'wasm-src': 'evil.wasm',
    src: 'data:application/json,{}',
    poster: 'blob:x',
    onclick: 'alert(1)',
    style: 'color:red',
    task: '<img src=x onerror=alert(1)>',
    panels: 'draw',
  });
  course = await coursePage(site, '');
  const { page } = course;
  await page.goto(`${site.server.url}embed.html?${query}`);
  await page.getByText('<img src=x onerror=alert(1)>').waitFor();
  const names = await page.locator('ziffer-lab').evaluate((e) => e.getAttributeNames());
  expect(names.sort()).toEqual(['panels', 'task']);
});
