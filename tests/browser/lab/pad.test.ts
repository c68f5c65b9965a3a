// The pad under keys, fingers, transforms and zoom.
import { describe, expect, it } from 'vitest';
import { drawWithMouse, look, ONE } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

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
