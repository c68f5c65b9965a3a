// `npm run icons`: draws assets/icons/ from web/app/icon.svg in Chromium, for systems that install the lab and take no SVG.
// A maskable icon fills its square: the system cuts it to its own shape, and the letter stays within the safe circle.
import { mkdirSync, readFileSync } from 'node:fs';
import { launchChromium } from './chromium.mjs';
import { isMain, main } from './command.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

const icons = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  { name: 'maskable-512', size: 512, full: true },
  { name: 'apple-touch-180', size: 180, full: true },
];

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp({ tests: true });
    const svg = readFileSync(`${root}/web/app/icon.svg`, 'utf8');
    const folder = `${root}/assets/icons`;
    mkdirSync(folder, { recursive: true });
    const browser = await launchChromium();
    for (const { name, size, full } of icons) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const drawn = full ? svg.replace(' rx="8"', '') : svg;
      await page.setContent(`<style>* { margin: 0 } svg { display: block }</style>${drawn}`);
      await page.screenshot({ path: `${folder}/${name}.png`, omitBackground: true });
      await page.close();
    }
    await browser.close();
    console.log('assets/icons/ is drawn.');
  });
}
