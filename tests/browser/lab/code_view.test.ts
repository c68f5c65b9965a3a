// The Code view: cards and code are two views of one model.
import { expect, it } from 'vitest';
import { look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();
type Page = Awaited<ReturnType<typeof lab.visit>>['page'];

const text = (page: Page) =>
  page
    .locator('ziffer-code .cm-content')
    .evaluate((content) =>
      [...content.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'),
    );

async function show(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit as code' }).click();
  await page.getByRole('textbox', { name: 'The model as Keras code' }).waitFor();
}

/** The line that the caret is in. */
const lineOfCaret = (page: Page) =>
  page.locator('ziffer-code').evaluate((view) => {
    // Chromium's own: a selection within a shadow root.
    const root = view.shadowRoot as ShadowRoot & { getSelection(): Selection | null };
    const node = root.getSelection()?.anchorNode ?? null;
    const within = node instanceof Element ? node : node?.parentElement;
    return within?.closest('.cm-line')?.textContent ?? '';
  });

/** Puts the caret behind some words of the code and types. */
async function typeAfter(page: Page, words: string, typed: string): Promise<void> {
  const line = page.locator('ziffer-code .cm-line').filter({ hasText: words }).first();
  // What still arrives above the code may move it between the look and the click.
  await expect
    .poll(async () => {
      await line.click();
      return lineOfCaret(page);
    })
    .toContain(words);
  // Of a line that is broken, the first goes to the end of what is seen in one row.
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await page.keyboard.type(typed);
}

it('is fetched when it is shown; a line typed changes the cards, a card changed its line; an error stands at its line', async () => {
  const { page } = await lab.visit();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  expect(await page.locator('ziffer-code').count()).toBe(0);
  await show(page);
  expect(asked.some((url) => /code_view/.test(url))).toBe(true);
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.modelName === 'simple-cnn',
  );
  expect(await text(page)).toContain('model = keras.Sequential([');
  const before = await look(page, (e) => e.layers.length);
  await typeAfter(page, 'layers.Flatten', '\n    layers.Dense(24, activation="relu"),  # mine');
  await page.waitForFunction(
    (n) => document.querySelector('ziffer-lab')!.experiment.layers.length === n,
    before + 1,
  );
  await typeAfter(page, '# mine', '\n    layers.Lambda(abs),');
  await page
    .locator('ziffer-code [role=status]')
    .filter({ hasText: /Lambda layers are not supported/ })
    .waitFor();
  expect(await page.locator('ziffer-code .z-wrong').textContent()).toContain('Lambda');
  expect(await look(page, (e) => e.layers.length)).toBe(before + 1);
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Backspace');
  await page.locator('ziffer-code .z-wrong').waitFor({ state: 'detached' });
  // A setting changed beside it is written into the code.
  await page.evaluate(() => document.querySelector('ziffer-lab')!.experiment.set({ epochs: 9 }));
  await page.waitForFunction(() =>
    /epochs=9\b/.test(document.querySelector('ziffer-lab')!.experiment.code!.text),
  );
  expect(await look(page, (e) => e.code!.text)).toContain('# mine');
});

it('Tab indents, and Escape and then Tab leaves', async () => {
  const { page } = await lab.visit();
  await show(page);
  const content = page.locator('ziffer-code .cm-content');
  await content.focus();
  const focused = () => content.evaluate((e) => e.matches(':focus'));
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(false);
});
