// Chromium over the DevTools protocol, by playwright-core.
import { launchChromium } from '../../../scripts/chromium.mjs';
import { type Engine, WINDOW } from './engine.ts';

export async function startChromium(flags: string[] = []): Promise<Engine> {
  const browser = await launchChromium(flags);
  const page = await browser.newPage({ viewport: WINDOW });
  return {
    title: `Chromium ${browser.version()}`,
    goto: async (url) => void (await page.goto(url)),
    evaluate: (expression, depth) => {
      let frame = page.mainFrame();
      for (let i = 0; i < depth; i++) frame = frame.childFrames()[0]!;
      return frame.evaluate(expression);
    },
    drag: async ([first, ...rest]) => {
      await page.mouse.move(...first!);
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(...point);
      await page.mouse.up();
    },
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}
