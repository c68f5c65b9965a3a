// Tells the browser in the head of a page which scripts it will ask for, so that it fetches them at once and not one round trip
// after another.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What is imported only when a lab is seen: on the lab's own page it is seen at once, in a frame it may never be. */
const seenAtOnce = ['web/elements/lab/awake_lab.ts'];
const pages = {
  'index.html': ['web/app/app.ts', ...seenAtOnce],
  'embed.html': ['web/app/embed.ts'],
};

/** outputs: of esbuild's metafile. */
export function writePreloads(dist, outputs) {
  for (const [page, entryPoints] of Object.entries(pages)) {
    const links = [...scriptsOf(entryPoints, outputs)]
      .map((name) => `  <link rel="modulepreload" href="${name}">\n`)
      .join('');
    const html = readFileSync(`${dist}/${page}`, 'utf8');
    writeFileSync(`${dist}/${page}`, html.replace('  <script type="module"', `${links}$&`));
  }
}

/** The names of all scripts that these modules import, but for the first one's own, which the page names. */
function scriptsOf(entryPoints, outputs) {
  const entries = Object.entries(outputs);
  const wanted = new Set();
  const follow = (path) => {
    if (wanted.has(path)) return;
    wanted.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[next]) follow(next);
    }
  };
  const [own, ...others] = entryPoints.map((entryPoint) => {
    const [path] = entries.find(([, output]) => output.entryPoint === entryPoint) ?? [];
    if (!path) throw new Error(`preload: ${entryPoint} is no entry point or import() of the site`);
    return path;
  });
  for (const path of [own, ...others]) follow(path);
  wanted.delete(own);
  return [...wanted].map((path) => basename(path));
}
