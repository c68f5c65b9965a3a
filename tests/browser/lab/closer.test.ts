// Look closer: models of one's own, mistakes, inside, compare, files, and links that reproduce an experiment.
import { describe, expect, it } from 'vitest';
import { button, drawWithMouse, look, ONE } from '../../support/lab_site.ts';
import { train, visits } from '../../support/lab_visit.ts';

const lab = visits();

describe('a model of one’s own', () => {
  it('is edited in its cards, tells what does not fit where, and is undone', async () => {
    const { page } = await lab.visit();
    await page.getByRole('button', { name: /^Conv2D/, expanded: false }).click();
    await page.getByRole('textbox', { name: 'Filters' }).fill('4');
    // 3·3·4 + 4 + 13·13·4·16 + 16 + 16·10 + 10
    await page.getByText('11,042').first().waitFor();
    await expect.poll(() => page.getByRole('radio', { name: 'Custom' }).isChecked()).toBe(true);

    await page.getByRole('button', { name: /^Flatten/, expanded: false }).click();
    await button(page, 'Remove Flatten').click();
    await page.getByRole('alert').filter({ hasText: 'dense' }).waitFor();
    expect(await button(page, 'Train').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Undo').last().click();
    await page.getByText('11,042').first().waitFor();
    await train(page, { trainCount: 6000 });
    expect(await look(page, (e) => e.runs.runs[0]?.parameters)).toBe(11_042);
  });

  it('has its layers moved with arrow keys and with the mouse', async () => {
    const { page } = await lab.visit('index.html#preset=two-conv-cnn');
    const order = () => look(page, (e) => e.layers.map((l) => l.className));
    await page.getByRole('button', { name: /^Dropout, position 6/ }).focus();
    await page.keyboard.press('ArrowUp');
    expect((await order())[4]).toBe('Dropout');
    await page.keyboard.press('ArrowDown');
    expect((await order())[5]).toBe('Dropout');

    const grip = (await page.getByRole('button', { name: /^Dropout, position 6/ }).boundingBox())!;
    const goal = (await page.getByRole('button', { name: /^Flatten, position 5/ }).boundingBox())!;
    await page.mouse.move(grip.x + 8, grip.y + 20);
    await page.mouse.down();
    await page.mouse.move(goal.x + 8, goal.y + 10, { steps: 6 });
    await page.mouse.up();
    expect((await order())[4]).toBe('Dropout');
  });
});

describe('a link', () => {
  it('reproduces the experiment, and follows what is changed', async () => {
    const { page } = await lab.visit(
      'index.html#layers=Flatten;Dense:units=12,activation=relu;Dense:units=10,activation=softmax&epochs=3&seed=9',
    );
    await page.getByText('9,550').first().waitFor();
    expect(await look(page, (e) => [e.settings.epochs, e.settings.seed])).toEqual([3, 9]);
    await page.getByRole('textbox', { name: 'Batch size' }).fill('64');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => location.hash.includes('batch-size=64'));
    const hash = await page.evaluate(() => location.hash);
    const { page: another } = await lab.visit(`index.html${hash}`);
    await another.getByText('9,550').first().waitFor();
    expect(await look(another, (e) => e.settings.batchSize)).toBe(64);
  });

  it('with a mistake still opens the lab', async () => {
    const { page } = await lab.visit('index.html#layers=Nonsense:units=x&epochs=many');
    await page.getByText('21,898').first().waitFor();
  });
});

describe('the tabs', () => {
  it('mistakes: a cell opens its images, the surest first, and one goes to the pad', async () => {
    const { page } = await lab.visit();
    await train(page, { trainCount: 6000 });
    await page.getByText(/of 10,000 test digits are misread/).waitFor();
    const cell = page.getByRole('button', { name: /^\d+: 4 read as 9/ });
    const count = Number.parseInt((await cell.textContent()) ?? '', 10);
    await cell.click();
    await page.getByText(`${count}, surest first`).waitFor();
    const images = page.getByRole('button', { name: /^4 → 9/ });
    await images.first().waitFor();
    const sure = (await images.allTextContents()).map((text) => Number(text.split('·')[1]));
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
    await images.first().click();
    await page.waitForFunction(
      () => document.querySelector('ziffer-lab')!.experiment.digit.test?.label === 4,
    );
  });

  it('inside: every layer’s output of the drawn digit, and what matters in it', async () => {
    const { page } = await lab.visit();
    await drawWithMouse(page, ONE);
    await page.getByRole('tab', { name: 'Inside' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.scrollIntoViewIfNeeded();
    await panel.getByRole('img', { name: 'Saliency' }).waitFor();
    expect(await panel.getByRole('img', { name: /^conv2d \d+$/ }).count()).toBe(8);
    await panel.getByRole('heading', { name: 'MaxPooling2D' }).waitFor();
  });

  it('compare: two runs, their difference, and McNemar’s test', async () => {
    const { page } = await lab.visit();
    await train(page, { trainCount: 6000 });
    await train(page, { trainCount: 6000, seed: 5, epochs: 2 });
    await page.getByRole('tab', { name: 'Compare' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('rowheader', { name: '2 · Simple CNN' }).waitFor();
    await panel.getByText(/\(p [=<] 0\.\d{4}\)/).waitFor();
  });

  it('files: the history as CSV', async () => {
    const { page } = await lab.visit();
    await train(page, { trainCount: 6000 });
    await page.getByRole('tab', { name: 'Files' }).click();
    const download = page.waitForEvent('download');
    await button(page, 'History as CSV').click();
    expect((await download).suggestedFilename()).toBe('history.csv');
  });

  it('are reached with arrow keys', async () => {
    const { page } = await lab.visit();
    await page.getByRole('tab', { name: 'Mistakes' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: 'Inside' }).getAttribute('aria-selected')).toBe(
      'true',
    );
  });
});
