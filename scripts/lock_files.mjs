// Checks the lock files: npm ci refuses one that lacks a package, but only on a machine that does not have the packages
// yet, and npm install writes such a file when optional packages of other systems are not to be had.
import { readFileSync } from 'node:fs';
import { root } from './project.mjs';

const lockFolders = ['.', 'tests/package', 'bench/peers', 'bench/lighthouse'];

/** Returns what is wrong, as lines "file: what". */
export function checkLockFiles() {
  return lockFolders.flatMap((folder) => {
    const file = `${folder}/package-lock.json`.replace('./', '');
    const { packages } = JSON.parse(readFileSync(`${root}/${file}`, 'utf8'));
    return flaws(packages).map((flaw) => `${file}: ${flaw}`);
  });
}

/** @param {Record<string, any>} packages the folders of a lock file, with their facts */
export function flaws(packages) {
  const found = [];
  for (const [path, facts] of Object.entries(packages)) {
    if (path !== '' && !facts.version) found.push(`${path} has no version`);
    if (facts.resolved) found.push(`${path} names the registry it came from`);
    const optionalPeers = Object.entries(facts.peerDependenciesMeta ?? {}).filter(
      ([, { optional }]) => optional,
    );
    const needed = {
      ...facts.dependencies,
      ...facts.devDependencies,
      ...facts.optionalDependencies,
      ...facts.peerDependencies,
    };
    for (const [name] of optionalPeers) delete needed[name];
    for (const name of Object.keys(needed)) {
      if (!reachable(packages, path, name)) found.push(`${path || 'the project'} lacks ${name}`);
    }
  }
  return found;
}

/** Whether Node, looking from path outwards, finds a package of that name. */
function reachable(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (`${at ? `${at}/` : ''}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}
