// The lab as a person uses it: train on real MNIST, draw, see it recognised.
import { describe, expect, it } from 'vitest';
import { button, drawWithMouse, event, look, ONE, SEVEN, ZERO } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();

describe('with the mouse', () => {
  it('an empty pad predicts nothing, before and after it was drawn on', async () => {
    const { page } = await lab.visit();
    await page.getByText('Nothing drawn yet').waitFor();
    await drawWithMouse(page, ONE);
    await page.waitForFunction(
      () => document.querySelector('ziffer-lab')!.experiment.digit.prediction !== null,
    );
    await button(page, 'Clear').click();
    await page.getByText('Nothing drawn yet').waitFor();
    expect(await look(page, (e) => e.digit.prediction)).toBeNull();
    expect(await button(page, 'Clear').isDisabled()).toBe(true);
  });

  it('the simple CNN is trained for three epochs, and reads a drawn 0, 1 and 7', async () => {
    const { page } = await lab.visit();
    await page.getByRole('textbox', { name: 'Epochs' }).fill('3');
    await page.keyboard.press('Tab');
    await drawWithMouse(page, ZERO);
    await button(page, 'Train').click();
    await button(page, 'Train again').waitFor({ timeout: 120_000 });

    await page.getByText('All 3 epochs are done.').waitFor();
    const { accuracy, epochs } = await look(page, (e) => ({
      accuracy: e.evaluation?.accuracy ?? 0,
      epochs: e.curves.epochs,
    }));
    expect(accuracy).toBeGreaterThan(0.92);
    expect(epochs.map((row) => row.epoch)).toEqual([1, 2, 3]);
    await page.getByText(accuracy.toFixed(4), { exact: true }).first().waitFor();

    await page.getByText('This is a 0').first().waitFor();
    for (const [strokes, digit] of [
      [ONE, 1],
      [SEVEN, 7],
    ] as const) {
      await button(page, 'Clear').click();
      await drawWithMouse(page, strokes);
      await page.getByText(new RegExp(`(This is|Probably|Perhaps) a ${digit}`)).waitFor();
    }
  });

  it('pause holds, step does one batch, continue goes on, stop keeps what was learned', async () => {
    const { page } = await lab.visit();
    await button(page, 'Train').click();
    await button(page, 'Pause').click();
    await button(page, 'Continue').waitFor();
    // A report of the step that was under way may still come.
    await page.waitForTimeout(300);
    const before = (await look(page, (e) => e.step?.totalStep)) ?? 0;
    await page.waitForTimeout(300);
    expect((await look(page, (e) => e.step?.totalStep)) ?? 0).toBe(before);

    await button(page, 'Step').click();
    await page.waitForFunction(
      (n) => document.querySelector('ziffer-lab')!.experiment.step?.totalStep === n + 1,
      before,
    );
    await button(page, 'Continue').click();
    await page.waitForFunction(
      (n) => (document.querySelector('ziffer-lab')!.experiment.step?.totalStep ?? 0) > n + 5,
      before,
    );
    await button(page, 'Stop').click();
    await page.getByText(/Stopped by you in epoch/).waitFor({ timeout: 60_000 });
    await button(page, 'Train again').waitFor();
  });

  it.each(['softmax-regression', 'simple-cnn'])(
    'the ready-made %s answers the first stroke, without any training data',
    async (preset) => {
      const { page } = await lab.visit(`index.html#preset=${preset}`);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await drawWithMouse(page, SEVEN);
      await page.getByText('This is a 7').waitFor();
      expect(await look(page, (e) => e.origin)).toBe('pretrained');
      expect(asked.filter((url) => url.includes('/data/'))).toEqual([]);
    },
  );

  it('predictions move while it trains', async () => {
    const { page } = await lab.visit();
    await drawWithMouse(page, SEVEN);
    await button(page, 'Train').click();
    await event(page, 'ziffer-step');
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      await event(page, 'ziffer-predict');
      seen.add(String(await look(page, (e) => [...(e.digit.prediction?.probabilities ?? [])])));
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it('a test digit says its label, and goes when one draws', async () => {
    const { page } = await lab.visit();
    await button(page, 'Next test digit').click();
    // The first digit of the test set is a 7.
    await page.getByText(/Test digit no\. 1 · Label 7|Label\s+7/).waitFor();
    await drawWithMouse(page, ONE);
    expect(await look(page, (e) => e.digit.source)).toBe('ink');
  });
});

describe('the main thread', () => {
  it('has no task of 50 ms of its own while it trains', async () => {
    const { page } = await lab.visit();
    await drawWithMouse(page, SEVEN);
    await lab.site.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    await button(page, 'Train').click();
    await event(page, 'ziffer-epoch');
    await page.waitForTimeout(3000);
    const trace = JSON.parse((await lab.site.browser.stopTracing()).toString()) as {
      traceEvents: {
        name: string;
        pid: number;
        tid: number;
        tdur?: number;
        args: { name?: string };
      }[];
    };
    // Of several renderers the page's is the one that ran its animation frames.
    const { traceEvents } = trace;
    const frame = traceEvents.find((e) => e.name === 'FireAnimationFrame')!;
    // Time of the thread itself: on a busy machine the clock on the wall measures the other processes.
    const tasks = traceEvents
      .filter((e) => e.pid === frame.pid && e.tid === frame.tid && /RunTask$/.test(e.name))
      .map((e) => (e.tdur ?? 0) / 1000);
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks)).toBeLessThan(50);
  });
});
