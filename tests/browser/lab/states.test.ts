// In whatever state, language, theme and width one meets the lab: axe-core finds nothing (WCAG 2.2 AA), and no text is cut off,
// covered, or beyond the edge. One page goes through all states in the order of the list.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabSite } from '../../support/lab_site.ts';
import { STATES, see, type View, WIDE } from '../../support/lab_states.ts';
import { flaws } from '../../support/page_flaws.ts';

const LOCALES = ['en', 'de'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await LabSite.open();
  const lab = await site.visit();
  page = lab.page;
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
});
afterAll(() => site?.close());

/** How the lab is looked at in each language; axe-core in some: colours differ by theme, the size and order of things by width. */
const VIEWS: readonly (Omit<View, 'locale'> & { audited: boolean })[] = [
  { width: 1920, theme: 'light', audited: false },
  { width: 1280, theme: 'light', audited: true },
  { width: 1280, theme: 'dark', audited: true },
  { width: 768, theme: 'light', audited: false },
  { width: 390, theme: 'light', audited: false },
  { width: 320, theme: 'light', audited: true },
];

type Axe = { axe: typeof import('axe-core') };

/** What axe-core finds wrong, and how many rules it has tried. */
function audit(): Promise<{ found: string[]; rules: string[] }> {
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as Axe;
    const { violations, passes } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return {
      found: violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`),
      rules: [...violations, ...passes].map((rule) => rule.id),
    };
  }, TAGS);
}

/** Puts something into the page that is wrong, and takes it away again; by script, since the policy allows no inline style. */
async function withFault<T>(text: string, css: string, body: () => Promise<T>): Promise<T> {
  await page.evaluate(
    ([text, css]) => {
      const fault = document.body.appendChild(document.createElement('div'));
      fault.id = 'fault';
      fault.append(
        ...text.split('|').map((line) => {
          const p = document.createElement('button');
          p.textContent = line;
          return p;
        }),
      );
      for (const e of [fault, ...fault.children]) (e as HTMLElement).style.cssText = css;
    },
    [text, css] as const,
  );
  const result = await body();
  await page.evaluate(() => document.getElementById('fault')?.remove());
  return result;
}

it('axe-core tries the rules of WCAG 2.2 and finds a fault', async () => {
  const { rules } = await audit();
  expect(rules).toEqual(expect.arrayContaining(['target-size', 'color-contrast', 'label']));
  const css =
    'color: #ddd; background: #fff; font-size: 12px; padding: 0; border: 0; display: block';
  const found = await withFault('pale text|more of it|and more', css, async () =>
    (await audit()).found.join(),
  );
  expect(found).toContain('color-contrast');
  expect(found).toContain('target-size');
});

it('a look at the page finds text that is cut off, covered, or beyond the edge', async () => {
  const look = (css: string) =>
    withFault('one line|over another', css, async () => (await page.evaluate(flaws)).join('\n'));
  const box = 'height: 12px; overflow: hidden; white-space: nowrap; display: block';
  expect(await look(`${box}; width: 40px`)).toMatch(/wider than its box: button.*one line/);
  expect(await look(`${box}; width: 200px; font-size: 30px`)).toMatch(/cut off below/);
  expect(await look('width: 3000px')).toMatch(/beyond the edge: .*one line/);
  const covered = 'position: absolute; left: 0; top: 0; width: 100px; height: 30px';
  expect(await look(covered)).toMatch(/over each other: button.*one line.*over another/);
});

it.each(STATES)('$name', { timeout: 600_000 }, async ({ reach }) => {
  await see(page, WIDE);
  await reach(page);
  const found: string[] = [];
  const say = (what: string, view: View) => {
    found.push(`${view.width} px, ${view.locale}, ${view.theme}: ${what}`);
  };
  for (const locale of LOCALES) {
    for (const { audited, ...size } of VIEWS) {
      const view: View = { ...size, locale };
      await see(page, view);
      for (const flaw of await page.evaluate(flaws)) say(flaw, view);
      if (!audited) continue;
      for (const violation of (await audit()).found) say(violation, view);
    }
  }
  await see(page, WIDE);
  expect(found).toEqual([]);
});
