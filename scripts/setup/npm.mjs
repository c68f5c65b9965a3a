// npm packages, exactly those of a lock file.
import { existsSync, readFileSync } from 'node:fs';
import { Advice, must } from '../command.mjs';
import { step } from '../progress.mjs';
import { root } from '../project.mjs';

/** Those of folder's lock file (the repository's own by default), into its node_modules. Some of the benchmark's would
 * fetch programs that nothing here uses: scripts false keeps them from it. */
export async function ensurePackages({ folder = '.', scripts = true } = {}) {
  const here = `${root}/${folder}`;
  if (installed(here)) return;
  const report = step(`Installing npm packages from ${folder}/package-lock.json`.replace('./', ''));
  const folders = required(here).map(([path]) => path);
  const timer = setInterval(() => {
    const there = folders.filter((path) => existsSync(`${here}/${path}`)).length;
    report(there / folders.length, `${there} of ${folders.length}`);
  }, 1000);
  try {
    const args = ['ci', '--fetch-retries=2', '--fetch-timeout=60000'];
    await must(
      `npm packages could not be installed; check the network and run: npm ci --prefix ${folder}`,
      'npm',
      scripts ? args : [...args, '--ignore-scripts'],
      { cwd: here },
    );
  } finally {
    clearInterval(timer);
  }
}

/** Whether node_modules holds what the lock file asks for, read from the list that npm leaves there. */
function installed(here) {
  const list = `${here}/node_modules/.package-lock.json`;
  if (!existsSync(list)) return false;
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  return required(here).every(([path, { version }]) => present[path]?.version === version);
}

/** The packages of the lock file that every machine gets, as [folder, facts]. */
function required(here) {
  const { packages } = JSON.parse(readFileSync(`${here}/package-lock.json`, 'utf8'));
  return Object.entries(packages).filter(([path, { optional }]) => path !== '' && !optional);
}

export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new Advice(
    `Ziffer needs Node 20 or newer, and this is ${process.version}; get one from https://nodejs.org`,
  );
}
