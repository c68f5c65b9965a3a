// Says which files the site has: to dist/offline.js, the service worker, with a hash of them all; and in dist/site.json, to who
// packs an offline folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { root } from '../project.mjs';

/** What no page asks for, and what only pages around the lab do. */
const forPeople = /^(types\/|examples\/|site\.json|.*\.map$)/;
const forOthers = /^(embed\.|ziffer\.js|ziffer-lab\.js|offline\.js|custom-elements\.json)/;

export function writeOffline(dist) {
  const site = filesOf(dist, '').filter((path) => !forPeople.test(path));
  const files = site.filter((path) => !forOthers.test(path));
  const hash = createHash('sha256');
  for (const path of files) hash.update(`${path}\n`).update(readFileSync(`${dist}/${path}`));
  const worker = readFileSync(`${root}/web/app/offline.js`, 'utf8')
    .replace(/\$\{ZIFFER_VERSION\}/, hash.digest('hex').slice(0, 16))
    .replace('ZIFFER_FILES', JSON.stringify(files));
  writeFileSync(`${dist}/offline.js`, worker);
  const sized = site.map((path) => ({ path, bytes: statSync(`${dist}/${path}`).size }));
  writeFileSync(`${dist}/site.json`, JSON.stringify({ files: sized }));
}

function filesOf(dist, folder) {
  return readdirSync(`${dist}/${folder}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? filesOf(dist, `${path}/`) : [path];
    })
    .sort();
}
