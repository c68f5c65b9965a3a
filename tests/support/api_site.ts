// Chromium on the built site, for tests of the API: a page without the lab, on which `ziffer` is what ziffer.js exports.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';

declare global {
  // In the page; tests write their page functions against it.
  var ziffer: typeof import('../../web/ziffer.ts');
}

export type Server = Awaited<ReturnType<typeof serve>>;

export class Site {
  private constructor(
    readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async open(options: Parameters<typeof serve>[1] = {}): Promise<Site> {
    const server = await serve('dist', options);
    const browser = await launchChromium();
    return new Site(server, browser);
  }

  /** A context of its own, without anything cached; `prepare` may route requests, also those of workers. */
  async context(prepare: (context: BrowserContext) => Promise<unknown> = async () => {}) {
    const context = await this.browser.newContext();
    await prepare(context);
    return context;
  }

  /** A page that has imported ziffer.js from `from`. */
  async page(context: BrowserContext, from = this.server.url): Promise<Page> {
    const page = await context.newPage();
    // The script as a text: a page of the site on which nothing runs.
    await page.goto(`${this.server.url}ziffer.js`);
    // As text: a test's transformer would rewrite import().
    await page.evaluate(`import('${from}ziffer.js').then((module) => { window.ziffer = module; })`);
    return page;
  }

  async freshPage(): Promise<Page> {
    return this.page(await this.context());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** Waits until `condition` holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${condition}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
