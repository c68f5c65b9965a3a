// A page of the built site in Chromium, for commands that drive the public API; and the flags with which it starts.
import { dist } from './build.mjs';
import { serve } from './serve.mjs';

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Serves dist/, starts Chromium, and hands `run` a function that evaluates `code(argument)` in a fresh page of the site. */
export async function inChromium(run) {
  const { chromium } = await import('playwright-core');
  const server = await serve(dist);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  try {
    return await run(async (code, argument) => {
      const page = await browser.newPage();
      await page.goto(`${server.url}ziffer.js`);
      const result = await page.evaluate(code, argument);
      await page.close();
      return result;
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
