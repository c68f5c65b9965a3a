// <ziffer-lab> in a page: its attributes, methods and events, its languages, and what it leaves behind.
import { describe, expect, it } from 'vitest';
import { button, event, look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

describe('attributes', () => {
  it('set the experiment, are reflected, and can be changed', async () => {
    const { page } = await lab.visit(
      'embed.html?preset=softmax-regression&panels=train model&seed=7&epochs=4&batch-size=128&optimizer=sgd&patience=none',
    );
    expect(await look(page, (e) => e.settings)).toMatchObject({
      seed: 7,
      epochs: 4,
      batchSize: 128,
      optimizer: 'sgd',
      patience: null,
      validationSplit: 0.1,
    });
    expect(await page.getByRole('heading', { name: 'Draw a digit' }).count()).toBe(0);
    await page.getByText('7,850').first().waitFor();

    await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('epochs', '9'));
    await expect.poll(() => page.getByRole('textbox', { name: 'Epochs' }).inputValue()).toBe('9');
    await page.evaluate(() => {
      document.querySelector('ziffer-lab')!.preset = 'simple-cnn';
    });
    await page.getByText('21,898').first().waitFor();
    expect(await page.locator('ziffer-lab').getAttribute('preset')).toBe('simple-cnn');
  });

  it('that mean nothing are told of and leave the default', async () => {
    const { page } = await lab.visit('embed.html');
    const told = event(page, 'ziffer-error');
    await page.evaluate(() =>
      document.querySelector('ziffer-lab')!.setAttribute('learning-rate', 'fast'),
    );
    await told;
    expect(await look(page, (e) => e.settings.learningRate)).toBe(0.001);
  });

  it('choose the language, with its numbers', async () => {
    const { page } = await lab.visit('embed.html?locale=de');
    await button(page, 'Trainieren').waitFor();
    await page.getByText('21.898').first().waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Lernrate' }).inputValue())
      .toBe('0,001');
    await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('locale', 'en'));
    await button(page, 'Train').waitFor();
  });
});

describe('methods and events', () => {
  it('start, pause and reset work, and every event comes', async () => {
    const { page } = await lab.visit('embed.html?epochs=1&train-count=2000');
    const trained = event(page, 'ziffer-trained');
    const epoch = event(page, 'ziffer-epoch');
    await page.evaluate(() => document.querySelector('ziffer-lab')!.start());
    expect(await epoch).toMatchObject({ epoch: 1, epochs: 1 });
    expect(await trained).toMatchObject({ outcome: 'complete', bestEpoch: 1 });
    await page.evaluate(() => document.querySelector('ziffer-lab')!.reset());
    await button(page, 'Train').waitFor();
    expect(await look(page, (e) => e.curves.epochs.length)).toBe(0);
  });

  it('draw puts strokes of any unit on the pad and tells what they are read as', async () => {
    const { page } = await lab.visit('embed.html?panels=draw');
    const read = event(page, 'ziffer-predict') as Promise<{ digit: number; source: string }>;
    await page.evaluate(() =>
      document.querySelector('ziffer-lab')!.draw([
        [
          [1000, 1000],
          [1010, 1200],
          [990, 1500],
        ],
      ]),
    );
    expect(await read).toMatchObject({ source: 'ink' });
  });

  it('a lab that only draws loads no training data', async () => {
    const asked: string[] = [];
    const { page } = await lab.visit('embed.html?panels=draw', {}, async (context) => {
      context.on('request', (request) => asked.push(request.url()));
    });
    await page.getByRole('application').waitFor();
    await page.waitForTimeout(1000);
    expect(asked.filter((url) => url.includes('/data/'))).toEqual([]);
  });
});

describe('a removed lab', () => {
  it('ends its training and frees its model', async () => {
    const { page } = await lab.visit('embed.html');
    await button(page, 'Train').click();
    await event(page, 'ziffer-step');
    const steps = await page.evaluate(async () => {
      const element = document.querySelector('ziffer-lab')!;
      let count = 0;
      element.addEventListener('ziffer-step', () => count++);
      element.remove();
      await new Promise((done) => setTimeout(done, 200));
      count = 0;
      await new Promise((done) => setTimeout(done, 500));
      return count;
    });
    expect(steps).toBe(0);
  });

  it('that is only moved goes on', async () => {
    const { page } = await lab.visit('embed.html');
    await button(page, 'Train').click();
    await event(page, 'ziffer-step');
    await page.evaluate(() => {
      const box = document.body.appendChild(document.createElement('div'));
      box.append(document.querySelector('ziffer-lab')!);
    });
    await event(page, 'ziffer-step');
    expect(await look(page, (e) => e.phase)).toBe('training');
  });
});
