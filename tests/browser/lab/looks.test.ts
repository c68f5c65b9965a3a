// What the lab shows beyond the plain numbers: top-k accuracy, the occlusion map, charts as pictures.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { button, drawWithMouse, look, SEVEN } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

it('mistakes: top-1 is the test accuracy, top-2 and top-3 are higher', async () => {
  const { page } = await lab.visit();
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
  const { page } = await lab.visit();
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

it('curves: both charts with their legend as one PNG', async () => {
  const { page } = await lab.visit();
  expect(await button(page, 'PNG').isDisabled()).toBe(true);
  await train(page, { epochs: 2, trainCount: 2000 });
  const download = page.waitForEvent('download');
  await button(page, 'PNG').click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('simple-cnn-42.png');
  const png = await readFile(await saved.path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(500);
  expect(png.readUInt32BE(20)).toBeGreaterThan(200);
  // No see-through pixel: it can be put on any page.
  const opaque = await page.evaluate(
    async (bytes) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, picture.width, picture.height);
      return data.every((value, i) => i % 4 < 3 || value === 255);
    },
    [...png],
  );
  expect(opaque).toBe(true);
});

it('the pen: thicker lines on the pad and in the network’s picture', async () => {
  const { page } = await lab.visit();
  await drawWithMouse(page, SEVEN);
  const ink = async (pen: string) => {
    await button(page, `Line: ${pen}`).waitFor();
    await page.getByText('This is a 7').waitFor();
    await page.waitForTimeout(300);
    return look(page, (e) => e.digit.image!.reduce((sum, value) => sum + value, 0));
  };
  const medium = await ink('medium');
  await button(page, 'Line: medium').click();
  const thick = await ink('thick');
  await button(page, 'Line: thick').press('Enter');
  const thin = await ink('thin');
  expect(thick).toBeGreaterThan(1.2 * medium);
  expect(medium).toBeGreaterThan(1.2 * thin);
  await button(page, 'Line: thin').click();
  expect(await ink('medium')).toBe(medium);
});
