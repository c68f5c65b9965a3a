// Other pictures than MNIST's: what the lab says of them, and what it keeps apart when the data change while it is visited.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/api_site.ts';
import { type CoursePage, coursePage, script, smallSet } from '../../support/course_page.ts';
import { button, event, LabSite, look } from '../../support/lab_site.ts';

const NAMES = 'T-shirt, trousers, pullover, dress, coat, sandal, shirt, sneaker, bag, boot';
const ALL = 'bar draw train model mistakes inside compare files';

let site: LabSite;
let course: CoursePage;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(() => course.page.context().close());

/** A page with a lab, and two small sets at `clothes/` and `letters/`. */
async function visit(attributes: string): Promise<Page> {
  const at = (folder: string) => `${site.server.url}course/${folder}/`;
  const files = { ...smallSet(at('clothes'), 700, 200), ...smallSet(at('letters'), 1200, 150) };
  const tag = `<ziffer-lab panels="${ALL}" preset="simple-cnn" threads="1" ${attributes}></ziffer-lab>`;
  course = await coursePage(site, `${script(site)}${tag}`, { files });
  await course.page.waitForFunction(() => customElements.get('ziffer-draw') !== undefined);
  return course.page;
}

/** Everything that can be read or heard in the lab: texts, names and hints. */
function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof HTMLStyleElement) return;
      if (node.nodeType === Node.TEXT_NODE) out.push(node.textContent ?? '');
      if (node instanceof Element) {
        for (const name of ['title', 'aria-label', 'alt', 'placeholder']) {
          out.push(node.getAttribute(name) ?? '');
        }
        if (node.shadowRoot) walk(node.shadowRoot);
      }
      node.childNodes.forEach(walk);
    };
    walk(document.querySelector('ziffer-lab')!);
    return out.map((text) => text.trim()).filter(Boolean);
  });
}

/** What every tab says. */
async function saidEverywhere(page: Page): Promise<string[]> {
  const all: string[] = [];
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.waitForTimeout(100);
    all.push(...(await said(page)));
  }
  return all;
}

const attribute = (page: Page, name: string, value: string | null) =>
  page.evaluate(
    ([name, value]) => {
      const lab = document.querySelector('ziffer-lab')!;
      if (value === null) lab.removeAttribute(name!);
      else lab.setAttribute(name!, value!);
    },
    [name, value],
  );

async function train(page: Page): Promise<void> {
  const trained = event(page, 'ziffer-trained');
  await page.evaluate(() => void document.querySelector('ziffer-lab')!.start());
  await trained;
}

describe('with classes that have names', () => {
  it.each([
    ['en', /digit/i],
    ['de', /ziffer(?!-lab)/i],
  ])(
    'nothing in %s speaks of digits, before and after training, and no ready-made model answers',
    async (locale, word) => {
      const page = await visit(`locale="${locale}" data="clothes/" classes="${NAMES}" epochs="1"`);
      await page.evaluate(() => document.querySelector('ziffer-lab')!.experiment.nextTestDigit(3));
      await until(() => look(page, (e) => e.digit.prediction !== null));
      expect(await look(page, (e) => e.origin)).toBe('untrained');
      const of = (texts: string[]) => texts.filter((text) => word.test(text) && text !== 'Ziffer');
      expect(of(await saidEverywhere(page))).toEqual([]);
      await train(page);
      await until(() => look(page, (e) => e.look.activations !== null));
      const after = await saidEverywhere(page);
      expect(of(after)).toEqual([]);
      expect(after.join(' ')).toMatch(/T-shirt/);
      // What the data hold, not what MNIST does.
      expect(after.filter((text) => /[16]0[.,]000/.test(text))).toEqual([]);
    },
  );
});

describe('data that change in mid-visit', () => {
  it('take with them what was offered and compared of the last, and give the images back that a small set lacked', async () => {
    const page = await visit('data="clothes/" train-count="1000" epochs="1"');
    await train(page);
    await train(page);
    const state = () =>
      look(page, (e) => ({
        runs: e.runs.runs.length,
        images: e.settings.trainCount,
        offers: Number(e.last.offer !== null) + Number(e.kept.offer !== null),
        phase: e.phase,
        origin: e.origin,
      }));
    expect(await state()).toMatchObject({ runs: 2, images: 700, phase: 'finished' });
    await attribute(page, 'data', 'letters/');
    const fresh = { runs: 0, images: 1000, offers: 0, phase: 'idle', origin: 'untrained' };
    expect(await state()).toEqual(fresh);
    await train(page);
    expect(await state()).toMatchObject({ runs: 1, images: 1000 });
    expect(await look(page, (e) => e.evaluation!.count)).toBe(150);
    // Back again, it is offered as after a reload, with its runs.
    await attribute(page, 'data', 'clothes/');
    await until(async () => (await state()).offers === 1);
    expect(await state()).toMatchObject({ runs: 2, phase: 'idle', origin: 'untrained' });
    await attribute(page, 'data', null);
    await until(async () => (await state()).origin === 'pretrained');
    expect(await state()).toMatchObject({ runs: 0, offers: 0 });
  });

  it('leave an interrupted training where it was', async () => {
    const page = await visit('data="clothes/" epochs="40" batch-size="16"');
    await page.evaluate(() => void document.querySelector('ziffer-lab')!.start());
    await until(() => look(page, (e) => e.curves.epochs.length > 1));
    await attribute(page, 'data', 'letters/');
    expect(await look(page, (e) => [e.phase, e.kept.offer])).toEqual(['idle', null]);
    await attribute(page, 'data', 'clothes/');
    await until(() => look(page, (e) => e.kept.offer !== null));
    await button(page, 'Discard').waitFor();
  });
});

it('four files that are missing are named in a title that can be read', async () => {
  const page = await visit('data="nowhere/a.gz nowhere/b.gz nowhere/c.gz nowhere/d.gz"');
  await page.evaluate(() => void document.querySelector('ziffer-lab')!.start());
  await page.getByText('nowhere/ could not be loaded', { exact: true }).first().waitFor();
});
