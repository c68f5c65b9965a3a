// The element and its frame in pages that are dark by a switch, load it twice, are printed or translated.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
import { type CourseOptions, coursePage, script } from '../../support/course_page.ts';
import { LabSite } from '../../support/lab_site.ts';

let site: LabSite;
let open: Page[] = [];

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(async () => {
  await Promise.all(open.map((page) => page.context().close()));
  open = [];
});

async function visit(body: string, options: CourseOptions = {}) {
  const course = await coursePage(site, body, options);
  open.push(course.page);
  return course;
}

const LAB = '<ziffer-lab panels="draw train" loading="eager"></ziffer-lab>';

describe('theme="auto"', () => {
  const dark = (page: Page) =>
    page.waitForFunction(() => {
      const panel = document
        .querySelector('ziffer-lab')
        ?.shadowRoot?.querySelector('.panel, [part~=panel]');
      return panel && getComputedStyle(panel).backgroundColor === 'rgb(27, 31, 35)';
    });
  const light = (page: Page) =>
    page.waitForFunction(() => {
      const panel = document
        .querySelector('ziffer-lab')
        ?.shadowRoot?.querySelector('.panel, [part~=panel]');
      return panel && getComputedStyle(panel).backgroundColor === 'rgb(255, 255, 255)';
    });

  it('is as the page around, by whatever that is switched, and at once', async () => {
    const { page } = await visit(
      `<style>.seen { background: oklch(0.2 0 0); transition: background 0.2s }</style><div>${LAB}</div>${script(site)}`,
      { colorScheme: 'light' },
    );
    await light(page);
    for (const [attribute, value] of [
      ['data-theme', 'dark'],
      ['data-bs-theme', 'dark'],
      ['data-md-color-scheme', 'slate'],
      ['class', 'quarto-dark'],
      ['class', 'seen'],
      ['style', 'color-scheme: dark'],
    ] as const) {
      await page.evaluate(([a, v]) => document.documentElement.setAttribute(a, v), [
        attribute,
        value,
      ] as const);
      await dark(page);
      await page.evaluate((a) => document.documentElement.removeAttribute(a), attribute);
      await light(page);
    }
    // What it stands on goes before what the page is called.
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
      document.querySelector('div')!.style.background = '#fffef0';
    });
    await light(page);
    await page.evaluate(() => document.querySelector('ziffer-lab')!.setAttribute('theme', 'dark'));
    await dark(page);
  });

  it('is light on a light page of a dark system', async () => {
    const { page } = await visit(`<body style="background:#fff">${LAB}${script(site)}`, {
      colorScheme: 'dark',
    });
    await light(page);
  });
});

it('asleep it prints a sentence with its address, and nothing to press', async () => {
  const { page } = await visit(
    `<p style="height:3000px"></p><ziffer-lab></ziffer-lab><ziffer-lab poster="/icon.svg"></ziffer-lab>${script(site)}`,
    { colorScheme: 'dark' },
  );
  await page.waitForFunction(() => document.querySelector('ziffer-lab')?.shadowRoot);
  await page.emulateMedia({ media: 'print' });
  const said = await page
    .locator('ziffer-lab')
    .evaluateAll((labs) =>
      labs.map((lab) => (lab.shadowRoot!.querySelector('.waiting') as HTMLElement).innerText),
    );
  for (const text of said) {
    expect(text).toContain(page.url());
    expect(text).not.toMatch(/Start/);
  }
});

it('awake it prints dark on white, whatever its theme and the page’s colours are', async () => {
  const { page } = await visit(
    `<body style="--ziffer-ink:#eee"><ziffer-lab panels="draw" theme="dark" loading="eager"></ziffer-lab>${script(site)}`,
  );
  await page.getByRole('application').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('[part=verdict]').evaluate((e) => getComputedStyle(e).color)).toBe(
    'rgb(28, 32, 36)',
  );
  expect(await page.getByRole('button', { name: 'Picture …' }).count()).toBe(0);
});

it('text that changes while one works with the lab is marked as not to be translated', async () => {
  const { page } = await visit(
    `<ziffer-lab loading="eager" panels="draw train model mistakes"></ziffer-lab>${script(site)}`,
  );
  await page.getByLabel('Optimizer').waitFor();
  const changed = await page.evaluate(async () => {
    const roots = new Set<Node>();
    const unmarked = new Set<string>();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (!target.parentElement?.closest('[translate=no].notranslate')) {
          unmarked.add(
            `${(target.getRootNode() as ShadowRoot).host.localName}: ${target.textContent}`,
          );
        }
      }
    });
    const look = (root: ParentNode & Node) => {
      if (!roots.has(root)) observer.observe(root, { characterData: true, subtree: true });
      roots.add(root);
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) look(shadowRoot);
    };
    const lab = document.querySelector('ziffer-lab')!;
    look(lab.shadowRoot!);
    lab.settings = { epochs: 2, trainCount: 1000 };
    const trained = new Promise((done) => lab.addEventListener('ziffer-trained', done));
    lab.draw([
      [
        [1, 1],
        [5, 9],
      ],
    ]);
    lab.start();
    await trained;
    lab.setAttribute('preset', 'two-conv-cnn');
    await new Promise((done) => setTimeout(done, 500));
    return [...unmarked];
  });
  expect(changed).toEqual([]);
});

describe('in a page of another origin, the frame or the element', () => {
  const frame = (attributes = '', query = 'panels=draw+train') =>
    `<iframe title="Ziffer" width="100%" height="300" ${attributes} src="${site.server.url}embed.html?${query}"></iframe>`;
  let folder: string;
  let other: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/ziffer-around-`);
    other = await serve(folder);
  });
  afterAll(async () => {
    await other?.close();
    await rm(folder, { recursive: true });
  });
  /** In a page of another origin. */
  async function framed(body: string, options: CourseOptions = {}, { url } = other) {
    const html = `<!doctype html><html lang="en"><title>Course</title>${body}`;
    await writeFile(`${folder}/course.html`, html);
    return visit('', { at: `${url}course.html`, served: true, ...options });
  }

  it('loaded twice, the first serves both, and a warning names both', async () => {
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const hosts = [await serve('dist', { headers }), await serve('dist', { headers })] as const;
    const [first, second] = hosts.map(({ url }) => url);
    const { page, complaints } = await framed(
      `${LAB}<script type="module" src="${first}ziffer-lab.js"></script>`,
    );
    const warned: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
    // As text: the test's own transformation would rewrite the import.
    const parameters =
      await page.evaluate(`import('${second}ziffer.js').then(async ({ presets }) => {
      await document.querySelector('ziffer-lab').load();
      return (await presets['simple-cnn']().weights()).length;
    })`);
    expect(parameters).toBe(21_898);
    const about = warned.filter((text) => text.startsWith('<ziffer-lab>'));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(/Ziffer \d+\.\d+\.\d+ .*Ziffer \d+\.\d+\.\d+ /);
    expect(about[0]).toContain(first);
    expect(about[0]).toContain(second);
    // The page has no icon.
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    for (const host of hosts) await host.close();
  });

  it('tells its height to who asks later', async () => {
    const { page } = await framed(frame());
    await page.frameLocator('iframe').getByRole('application').waitFor();
    const heights = await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const heard: number[] = [];
          addEventListener('message', ({ data }) => {
            if (data.type === 'ziffer-height') heard.push(data.detail.height);
            if (heard.length === 2) done(heard);
          });
          document
            .querySelector('iframe')!
            .contentWindow!.postMessage({ type: 'ziffer-height?' }, '*');
        }),
    );
    expect(heights[0]).toBeGreaterThan(400);
    expect(heights[1]).toBe(heights[0]);
  });

  it('says what it is where scripts are off', async () => {
    const { page } = await framed(frame('sandbox=""'));
    const link = page
      .frameLocator('iframe')
      .getByRole('link', { name: 'Open the lab in a tab of its own' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('index.html');
  });

  it('higher than the screen it keeps Train and a dialog in sight', async () => {
    const { page } = await framed(
      `<meta name="viewport" content="width=device-width">${frame('style="height:2600px"', 'panels=draw+train+model')}`,
      { viewport: { width: 390, height: 800 } },
    );
    const lab = page.frameLocator('iframe');
    await lab.getByLabel('Optimizer').waitFor();
    const bar = lab.locator('ziffer-train-bar').getByRole('button', { name: 'Train', exact: true });
    const inSight = async (y: number) => {
      await page.evaluate((y) => scrollTo(0, y), y);
      await expect
        .poll(async () => {
          const box = await bar.boundingBox();
          return box !== null && box.y > 400 && box.y + box.height <= 800;
        })
        .toBe(true);
    };
    await inSight(100);
    await inSight(700);
    await lab.getByRole('button', { name: 'summary' }).click();
    const box = (await lab.getByRole('dialog').boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(800);
  });
});
