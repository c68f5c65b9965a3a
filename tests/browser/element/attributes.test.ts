// Every attribute of <ziffer-lab> in a course page: what it sets, what it refuses, and that it can be changed at any time.
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CoursePage, coursePage, script, smallSet } from '../../support/course_page.ts';
import { button, event, LabSite, look } from '../../support/lab_site.ts';

let site: LabSite;
let course: CoursePage;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(() => course.page.context().close());

/** Opens a page with a lab of these attributes that is awake. */
async function lab(attributes: string, inside = '', files: Record<string, string | Buffer> = {}) {
  const tag = `<ziffer-lab ${attributes}>${inside}</ziffer-lab>`;
  course = await coursePage(site, `${script(site)}${tag}`, { files });
  await course.page.waitForFunction(() => customElements.get('ziffer-draw') !== undefined);
  return course.page;
}

const attribute = (name: string) => course.page.locator('ziffer-lab').getAttribute(name);

/** One of each attribute that it cannot mean. */
const WRONG: [name: string, text: string][] = [
  ['preset', 'vgg'],
  ['panels', 'draw sing'],
  ['seed', '-1'],
  ['epochs', '0'],
  ['batch-size', '1.5'],
  ['validation-split', '1'],
  ['patience', 'soon'],
  ['optimizer', 'ftrl'],
  ['learning-rate', 'fast'],
  ['train-count', '70000'],
  ['threads', 'many'],
  ['locale', '<b>'],
  ['theme', 'sepia'],
  ['controls', 'no-fun'],
  ['loading', 'later'],
  ['poster', 'javascript:alert(1)'],
  ['src', 'javascript:alert(1)'],
  ['data', 'a b'],
  ['classes', 'a, b'],
  ['task', ' '],
  ['layers', 'Flatten;Denser'],
  ['worker-src', 'file:///etc/passwd'],
  ['wasm-src', ''],
];

describe('asleep', () => {
  it('out of sight it fetches the shell only; seen, it starts', async () => {
    course = await coursePage(
      site,
      `${script(site)}<div style="height:5000px"></div><ziffer-lab></ziffer-lab>`,
    );
    const { page, asked } = course;
    await page.waitForFunction(() => document.querySelector('ziffer-lab')?.shadowRoot);
    await page.waitForLoadState('networkidle');
    const scripts = asked.filter((url) => /\.(js|wasm|gz)$/.test(url)).length;
    expect(asked.filter((url) => /awake_lab|worker|wasm|models|data/.test(url))).toEqual([]);
    expect(scripts).toBeLessThan(16);
    await page.locator('ziffer-lab').scrollIntoViewIfNeeded();
    await button(page, 'Train').waitFor();
  });

  it('loading="eager" starts at once', async () => {
    const far = '<div style="height:5000px"></div><ziffer-lab loading="eager"></ziffer-lab>';
    course = await coursePage(site, `${script(site)}${far}`);
    const ready = event(course.page, 'ziffer-ready');
    expect(await ready).toMatchObject({ model: 'simple-cnn' });
  });

  it('behind a poster it waits for a press', async () => {
    const poster = `${site.server.url}icon.svg`;
    course = await coursePage(site, `${script(site)}<ziffer-lab poster="${poster}"></ziffer-lab>`);
    const { page, asked } = course;
    await button(page, 'Start the lab').waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /awake_lab|worker|wasm/.test(url))).toEqual([]);
    await button(page, 'Start the lab').press('Enter');
    await button(page, 'Train').waitFor();
    await button(page, 'Start the lab').waitFor({ state: 'detached' });
  });
});

describe('attributes and properties', () => {
  it('say the same, in both directions', async () => {
    const page = await lab('preset="softmax-regression" epochs="4" panels="train model"');
    const seen = await page.evaluate(() => {
      const e = document.querySelector('ziffer-lab')!;
      e.epochs = 7;
      e.patience = null;
      e.batchSize = 128;
      e.theme = 'dark';
      const { epochs, patience, seed, optimizer, panels, theme } = e;
      return { epochs, patience, seed, optimizer, panels, theme };
    });
    expect(seen).toEqual({
      epochs: 7,
      patience: null,
      seed: 42,
      optimizer: 'adam',
      panels: 'train model',
      theme: 'dark',
    });
    expect(await attribute('epochs')).toBe('7');
    expect(await attribute('patience')).toBe('none');
    expect(await look(page, (e) => e.settings.batchSize)).toBe(128);
    await page.evaluate(() => document.querySelector('ziffer-lab')!.removeAttribute('epochs'));
    expect(await look(page, (e) => e.settings.epochs)).toBe(50);
  });

  it('properties that were set before the element was known count', async () => {
    course = await coursePage(site, '<ziffer-lab panels="train"></ziffer-lab>');
    const { page } = course;
    await page.evaluate(() => {
      Object.assign(document.querySelector('ziffer-lab')!, { epochs: 3 });
    });
    await page.evaluate(`import('${site.server.url}ziffer-lab.js')`);
    await button(page, 'Train').waitFor();
    expect(await look(page, (e) => e.settings.epochs)).toBe(3);
    expect(await attribute('epochs')).toBe('3');
  });

  it('what a person chooses, the attributes say', async () => {
    const page = await lab('panels="bar train model" epochs="4"');
    await page.getByRole('textbox', { name: 'Seed' }).fill('7');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.querySelector('ziffer-lab[seed="7"]'));
    await page.getByRole('radio', { name: 'Softmax regression' }).check();
    await page.waitForFunction(() => document.querySelector('[preset="softmax-regression"]'));
    expect(await attribute('epochs')).toBe(null);
    expect(await attribute('seed')).toBe('7');
  });

  it('what an attribute cannot mean is told of and changes nothing', async () => {
    const page = await lab('panels="train model"');
    const told = await page.evaluate((wrong) => {
      const e = document.querySelector('ziffer-lab')!;
      const state = () => JSON.stringify([e.settings, e.panels, e.theme, e.experiment.layers]);
      const before = state();
      return wrong.map(([name, text]) => {
        let said: { code: string; message: string } | null = null;
        const hear = ({ detail: { code, message } }: HTMLElementEventMap['ziffer-error']) => {
          said = { code, message };
        };
        e.addEventListener('ziffer-error', hear, { once: true });
        e.setAttribute(name, text);
        e.removeEventListener('ziffer-error', hear);
        return { said, same: state() === before };
      });
    }, WRONG);
    for (const [n, [name, text]] of WRONG.entries()) {
      const { said, same } = told[n]!;
      expect(said, name).toMatchObject({ code: 'invalid_argument' });
      expect(said, name).toHaveProperty('message', expect.stringContaining(`${name}="${text}"`));
      expect(said, name).toHaveProperty('message', expect.stringContaining('expected'));
      expect(same, `${name} changed something`).toBe(true);
    }
  });
});

describe('what is shown', () => {
  it('title, task and caption stand around the lab; the fallback goes when it is there', async () => {
    const page = await lab(
      'panels="draw" task="Draw a seven."',
      '<h2 slot="title">Exercise 1</h2><p slot="caption">MNIST</p><p>No lab here.</p>',
    );
    const top = async (text: string) =>
      (await page.getByText(text, { exact: true }).boundingBox())?.y ?? -1;
    await page.getByRole('application').waitFor();
    const pad = (await page.getByRole('application').boundingBox())!.y;
    expect(await top('Exercise 1')).toBeLessThan(await top('Draw a seven.'));
    expect(await top('Draw a seven.')).toBeLessThan(pad);
    expect(await top('MNIST')).toBeGreaterThan(pad);
    expect(await page.getByText('No lab here.').isVisible()).toBe(false);
    await page.evaluate(() => {
      document.querySelector('ziffer-lab')!.task = '<b>Now</b> an eight.';
    });
    await page.getByText('<b>Now</b> an eight.').waitFor();
  });

  it('without a part of the site the fallback stands, and trying again helps', async () => {
    course = await coursePage(site, '<ziffer-lab panels="draw"><p>No lab here.</p></ziffer-lab>');
    const { page } = course;
    await page.route('**/awake_lab-*.js', (route) => route.abort());
    await page.evaluate(`import('${site.server.url}ziffer-lab.js')`);
    await page.getByText('No lab here.').waitFor();
    await page.unroute('**/awake_lab-*.js');
    await button(page, 'Try again').click();
    await page.getByRole('application').waitFor();
  });

  it('without the panels that look closer the others work, and trying again brings them', async () => {
    course = await coursePage(site, '<ziffer-lab panels="draw mistakes files"></ziffer-lab>');
    const { page } = course;
    await page.route('**/closer_look-*.js*', (route) => route.abort());
    await page.evaluate(`import('${site.server.url}ziffer-lab.js')`);
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    await page.getByRole('application').waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.unroute('**/closer_look-*.js*');
    await button(page, 'Try again').click();
    await page.getByRole('tab', { name: 'Files' }).waitFor();
    await button(page, 'Try again').waitFor({ state: 'detached' });
  });

  it('controls hides and locks', async () => {
    const page = await lab(
      'panels="bar draw train model" controls="no-upload no-step no-sees no-language no-seed lock-layers lock-learning-rate lock-presets"',
    );
    await button(page, 'Train').waitFor();
    for (const name of ['Picture …', 'Step', '+ Layer']) {
      expect(await button(page, name).count(), name).toBe(0);
    }
    expect(await page.getByRole('combobox', { name: 'Language' }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Seed' }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Learning rate' }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Two-conv CNN' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /Conv2D/ }).isDisabled()).toBe(true);
    await page.evaluate(() => {
      document.querySelector('ziffer-lab')!.controls = null;
    });
    await button(page, 'Step').waitFor();
    await button(page, 'Picture …').waitFor();
  });
});

describe('models and data from elsewhere', () => {
  it('layers is a model of one’s own', async () => {
    const page = await lab(
      'panels="model" layers="Flatten;Dense:units=12,activation=relu;Dense:units=10,activation=softmax"',
    );
    await page.getByText('9,550').first().waitFor();
    await page.evaluate(() => {
      const e = document.querySelector('ziffer-lab')!;
      e.layers = null;
      e.preset = 'softmax-regression';
    });
    await page.getByText('7,850').first().waitFor();
  });

  it('src is a model with its weights', async () => {
    const page = await lab('panels="draw model" src="../models/softmax-regression/model.json"');
    await page.getByText('7,850').first().waitFor();
    const { origin, model } = await look(page, (e) => ({ origin: e.origin, model: e.modelName }));
    expect({ origin, model }).toEqual({ origin: 'opened', model: 'custom' });
    expect(await attribute('src')).toBe('../models/softmax-regression/model.json');
    // Another one, at run time; then none.
    await page.evaluate(() => {
      document.querySelector('ziffer-lab')!.src = '../models/two-conv-cnn/model.json';
    });
    await page.getByText('34,826').first().waitFor();
    await page.evaluate(() => document.querySelector('ziffer-lab')!.removeAttribute('src'));
    await page.getByText('21,898').first().waitFor();
  });

  it('a src that is missing is told of, and the preset goes on untrained', async () => {
    course = await coursePage(site, `${script(site)}<ziffer-lab src="nowhere.keras"></ziffer-lab>`);
    const message = expect.stringContaining('no such file (404)');
    expect(await event(course.page, 'ziffer-error')).toMatchObject({ message });
    await course.page.getByText('nowhere.keras').first().waitFor();
    expect(await look(course.page, (e) => e.origin)).toBe('untrained');
  });

  it.each(['folder', 'four files'])('data is another set: a %s', async (form) => {
    const folder = `${site.server.url}course/letters/`;
    const files = smallSet(folder, 700, 200);
    const [a, b, c, d] = Object.keys(files);
    const address = form === 'folder' ? 'letters/' : `${a} ${b} ${c} ${d}`;
    const names = 'nought, one, two, three, four, five, six, seven, eight, nine';
    const page = await lab(
      `panels="draw train mistakes" data="${address}" classes="${names}" epochs="1" checkpoint="false"`,
      '',
      files,
    );
    await button(page, 'Next test picture').click();
    await page.getByRole('listitem', { name: /^seven/ }).waitFor();
    const trained = event(page, 'ziffer-trained') as Promise<{ test: { count: number } }>;
    await button(page, 'Train').click();
    expect((await trained).test.count).toBe(200);
    // There are no more images than that.
    expect(await attribute('train-count')).toBe('700');
    await page.getByRole('rowheader', { name: 'nought' }).first().waitFor();
  });

  it('data that is not there is told of', async () => {
    const page = await lab('panels="train" data="nowhere/"');
    const told = event(page, 'ziffer-error');
    await button(page, 'Train').click();
    expect(await told).toMatchObject({ message: expect.stringContaining('no such file (404)') });
  });

  it('worker-src and wasm-src name other places', async () => {
    const page = await lab(
      'panels="draw" worker-src="../worker.js?elsewhere" wasm-src="../ziffer-core.wasm?elsewhere"',
    );
    await page.waitForFunction(
      () => document.querySelector('ziffer-lab')!.experiment.origin === 'pretrained',
    );
    await page.evaluate(() =>
      document.querySelector('ziffer-lab')!.draw([
        [
          [1, 1],
          [1, 9],
        ],
      ]),
    );
    await event(page, 'ziffer-predict').catch(() => {});
    expect(course.page.workers().map((w) => w.url())).toContain(
      `${site.server.url}worker.js?elsewhere`,
    );
  });
});

it('a misspelt attribute is told of in the lab, with the one that was meant, until somebody has read it', async () => {
  const page = await lab('pannels="draw" panels="draw" loading="eager"');
  const notice = page.getByRole('alert').filter({ hasText: 'pannels' });
  await notice
    .getByText(/panels/)
    .first()
    .waitFor();
  const close = notice.getByRole('button', { name: 'Close' });
  // As the lab's other buttons look.
  const radius = (of: Locator) => of.evaluate((b) => getComputedStyle(b).borderRadius);
  expect(await radius(close)).toBe(await radius(button(page, 'Clear')));
  await close.click();
  await notice.waitFor({ state: 'detached' });
});

it('a lab that is moved into a frame’s document keeps its look, its model and its panels, and comes back', async () => {
  const page = await lab('panels="draw train model mistakes" loading="eager" theme="dark"');
  await page.getByRole('tab', { name: 'Mistakes' }).waitFor();
  // Colours and sizes of panels, a chart and what is built only afterwards.
  const seen = () =>
    page.evaluate(() => {
      const lab =
        document.querySelector('ziffer-lab') ??
        document.querySelector('iframe')!.contentDocument!.querySelector('ziffer-lab')!;
      const styles: string[] = [];
      const walk = (root: ShadowRoot) => {
        for (const element of root.querySelectorAll('*')) {
          const { color, fontSize, display, paddingLeft, borderRadius } =
            element.ownerDocument.defaultView!.getComputedStyle(element);
          styles.push(
            [element.localName, color, fontSize, display, paddingLeft, borderRadius].join(),
          );
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(lab.shadowRoot!);
      return styles;
    });
  const before = await seen();
  expect(before.length).toBeGreaterThan(100);
  await page.evaluate(() => {
    const lab = document.querySelector('ziffer-lab')!;
    Object.assign(globalThis, { lab, experiment: lab.experiment });
    const frame = document.createElement('iframe');
    frame.style.cssText = `border: 0; width: ${lab.clientWidth}px; height: 900px`;
    document.body.append(frame);
    const inside = frame.contentDocument!;
    inside.body.style.margin = '0';
    inside.body.append(lab);
  });
  const moved = page.frameLocator('iframe');
  await moved.getByRole('button', { name: 'Train', exact: true }).first().waitFor();
  expect(await seen()).toEqual(before);
  // What comes into being there is dressed too.
  await moved.getByRole('button', { name: 'summary' }).click();
  const dialog = moved.getByRole('dialog').filter({ hasText: 'Total params' });
  expect(await dialog.locator('pre').evaluate((pre) => getComputedStyle(pre).padding)).toBe('14px');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await moved.getByRole('button', { name: '+ Layer' }).click();
  await page.evaluate(() =>
    document.body.append(
      document.querySelector('iframe')!.contentDocument!.querySelector('ziffer-lab')!,
    ),
  );
  await button(page, 'Train').first().waitFor();
  expect(
    await page.evaluate(
      () =>
        document.querySelector('ziffer-lab')!.experiment ===
        (globalThis as unknown as { experiment: unknown }).experiment,
    ),
  ).toBe(true);
  expect(course.complaints).toEqual([]);
});
