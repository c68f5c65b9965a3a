// Finishes dist/offline.js, the service worker: which files the site has, and a hash of them all.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from '../project.mjs';

/** What the lab's page never asks for. */
const others = /(^|\/)(types\/|embed\.|ziffer\.js|ziffer-lab\.js|examples\/|offline\.js|.*\.map$)/;

export function writeOffline(dist) {
  const files = filesOf(dist, '').filter((path) => !others.test(path));
  const hash = createHash('sha256');
  for (const path of files) hash.update(`${path}\n`).update(readFileSync(`${dist}/${path}`));
  const worker = readFileSync(`${root}/web/app/offline.js`, 'utf8')
    .replace(/\$\{ZIFFER_VERSION\}/, hash.digest('hex').slice(0, 16))
    .replace('ZIFFER_FILES', JSON.stringify(files));
  writeFileSync(`${dist}/offline.js`, worker);
}

function filesOf(dist, folder) {
  return readdirSync(`${dist}/${folder}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? filesOf(dist, `${path}/`) : [path];
    })
    .sort();
}
