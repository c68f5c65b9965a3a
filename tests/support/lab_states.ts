// Every state a visitor can see the lab in, one after the other on one page, for tests that look at all of them.
import type { Page } from 'playwright-core';
import { button, drawWithMouse, event, look, SEVEN } from './lab_site.ts';
import { train } from './lab_visit.ts';

export interface LabState {
  readonly name: string;
  /** From the state before it in the list; the page is in English and wide. */
  readonly reach: (page: Page) => Promise<void>;
}

const tab = (name: string, ready: (page: Page) => Promise<void>): LabState => ({
  name: `after a training, ${name}`,
  reach: async (page) => {
    await page.getByRole('tab', { name }).click();
    await ready(page);
  },
});

/** Lets the data through that are kept back while MNIST is shown as loading. */
let letGo: () => void = () => {};

/** Of the training images only the first part comes. */
async function keepDataBack(page: Page): Promise<void> {
  const gate = new Promise<void>((open) => {
    letGo = open;
  });
  await page.route('**/train-images-*', async (route) => {
    if (!route.request().url().includes('train-images-00')) await gate;
    await route.continue();
  });
}

export const STATES: readonly LabState[] = [
  { name: 'empty', reach: async (page) => void (await page.getByRole('application').waitFor()) },
  {
    name: 'the ready-made network reads a drawn digit',
    reach: async (page) => {
      await drawWithMouse(page, SEVEN);
      await page.getByText('This is a 7').waitFor();
    },
  },
  {
    name: 'loading',
    reach: async (page) => {
      await keepDataBack(page);
      await button(page, 'Train').first().click();
      await page.getByRole('progressbar', { name: 'Loading of the data' }).waitFor();
    },
  },
  {
    name: 'training',
    reach: async (page) => {
      letGo();
      await event(page, 'ziffer-epoch');
    },
  },
  {
    name: 'paused',
    reach: async (page) => {
      await button(page, 'Pause').first().click();
      await button(page, 'Continue').first().waitFor();
    },
  },
  {
    name: 'stopped, with its test accuracy',
    reach: async (page) => {
      await button(page, 'Stop').first().click();
      await button(page, 'Train again').first().waitFor();
    },
  },
  {
    name: 'the table of the curves',
    reach: async (page) => void (await button(page, 'table').click()),
  },
  tab('Mistakes', async (page) => {
    await page.getByRole('button', { name: /: 4 read as 9/ }).click();
    await page
      .getByRole('button', { name: /^4 → 9/ })
      .first()
      .waitFor();
  }),
  tab('Explain', async (page) => {
    await page.getByRole('application', { name: /^Window over the input/ }).waitFor();
  }),
  tab('Inside', async (page) => {
    await page.getByRole('img', { name: 'Occlusion' }).waitFor();
  }),
  tab('Compare', async (page) => {
    await train(page, { seed: 5 });
    await page.getByText(/\(p [=<] 0\.\d{4}\)/).waitFor();
  }),
  tab('Your digits', async (page) => {
    await button(page, 'Ask me for 10 of each').waitFor();
  }),
  tab('Files', async (page) => {
    await button(page, 'ONNX').waitFor();
  }),
  {
    name: 'a model from a file, trained on twice',
    reach: async (page) => {
      await page.evaluate(async () => {
        const { experiment } = document.querySelector('ziffer-lab')!;
        const file = await experiment.model!.save('keras');
        await experiment.open(new File([file], 'model.keras'));
      });
      for (const epochs of [1, 2]) {
        await button(page, 'Train on').first().click();
        await page.waitForFunction((epochs) => {
          const { curves, phase } = document.querySelector('ziffer-lab')!.experiment;
          return curves.epochs.length === epochs && phase === 'finished';
        }, epochs);
      }
      await page.getByText('trained on from here').waitFor();
    },
  },
  {
    name: 'the lecture, running',
    reach: async (page) => {
      await page.evaluate(() => {
        document.querySelector('ziffer-lab')!.settings = { trainCount: 3000 };
      });
      await page.getByRole('tab', { name: 'Compare' }).click();
      await button(page, 'Train all three presets').first().click();
      await page
        .getByText(/3 of 3/)
        .first()
        .waitFor({ timeout: 120_000 });
      await button(page, 'Pause').first().click();
      await button(page, 'Continue').first().waitFor();
    },
  },
  {
    name: 'the lecture, done',
    reach: async (page) => {
      await button(page, 'Continue').first().click();
      await button(page, 'Train all three again').first().waitFor({ timeout: 120_000 });
    },
  },
  {
    name: 'a layer that does not fit, and a number that is none',
    reach: async (page) => {
      await page.getByRole('button', { name: /^Flatten/, expanded: false }).click();
      await button(page, 'Remove Flatten').click();
      await page.getByRole('textbox', { name: 'Epochs' }).fill('many');
      await page.keyboard.press('Tab');
      await page.getByRole('alert').filter({ hasText: 'a whole number' }).waitFor();
    },
  },
  {
    name: 'a layer being edited',
    reach: async (page) => {
      await page.getByRole('radio', { name: 'Two-conv CNN' }).check();
      await page.getByRole('textbox', { name: 'Epochs' }).fill('3');
      await page
        .getByRole('button', { name: /^Conv2D/, expanded: false })
        .first()
        .click();
      await page.getByRole('textbox', { name: 'Filters' }).waitFor();
    },
  },
  {
    name: 'softmax regression, whose weights are pictures',
    reach: async (page) => {
      await page.getByRole('radio', { name: 'Softmax regression' }).check();
      await page.getByRole('tab', { name: 'Inside' }).click();
      await page.getByText('Weights of each digit').waitFor();
    },
  },
  {
    name: 'failed: no connection',
    reach: async (page) => {
      await page.unroute('**/data/**');
      await page.route('**/data/**', (route) => route.abort());
      await page.getByRole('textbox', { name: 'Training images' }).fill('2000');
      await page.keyboard.press('Tab');
      await button(page, 'Train').first().click();
      await page.getByText('MNIST could not be loaded').waitFor();
    },
  },
  {
    name: 'failed: a loss that became infinite',
    reach: async (page) => {
      await page.unroute('**/data/**');
      await page.getByRole('radio', { name: 'Simple CNN' }).check();
      await page.getByLabel('Optimizer').selectOption('sgd');
      for (const [name, value] of [
        ['Learning rate', '1e6'],
        ['Seed', '42'],
        ['Training images', '4000'],
      ] as const) {
        await page.getByRole('textbox', { name }).fill(value);
      }
      await page.keyboard.press('Tab');
      await button(page, 'Train').first().click();
      await page.getByText('A smaller learning rate cures that.').waitFor();
    },
  },
  {
    name: 'failed: a file that is no model',
    reach: async (page) => {
      await page.getByRole('tab', { name: 'Files' }).click();
      const bad = { name: 'notes.keras', mimeType: '', buffer: Buffer.from('some notes') };
      await page.getByLabel('Load a model').setInputFiles(bad);
      await page.getByText('could not be opened').waitFor();
    },
  },
  {
    name: 'failed: a picture that is none',
    reach: async (page) => {
      const bad = { name: 'digit.png', mimeType: 'image/png', buffer: Buffer.from('none') };
      await page.getByLabel('Picture …').last().setInputFiles(bad);
      await page.getByText('This picture could not be read').waitFor();
    },
  },
  {
    name: 'failed: the worker is lost',
    reach: async (page) => {
      await page.getByRole('radio', { name: 'Softmax regression' }).check();
      await button(page, 'Train').first().click();
      await event(page, 'ziffer-step');
      await page.workers()[0]!.evaluate(() => self.close());
      await page.getByText('The program in the background has ended').waitFor();
    },
  },
  {
    name: 'the summary',
    reach: async (page) => {
      await button(page, 'summary').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the model in Keras',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await button(page, 'this model in Keras').click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

/** What a state is looked at with. */
export interface View {
  readonly width: number;
  readonly locale: string;
  readonly theme: 'light' | 'dark';
}

export const WIDE: View = { width: 1280, locale: 'en', theme: 'light' };

/** Shows the same page as another visitor would see it; below 700 px on a touch screen. */
export async function see(page: Page, { width, locale, theme }: View): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const touch = width < 700;
  await client.send('Emulation.setTouchEmulationEnabled', { enabled: touch, maxTouchPoints: 1 });
  await client.detach();
  // So high that the bar at the thumb stands under everything and covers nothing, wherever one would have scrolled to.
  await page.setViewportSize({ width, height: touch ? 8000 : 900 });
  await page.evaluate(
    ({ locale, theme }) => {
      const element = document.querySelector('ziffer-lab')!;
      element.locale = locale;
      element.theme = theme;
    },
    { locale, theme },
  );
  // Every panel has rendered once its experiment was told and two frames have passed.
  await look(page, (e) => e.changed());
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}
