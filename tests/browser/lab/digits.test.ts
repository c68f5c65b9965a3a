// One's own digits: named with a key or a tap, kept in the browser, asked for, tested, and trained with.
import { expect, it } from 'vitest';
import { drawWithMouse, look, ONE, SEVEN } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

it('are named by key and by button, stay for the next visit, and are read by the network', async () => {
  const { page } = await lab.visit('embed.html?panels=draw+digits');
  await page.evaluate(() => {
    document.addEventListener('ziffer-digits', (e) => {
      document.title = JSON.stringify(e.detail.byLabel);
    });
  });
  await drawWithMouse(page, ONE);
  await page.keyboard.press('1');
  await page.getByText('Kept digits: 1').waitFor();
  expect(await look(page, (e) => e.digit.empty)).toBe(true);
  await drawWithMouse(page, SEVEN);
  await page.getByRole('button', { name: 'It is a 7 (0 kept)' }).click();
  await page.getByText('Kept digits: 2').waitFor();
  expect(JSON.parse(await page.title())).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 0, 0]);

  await page.getByRole('button', { name: 'Test the network on your digits' }).click();
  await page.getByText(/\d of 2 read right/).waitFor();

  await page.reload();
  await page.getByText('Kept digits: 2').waitFor();
  await page.getByRole('button', { name: 'Take this 1 away' }).click();
  await page.getByText('Kept digits: 1').waitFor();
  await page.getByRole('button', { name: 'Ask me for 10 of each' }).click();
  const asked = Number(
    await page
      .getByText(/^Write this: \d$/)
      .textContent()
      .then((text) => text!.slice(-1)),
  );
  await drawWithMouse(page, ONE);
  await page.getByText('Kept digits: 2').waitFor();
  expect(await look(page, (e) => e.own.list.at(-1)!.label)).toBe(asked);
  if (process.env.ZIFFER_LOOK) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: process.env.ZIFFER_LOOK, fullPage: true });
  }
});
