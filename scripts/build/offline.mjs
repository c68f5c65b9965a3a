// Says which files the site has: to dist/offline.js, the service worker, with their hashes; and in dist/site.json, to the dialog that
// packs an offline folder and writes tags with the script's fingerprint.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { root } from '../project.mjs';

/** What no page asks for, and what only pages around the lab do. */
const forPeople = /^(types\/|examples\/|site\.json|.*\.map$)/;
const forOthers =
  /^(embed\.|ziffer\.js|ziffer-lab\.js|offline\.js|custom-elements\.json|check\.html|collect\.html|passports\.js)/;
/** What the page needs besides what its head names. */
const computing = ['worker.js', 'ziffer-core.wasm'];

export function writeOffline(dist) {
  const site = filesOf(dist, '').filter((path) => !forPeople.test(path));
  const files = site.filter((path) => !forOthers.test(path) && path !== 'index.html');
  const html = readFileSync(`${dist}/index.html`, 'utf8').replace(
    / {2}<meta name="ziffer-build".*\n/,
    '',
  );
  const named = [
    ...html.matchAll(
      /<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]* (?:src|href)="([^"]+)"/g,
    ),
  ];
  const needed = new Set([...named.map(([, path]) => path), ...computing]);
  const kept = files.map((path) => {
    const sha256 = createHash('sha256')
      .update(readFileSync(`${dist}/${path}`))
      .digest('base64');
    return { path, sha256, needed: needed.has(path) };
  });
  const version = createHash('sha256')
    .update(html)
    .update(JSON.stringify(kept))
    .digest('hex')
    .slice(0, 16);
  const mark = `<meta name="ziffer-build" content="${version}">`;
  writeFileSync(`${dist}/index.html`, html.replace('  <title>', `  ${mark}\n$&`));
  // What the page needs comes first: an interrupted visit has kept the most useful part.
  const list = [
    { path: '', mark, needed: true },
    ...kept.filter((f) => f.needed),
    ...kept.filter((f) => !f.needed),
  ];
  const worker = readFileSync(`${root}/web/app/offline.js`, 'utf8');
  writeFileSync(
    `${dist}/offline.js`,
    worker.replace('ZIFFER_BUILD', () => JSON.stringify({ version, files: list })),
  );
  const sized = site.map((path) => ({ path, bytes: statSync(`${dist}/${path}`).size }));
  writeFileSync(
    `${dist}/site.json`,
    JSON.stringify({ files: sized, integrity: fingerprint(dist) }),
  );
}

/** Of the script that pages name, for their tags' `integrity`. */
function fingerprint(dist) {
  const script = readFileSync(`${dist}/ziffer-lab.js`);
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}

function filesOf(dist, folder) {
  return readdirSync(`${dist}/${folder}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? filesOf(dist, `${path}/`) : [path];
    })
    .sort();
}
