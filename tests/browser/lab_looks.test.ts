// What the lab shows beyond the plain numbers: top-k accuracy, the occlusion map, charts as pictures.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { button, drawWithMouse, type Lab, LabSite, look, SEVEN } from './lab_site.ts';

let site: LabSite;
let lab: Lab;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.page.context().close();
});

it('mistakes: top-1 is the test accuracy, top-2 and top-3 are higher', async () => {
  lab = await site.visit();
  const { page } = lab;
  await button(page, 'Read the test digits').click();
  const panel = page.getByRole('tabpanel');
  await panel.getByText('Top-3 accuracy').waitFor();
  await panel.getByText('…').first().waitFor({ state: 'detached' });
  const shares = (await panel.locator('.guesses dd').allTextContents()).map(Number.parseFloat);
  const accuracy = await look(page, (e) => e.evaluation!.accuracy);
  expect(shares[0]).toBeCloseTo(100 * accuracy, 2);
  expect(shares[1]).toBeGreaterThan(shares[0]!);
  expect(shares[2]).toBeGreaterThan(shares[1]!);
  expect(shares[2]).toBeLessThan(100);
});

it('inside: covering the ink of a drawn 7 makes it less probable', async () => {
  lab = await site.visit();
  const { page } = lab;
  await drawWithMouse(page, SEVEN);
  await page.getByText('This is a 7').waitFor();
  await page.getByRole('tab', { name: 'Inside' }).click();
  const map = page.getByRole('img', { name: 'Occlusion' });
  await map.scrollIntoViewIfNeeded();
  await page.getByText(/covering this place makes the 7 less probable/).waitFor();
  const shown = await look(page, (e) => {
    const { digit, whole, lowest } = e.look.occlusion!;
    return { digit, whole, lowest };
  });
  // The same, one covered picture after another.
  const expected = await page.evaluate(async () => {
    const { model, digit } = document.querySelector('ziffer-lab')!.experiment;
    const probability = async (image: Uint8Array) => (await model!.predict(image, 1))[7]!;
    let lowest = 1;
    for (let top = 0; top <= 22; top += 2) {
      for (let left = 0; left <= 22; left += 2) {
        const image = digit.image!.map((value, i) => {
          const row = Math.floor(i / 28) - top;
          const column = (i % 28) - left;
          return row >= 0 && row < 5 && column >= 0 && column < 5 ? 0 : value;
        });
        lowest = Math.min(lowest, await probability(image));
      }
    }
    return { digit: 7, whole: await probability(digit.image!), lowest };
  });
  expect(shown.digit).toBe(7);
  expect(shown.whole).toBeCloseTo(expected.whole, 5);
  expect(shown.lowest).toBeCloseTo(expected.lowest, 5);
  expect(shown.lowest).toBeLessThan(shown.whole);
});
