// Tells the browser in the head of the lab's page which scripts it will ask for, so that it fetches them at once and not one
// round trip after another. A page for iframes may never show its lab, and gets no such list.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What is imported only when a lab is seen; on its own page it is seen at once. */
const seenAtOnce = ['lab_room', 'train_panel', 'model_panel'].map(
  (name) => `web/elements/${name}.ts`,
);

/** outputs: of esbuild's metafile. */
export function writePreloads(dist, outputs) {
  const entries = Object.entries(outputs);
  const wanted = new Set();
  const follow = (path) => {
    if (wanted.has(path)) return;
    wanted.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[next]) follow(next);
    }
  };
  for (const entryPoint of ['web/app/app.ts', ...seenAtOnce]) {
    const [path] = entries.find(([, output]) => output.entryPoint === entryPoint) ?? [];
    if (!path) throw new Error(`preload: ${entryPoint} is no entry point or import() of the site`);
    follow(path);
  }
  const links = [...wanted]
    .map((path) => basename(path))
    .filter((name) => name !== 'app.js')
    .map((name) => `  <link rel="modulepreload" href="${name}">\n`)
    .join('');
  const page = `${dist}/index.html`;
  const html = readFileSync(page, 'utf8');
  writeFileSync(page, html.replace('  <script type="module"', `${links}$&`));
}
