// npm packages, exactly those of the lock file.
import { existsSync, readFileSync } from 'node:fs';
import { Advice, must } from '../command.mjs';
import { step } from '../progress.mjs';
import { root } from '../project.mjs';

export async function ensurePackages() {
  if (installed()) return;
  const report = step('Installing npm packages from package-lock.json');
  const folders = required().map(([path]) => path);
  const timer = setInterval(() => {
    const there = folders.filter((path) => existsSync(`${root}/${path}`)).length;
    report(there / folders.length, `${there} of ${folders.length}`);
  }, 1000);
  try {
    const args = ['ci', '--fetch-retries=2', '--fetch-timeout=60000'];
    await must(
      'npm packages could not be installed; check the network and run: npm ci',
      'npm',
      args,
    );
  } finally {
    clearInterval(timer);
  }
}

/** Whether node_modules holds what package-lock.json asks for, read from the list that npm leaves there. */
function installed() {
  const list = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(list)) return false;
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  return required().every(([path, { version }]) => present[path]?.version === version);
}

/** The packages of the lock file that every machine gets, as [folder, facts]. */
function required() {
  const { packages } = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8'));
  return Object.entries(packages).filter(([path, { optional }]) => path !== '' && !optional);
}

export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new Advice(
    `Ziffer needs Node 20 or newer, and this is ${process.version}; get one from https://nodejs.org`,
  );
}
