// Explain: a number taken apart, moved along by keys and pointer, with other kernels and poolings beside the network's own.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

const layer = (page: Page, name: RegExp, nth = 0) =>
  page.getByRole('group', { name: 'Layer' }).getByRole('button', { name }).nth(nth);
const input = (page: Page) => page.getByRole('application', { name: /Window over the input/ });

/** The last number of the first formula that begins with these letters. */
async function result(page: Page, first: string): Promise<number> {
  const lines = await page.locator('math').allTextContents();
  const line = lines.map((text) => text.replace(/\s/g, '')).find((t) => t.startsWith(first))!;
  return Number(line.split('=').at(-1)!.replace('−', '-'));
}

it('stands alone, takes a test digit, and shows the core’s own numbers wherever one goes', async () => {
  const { page } = await lab.visit('embed.html?panels=explain');
  await button(page, 'Next test digit').press('Enter');
  await input(page).waitFor();
  const label = await input(page).getAttribute('aria-label');
  const [, row = '', column = ''] = /row (\d+), column (\d+)/.exec(label!)!;

  // By keyboard: two to the right, one down.
  await input(page).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  const there = { row: Number(row), column: Number(column) + 1 };
  await page
    .getByRole('application', {
      name: new RegExp(`row ${there.row + 1}, column ${there.column + 1}`),
    })
    .first()
    .waitFor();
  const told = await look(page, async (e) => {
    const { layersInfo } = e.look.model!;
    const filters = layersInfo[0]!.outputShape[2]!;
    const values = e.look.activations![0]!.values;
    return { filters, values: [...values], width: layersInfo[0]!.outputShape[1]! };
  });
  const cells = await page.locator('ziffer-product-grid td').count();
  expect(cells).toBe(9);
  const pressed = page.getByRole('group', { name: 'Filter' }).locator('[aria-pressed=true]');
  const channel =
    Number(await pressed.getAttribute('aria-label').then((l) => l!.split(' ')[1])) - 1;
  const own = told.values[(there.row * told.width + there.column) * told.filters + channel]!;
  expect(await result(page, 'y=max')).toBeCloseTo(own, 3);

  // By pointer: the window's middle goes to the corner.
  const box = (await input(page).boundingBox())!;
  await page.mouse.click(box.x + 3, box.y + 3);
  await page
    .getByRole('application', { name: /row 1, column 1\./ })
    .first()
    .waitFor();
});

it('another kernel, both poolings, the sum of a unit, softmax and the loss', async () => {
  const { page } = await lab.visit('embed.html?panels=explain');
  await button(page, 'Next test digit').click();
  await page.getByLabel('Kernel').selectOption('nine numbers of your own');
  for (let i = 0; i < 9; i++) {
    const field = page.getByRole('textbox', { name: /Weight in row/ }).nth(i);
    await field.fill('0');
    await field.blur();
  }
  await expect.poll(() => result(page, 'z=0.000')).toBe(0);

  await layer(page, /MaxPooling2D/).click();
  await page.getByText(/Max pooling keeps the largest: \d/).waitFor();
  await page.getByText(/Average pooling keeps the mean of the 4 numbers: \d/).waitFor();
  const kept = await page.locator('ziffer-product-grid td.kept').textContent();
  await page.getByText(`keeps the largest: ${kept!.trim()}.`).waitFor();

  await page.getByRole('button', { name: /number into Flatten/ }).click();
  await page.getByRole('button', { name: /number into Dense/ }).click();
  await page.getByText('others together').waitFor();
  await page.getByRole('button', { name: /number into Dense/ }).click();
  await page.getByRole('heading', { name: /softmax/ }).waitFor();
  const outputs = await look(page, (e) => [...e.look.activations!.at(-1)!.values]);
  const rows = page.locator('ziffer-softmax-stage tbody tr');
  for (const [k, p] of outputs.entries()) {
    const shown = await rows.nth(k).locator('td').last().textContent();
    expect(Number(shown)).toBeCloseTo(p, 4);
  }
  await page.getByLabel('True digit').selectOption('3');
  expect(await result(page, 'L=')).toBeCloseTo(-Math.log(outputs[3]!), 2);
});

it('backwards: a step along the digit’s gradient lowers its loss, while the network keeps its weights', async () => {
  const { page } = await lab.visit('embed.html?panels=explain');
  await button(page, 'Next test digit').click();
  await input(page).waitFor();
  const sum = () => look(page, (e) => e.look.weights!.reduce((total, w) => total + w, 0));
  const before = await sum();
  await layer(page, /Dense/, 1).click();
  await page.getByLabel('True digit').selectOption('4');
  await button(page, 'Compute the gradient').click();
  const losses = page.getByText(/Loss before and after the step: /);
  const [was, is] = (await losses.textContent())!.match(/\d+\.\d+/g)!.map(Number);
  expect(is).toBeLessThan(was!);
  expect(await sum()).toBe(before);
});
