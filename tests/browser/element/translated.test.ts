// A browser's translator takes text nodes away, in shadow roots too, and puts its own into <font> where they were: what is figures,
// names or changes while one works is marked so that it leaves it, and stays right.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, look } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

/** Translates as browsers do; resolves to how many texts it took. */
const translate = (page: Page) =>
  page.evaluate(() => {
    let taken = 0;
    const go = (root: Node) => {
      for (const node of [...root.childNodes]) {
        if (node instanceof Text && node.data.trim()) {
          const font = document.createElement('font');
          font.append(`[${node.data.trim()}]`);
          node.replaceWith(font);
          taken++;
        }
        if (!(node instanceof HTMLElement) || /^(STYLE|SCRIPT)$/.test(node.tagName)) continue;
        if (node.translate && !node.classList.contains('notranslate')) {
          go(node);
          if (node.shadowRoot) go(node.shadowRoot);
        }
      }
    };
    go(document.body);
    return taken;
  });

const cards = (page: Page) =>
  page
    .locator('ziffer-layer-cards')
    .getByRole('button', { name: /params/ })
    .allInnerTexts();

it('translated by the browser the lab trains, and its figures, layer cards and both languages are right', async () => {
  const { page } = await lab.visit('index.html#preset=softmax-regression');
  await page.getByLabel('Optimizer').waitFor();
  expect(await translate(page)).toBeGreaterThan(5);
  await train(page);
  // A translator goes on with what has come since.
  await translate(page);
  const { accuracy, epochs } = await look(page, (e) => ({
    accuracy: e.evaluation!.accuracy.toFixed(4),
    epochs: e.curves.epochs.length,
  }));
  expect(await page.locator('[part~=test-accuracy]').first().innerText()).toContain(accuracy);
  expect(epochs).toBe(1);
  await train(page, { seed: 5 });
  const again = await look(page, (e) => e.evaluation!.accuracy.toFixed(4));
  expect(again).not.toBe(accuracy);
  expect(await page.locator('[part~=test-accuracy]').first().innerText()).toContain(again);

  for (const preset of ['two-conv-cnn', 'simple-cnn']) {
    await page.evaluate(
      (p) => document.querySelector('ziffer-lab')!.setAttribute('preset', p),
      preset,
    );
    await page.waitForFunction(
      (p) => document.querySelector('ziffer-lab')!.experiment.modelName === p,
      preset,
    );
    const names = await look(page, (e) => e.layers.map((layer) => layer.className));
    await expect
      .poll(async () => (await cards(page)).map((text) => /\w+/.exec(text)![0]))
      .toEqual(names);
    await translate(page);
  }

  await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('locale', 'de'));
  await button(page, 'Trainieren').first().waitFor();
  const stale = () =>
    page.evaluate(() => {
      const left: string[] = [];
      const go = (root: ParentNode) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.localName === 'font') left.push(element.textContent ?? '');
          if (element.shadowRoot) go(element.shadowRoot);
        }
      };
      go(document.querySelector('ziffer-lab')!.shadowRoot!);
      return left;
    });
  await expect.poll(stale).toEqual([]);
});
