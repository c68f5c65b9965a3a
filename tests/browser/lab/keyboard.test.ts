// The whole lecture with the keyboard alone. Wherever one tabs to has a name and a ring, is not covered, and stays focused
// when what was pressed goes away.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { event, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

interface Focus {
  readonly name: string;
  readonly role: string;
  readonly ringed: boolean;
  /** Some of it is seen, and not under the bar at the thumb. */
  readonly seen: boolean;
}

/** What has the focus, through all shadow roots; null where nothing has. */
function focused(page: Page): Promise<Focus | null> {
  return page.evaluate(() => {
    let at: Element | null = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body || at.localName === 'ziffer-lab') return null;
    const label = at.closest('label');
    const named = at.getAttribute('aria-labelledby');
    const root = at.getRootNode() as ShadowRoot;
    const name =
      at.getAttribute('aria-label') ??
      (named ? root.getElementById(named)?.textContent : null) ??
      label?.querySelector('span')?.textContent ??
      label?.textContent ??
      at.textContent ??
      '';
    const ringed = [at, label].some((e) => {
      if (!e) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(e);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    const box = (label && at.matches('[type=radio]') ? label : at).getBoundingClientRect();
    const bar = document
      .querySelector('ziffer-lab')!
      .shadowRoot!.querySelector('ziffer-train-bar')
      ?.getBoundingClientRect();
    const inBar = bar && box.top >= bar.top - 1;
    const bottom = bar && bar.height > 0 && !inBar ? Math.min(bar.top, innerHeight) : innerHeight;
    return {
      name: name.trim().replace(/\s+/g, ' '),
      role: at.getAttribute('role') ?? at.getAttribute('type') ?? at.localName,
      ringed,
      seen: box.top < bottom - 4 && box.bottom > 4,
    };
  });
}

/** Tabs until this has the focus; forwards unless told otherwise. Every stop on the way must be a good one. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 250; i++) {
    const at = await focused(page);
    if (at) {
      expect(at, `focus on ${at.role} ${at.name}`).toMatchObject({ ringed: true, seen: true });
      expect(at.name, `the name of ${at.role}`).not.toBe('');
      if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
      passed.push(at.name);
    }
    await page.keyboard.press(key);
  }
  throw new Error(`no ${name} among: ${passed.join(', ')}`);
}

const has = async (page: Page, name: string | RegExp) => {
  const now = async () => (await focused(page))?.name ?? 'nothing';
  await expect.poll(now, { timeout: 60_000 }).toMatch(name);
};

it('does the whole lecture', { timeout: 300_000 }, async () => {
  const { page } = await lab.visit();
  const press = (key: string) => page.keyboard.press(key);

  // A preset.
  await tabTo(page, 'Simple CNN');
  await press('ArrowRight');
  await page.getByText('34,826').first().waitFor();
  await press('ArrowLeft');
  await page.getByText('21,898').first().waitFor();

  // Settings.
  await tabTo(page, 'Epochs');
  await page.keyboard.type('3');
  await tabTo(page, 'Training images');
  await page.keyboard.type('6000');
  await press('Tab');
  expect(await look(page, (e) => [e.settings.epochs, e.settings.trainCount])).toEqual([3, 6000]);

  // Training, held and continued.
  await tabTo(page, 'Train', 'Shift+Tab');
  await press('Enter');
  await has(page, /^Pause$/);
  await event(page, 'ziffer-step');
  await press('Enter');
  await has(page, /^Continue$/);
  await tabTo(page, 'Step');
  await press('Space');
  await tabTo(page, 'Continue', 'Shift+Tab');
  await press('Enter');
  await has(page, /^Train again$/);
  await page.getByText('All 3 epochs are done.').waitFor();

  // A 1 on the grid of 28 × 28, and what it is read as.
  await tabTo(page, 'Drawing pad', 'Shift+Tab');
  for (let i = 0; i < 9; i++) await press('ArrowUp');
  await press('Space');
  for (let i = 0; i < 18; i++) await press('ArrowDown');
  await press('Space');
  await page.getByText(/(This is|Probably|Perhaps) a 1/).waitFor();
  await page.getByRole('listitem', { name: /^1: \d/ }).waitFor();
  await tabTo(page, 'Clear', 'Shift+Tab');
  await press('Enter');
  await page.getByText('Nothing drawn yet').waitFor();
  await has(page, /^Clear$/);
  await tabTo(page, 'Next test digit');
  await press('Enter');
  await page.getByText(/Test digit no\. 1/).waitFor();
  await has(page, /^Next test digit$/);

  // Mistakes: a cell opens its images, and one of them goes to the pad.
  await tabTo(page, 'Mistakes');
  await tabTo(page, /^\d+: 4 read as 9/);
  await press('Enter');
  await tabTo(page, /^4 → 9/);
  await press('Enter');
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.digit.test?.label === 4,
  );
  await has(page, /^4 → 9/);

  // A second run, and both compared.
  await tabTo(page, 'Seed', 'Shift+Tab');
  await page.keyboard.type('5');
  await tabTo(page, 'Train again', 'Shift+Tab');
  await press('Enter');
  await has(page, /^Pause$/);
  await has(page, /^Train again$/);
  await tabTo(page, 'Mistakes');
  await press('ArrowRight');
  await press('ArrowRight');
  await press('ArrowRight');
  await page.getByText(/\(p [=<] 0\.\d{4}\)/).waitFor();
  await tabTo(page, 'Remove 1 · Simple CNN');
  await press('Enter');
  await page.getByRole('rowheader', { name: '1 · Simple CNN' }).waitFor({ state: 'detached' });
  expect(await focused(page)).not.toBeNull();

  // The model as a file.
  await tabTo(page, 'Compare', 'Shift+Tab');
  await press('End');
  await tabTo(page, 'Keras (.keras)');
  const download = page.waitForEvent('download');
  await press('Enter');
  expect((await download).suggestedFilename()).toBe('mnist_keras_model.keras');
  await has(page, 'Keras (.keras)');
});

it('ends the lecture of three trainings without losing the focus', async () => {
  const { page } = await lab.visit();
  await tabTo(page, 'Training images');
  await page.keyboard.type('1500');
  await tabTo(page, 'Train all three presets', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await has(page, 'End the lecture');
  await tabTo(page, 'Skip this one');
  for (let n = 2; n <= 3; n++) {
    await event(page, 'ziffer-step');
    await page.keyboard.press('Enter');
    await page.getByText(`The lecture, ${n} of 3`).waitFor();
    await has(page, 'Skip this one');
  }
  await event(page, 'ziffer-step');
  await page.keyboard.press('Enter');
  await has(page, 'Train all three again');
});

it.each([1280, 390])('every stop is named, ringed and seen at %i px', async (width) => {
  const { page } = await lab.visit('index.html', { viewport: { width, height: 700 } });
  await tabTo(page, 'Read the test digits');
  await page.keyboard.press('Enter');
  await page.getByText(/of 10,000 test digits are misread/).waitFor();
  expect(await focused(page)).not.toBeNull();
  await tabTo(page, /^\d → \d/);
});
