// How Chromium is started, by tests, benchmarks and commands; and a page of the built site in it, for commands that drive the API.
import { dist } from './build.mjs';
import { which } from './command.mjs';
import { serve } from './serve.mjs';

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromiumPath = () =>
  which('chromium') ?? which('chromium-browser') ?? which('google-chrome') ?? undefined;

/**
 * A browser of playwright-core; more flags may be given.
 * @param {string[]} [more]
 */
export async function launchChromium(more = []) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, ...more] });
}

/** Serves dist/, starts Chromium, and hands `run` a function that evaluates `code(argument)` in a fresh page of the site. */
export async function inChromium(run) {
  const server = await serve(dist);
  const browser = await launchChromium();
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
