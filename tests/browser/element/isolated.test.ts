// Pages that are isolated (COEP), for SharedArrayBuffer: each way of EMBEDDING.md to have the lab there reads a digit.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';
import { coursePage } from '../../support/course_page.ts';
import { LabSite } from '../../support/lab_site.ts';

let site: LabSite;
let folder: string;

beforeAll(async () => {
  site = await LabSite.open();
  folder = await mkdtemp(`${tmpdir()}/ziffer-isolated-`);
});
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true });
});

const CORP = { 'Cross-Origin-Resource-Policy': 'cross-origin' };
const COEP = 'Cross-Origin-Embedder-Policy';
const element = (from: string) =>
  `<ziffer-lab panels="draw" loading="eager"></ziffer-lab><script type="module" src="${from}ziffer-lab.js"></script>`;
it.each<[string, string, Record<string, string>, (from: string) => string]>([
  [
    'a credentialless frame',
    'require-corp',
    {},
    (from) => `<iframe title="Ziffer" credentialless src="${from}embed.html?panels=draw"></iframe>`,
  ],
  [
    'a frame of a host that is isolated itself',
    'require-corp',
    { [COEP]: 'require-corp', ...CORP },
    (from) => `<iframe title="Ziffer" src="${from}embed.html?panels=draw"></iframe>`,
  ],
  [
    'the element of a host that allows all',
    'require-corp',
    { 'Access-Control-Allow-Origin': '*' },
    element,
  ],
  [
    'the element on a page without credentials',
    'credentialless',
    { 'Access-Control-Allow-Origin': '*' },
    element,
  ],
])('works in an isolated page: %s', async (_, policy, headers, body) => {
  const host = await serve('dist', { headers });
  const isolated = await serve(folder, {
    headers: { [COEP]: policy, 'Cross-Origin-Opener-Policy': 'same-origin' },
  });
  const html = body(host.url);
  await writeFile(
    `${folder}/course.html`,
    `<!doctype html><html lang="en"><title>Course</title>${html}`,
  );
  const at = `${isolated.url}course.html`;
  const { page } = await coursePage(site, '', { at, served: true });
  const lab = html.startsWith('<iframe') ? page.frames()[1]! : page.mainFrame();
  await lab.getByRole('application').waitFor();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const reads = lab.evaluate(
    () => new Promise((done) => document.addEventListener('ziffer-predict', done, { once: true })),
  );
  await lab.evaluate(() => {
    document.querySelector('ziffer-lab')!.draw([
      [
        [1, 1],
        [1, 20],
      ],
    ]);
  });
  await reads;
  await page.context().close();
  await isolated.close();
  await host.close();
});
