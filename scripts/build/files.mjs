// What dist/ takes as it is: the pages of web/app, everything in assets/, and the wasm modules.
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { root } from '../project.mjs';

export function copyFiles(dist) {
  if (existsSync(`${root}/web/app`)) copyTree(`${root}/web/app`, dist);
  if (existsSync(`${root}/assets`)) copyTree(`${root}/assets`, dist);
  for (const module of ['wasm/ziffer-core.wasm', 'wasm-scalar/ziffer-picture.wasm']) {
    const from = `${root}/build/${module}`;
    if (existsSync(from)) cpSync(from, `${dist}/${basename(from)}`, { preserveTimestamps: true });
  }
}

/** Copies all but TypeScript, which is bundled, and Markdown, which is for readers of the repository. */
function copyTree(from, to) {
  for (const name of readdirSync(from)) {
    if (statSync(`${from}/${name}`).isDirectory()) copyTree(`${from}/${name}`, `${to}/${name}`);
    else if (!/\.(ts|md)$/.test(name))
      cpSync(`${from}/${name}`, `${to}/${name}`, { preserveTimestamps: true });
  }
}
