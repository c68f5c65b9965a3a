// Chromium on the built site's pages, for tests that drive the lab as a person does: through roles and names.
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { Experiment } from '../../web/elements/experiment/experiment.ts';
import { POLICY } from './policy.ts';

export { ONE, SEVEN, ZERO } from './strokes.ts';

export interface Lab {
  readonly page: Page;
  /** What the browser complained of: violations of the policy and uncaught errors. */
  readonly complaints: string[];
}

export class LabSite {
  private constructor(
    readonly server: Awaited<ReturnType<typeof serve>>,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<LabSite> {
    const server = await serve('dist', { headers: { 'Content-Security-Policy': POLICY } });
    const browser = await launchChromium();
    return new LabSite(server, browser);
  }

  /** A fresh visitor's page, with the lab on it; `before` prepares the visitor. */
  async visit(
    path = 'index.html',
    options: BrowserContextOptions = {},
    before: (context: BrowserContext) => Promise<unknown> = async () => {},
  ): Promise<Lab> {
    const context = await this.browser.newContext({
      locale: 'en',
      // Only the tests of the service worker want one.
      serviceWorkers: 'block',
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    await before(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(this.server.url + path);
    await page.locator('ziffer-lab').waitFor();
    await page.waitForFunction(() => customElements.get('ziffer-draw') !== undefined);
    return { page, complaints };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Draws lines, given in shares of the pad's size, with the mouse. */
export async function drawWithMouse(
  page: Page,
  lines: readonly (readonly (readonly [number, number])[])[],
): Promise<void> {
  const pad = page.getByRole('application');
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  for (const line of lines) {
    const points = line.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
    await page.mouse.move(...points[0]!);
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...point, { steps: 4 });
    await page.mouse.up();
  }
}

/** What the lab holds, read in the page. */
export function look<T>(page: Page, read: (experiment: Experiment) => T): Promise<T> {
  return page.evaluate(`(${read})(document.querySelector('ziffer-lab').experiment)`) as Promise<T>;
}

/** Waits for an event of the lab that fires from now on; its detail, where it can be sent. */
export function event(page: Page, name: string): Promise<unknown> {
  return page.evaluate(
    (name) =>
      new Promise((done) => {
        document.addEventListener(name, (e) => done((e as CustomEvent).detail), { once: true });
      }),
    name,
  );
}
