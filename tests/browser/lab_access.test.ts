// Everybody can use the lab: with the keyboard alone, at every width, zoomed and transformed, without motion.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { button, drawWithMouse, look, ONE } from './lab_site.ts';
import { train, visits } from './lab_visit.ts';

const lab = visits();

describe('the keyboard', () => {
  it('draws on a grid, undoes and clears', async () => {
    const { page } = await lab.visit();
    await page.getByRole('application', { name: 'Drawing pad' }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    for (let i = 0; i < 18; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText(/row 23, column 15, pen up/).waitFor({ state: 'attached' });
    const points = await look(page, (e) => e.digit.strokes.map((s) => s.length));
    expect(points).toEqual([19]);
    await page.waitForFunction(
      () => document.querySelector('ziffer-lab')!.experiment.digit.image !== null,
    );
    await page.keyboard.press('Backspace');
    expect(await look(page, (e) => e.digit.empty)).toBe(true);
  });

  it('trains the lecture’s model from the top of the page, by Tab, Space and Enter', async () => {
    const { page } = await lab.visit();
    const focused = () =>
      page.evaluate(() => {
        let at: Element | null = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return (at?.textContent ?? '').trim();
      });
    for (let i = 0; i < 40 && (await focused()) !== 'Train'; i++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('Train');
    await page.keyboard.press('Enter');
    await button(page, 'Pause').waitFor();
    expect(await focused()).toBe('Pause');
  });

  it('changes the preset with arrow keys', async () => {
    const { page } = await lab.visit();
    await page.getByRole('radio', { name: 'Simple CNN' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('34,826').first().waitFor();
  });
});

describe('the pad', () => {
  it('takes ink where the pointer is, under a transform and zoomed', async () => {
    const { page } = await lab.visit('embed.html?panels=draw');
    await page.evaluate(() => {
      const { style } = document.querySelector('ziffer-lab')!;
      style.width = '400px';
      style.transformOrigin = '0 0';
      style.transform = 'scale(0.6)';
      style.setProperty('zoom', '1.3');
    });
    await drawWithMouse(page, ONE);
    const [first, last] = await look(page, (e) => {
      const [stroke = []] = e.digit.strokes;
      return [stroke[0], stroke.at(-1)];
    });
    expect(first?.[0]).toBeCloseTo(0.53 * 280, -1);
    expect(first?.[1]).toBeCloseTo(0.15 * 280, -1);
    expect(last?.[1]).toBeCloseTo(0.85 * 280, -1);
  });

  it('a finger draws, and the page does not scroll', async () => {
    const { page } = await lab.visit('index.html', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const box = (await page.getByRole('application').boundingBox())!;
    const client = await page.context().newCDPSession(page);
    const at = (share: number) => [{ x: box.x + box.width / 2, y: box.y + box.height * share }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.8) });
    for (let share = 0.75; share > 0.2; share -= 0.05) {
      await client.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: at(share),
      });
    }
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(await look(page, (e) => e.digit.strokes[0]?.length ?? 0)).toBeGreaterThan(5);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe.each(['en', 'de'])('in %s', (locale) => {
  it.each([320, 390, 768, 1280, 1920])(
    'nothing overflows or is clipped at %i px',
    async (width) => {
      const { page } = await lab.visit('index.html', {
        locale,
        viewport: { width, height: 900 },
        hasTouch: width < 700,
        isMobile: width < 700,
      });
      await page.getByRole('application').waitFor();
      expect(await page.evaluate(overflowing)).toEqual([]);
    },
  );
});

/** Runs in the page: what stands beyond the right edge, or is wider than what holds it. */
function overflowing(): string[] {
  const found: string[] = [];
  const edge = document.documentElement.clientWidth;
  const name = (e: Element) => `${e.tagName}.${e.className} ${e.textContent?.trim().slice(0, 30)}`;
  const walk = (root: ParentNode) => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) walk(e.shadowRoot);
      const { overflowX, display } = getComputedStyle(e);
      const skip = e.closest('.hush, svg, .uplot') || display === 'inline' || e.clientWidth === 0;
      if (skip || /^(CANVAS|INPUT|SELECT|OPTION)$/.test(e.tagName)) continue;
      if (e.getBoundingClientRect().right > edge + 1) found.push(`beyond the edge: ${name(e)}`);
      if (e.scrollWidth > e.clientWidth + 1 && !/auto|scroll/.test(overflowX)) {
        found.push(`wider than its box: ${name(e)}`);
      }
    }
  };
  walk(document);
  return found;
}

describe.each(['light', 'dark'] as const)('axe-core, %s', (colorScheme) => {
  it('finds nothing, before and after a training, in any tab', { timeout: 120_000 }, async () => {
    const { page } = await lab.visit('index.html', { colorScheme });
    const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
    await page.evaluate(axe);
    const violations = () =>
      page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as { axe: typeof import('axe-core') }
        ).axe.run(document);
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
      });
    expect(await violations()).toEqual([]);
    await drawWithMouse(page, ONE);
    await train(page, { trainCount: 4000 });
    for (const name of ['Mistakes', 'Inside', 'Compare', 'Files']) {
      await page.getByRole('tab', { name }).click();
      await page.waitForTimeout(300);
      expect(await violations(), name).toEqual([]);
    }
    await button(page, 'summary').click();
    expect(await violations(), 'the dialog').toEqual([]);
  });
});
