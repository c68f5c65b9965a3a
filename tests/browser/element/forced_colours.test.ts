// In contrast themes what is chosen, pressed or most probable is told from the rest, whatever the lab's own theme is.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { drawWithMouse, SEVEN } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

/** Colours of what has to be told from what is around. */
const colours = (page: Page) =>
  page.evaluate(() => {
    const all = (selector: string, root: ParentNode = document): HTMLElement[] => [
      ...root.querySelectorAll<HTMLElement>(selector),
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
        shadowRoot ? all(selector, shadowRoot) : [],
      ),
    ];
    const back = (selector: string) => getComputedStyle(all(selector)[0]!).backgroundColor;
    const pad = all('[part~=pad] canvas')[0] as HTMLCanvasElement;
    const { data } = pad.getContext('2d')!.getImageData(0, 0, pad.width, pad.height);
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > data[ink + 3]!) ink = i;
    return {
      canvas: (() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.cssText = 'forced-color-adjust: none; background: Canvas';
        const { backgroundColor } = getComputedStyle(probe);
        probe.remove();
        return backgroundColor;
      })(),
      winner: back('.winner .bar'),
      other: back('li:not(.winner) .bar'),
      chosen: back('fieldset label:has(:checked)'),
      notChosen: back('fieldset label:not(:has(:checked))'),
      pressed: back('button[aria-pressed=true]'),
      notPressed: back('button[aria-pressed=false]'),
      ink: `rgb(${data.slice(ink, ink + 3).join(', ')})`,
    };
  });

it('the winner, the chosen and the pressed stand out, and ink is seen, on light and dark', async () => {
  const { page } = await lab.visit('index.html');
  await drawWithMouse(page, SEVEN);
  await page.getByText('This is a 7').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    for (const theme of ['auto', 'light', 'dark']) {
      await page.evaluate(
        (t) => document.querySelector('ziffer-lab')!.setAttribute('theme', t),
        theme,
      );
      // The pad is painted anew with the next frame.
      await page.evaluate(() => new Promise((f) => requestAnimationFrame(() => setTimeout(f, 50))));
      const seen = await colours(page);
      const where = `${colorScheme}, theme ${theme}`;
      expect(seen.winner, where).not.toBe(seen.other);
      expect(seen.winner, where).not.toBe(seen.canvas);
      expect(seen.chosen, where).not.toBe(seen.notChosen);
      expect(seen.pressed, where).not.toBe(seen.notPressed);
      const light = (colour: string) => Number(/\d+/.exec(colour)![0]);
      expect(Math.abs(light(seen.ink) - light(seen.canvas)), where).toBeGreaterThan(100);
    }
  }
});
