// What dist/ takes as it is: the pages of web/app, everything in assets/, and the wasm module.
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { root } from '../project.mjs';

export function copyFiles(dist) {
  if (existsSync(`${root}/web/app`)) copyTree(`${root}/web/app`, dist);
  if (existsSync(`${root}/assets`)) copyTree(`${root}/assets`, dist);
  const wasm = `${root}/build/wasm/ziffer-core.wasm`;
  if (existsSync(wasm)) cpSync(wasm, `${dist}/ziffer-core.wasm`, { preserveTimestamps: true });
}

/** Copies all but TypeScript, which is bundled, and Markdown, which is for readers of the repository. */
function copyTree(from, to) {
  for (const name of readdirSync(from)) {
    if (statSync(`${from}/${name}`).isDirectory()) copyTree(`${from}/${name}`, `${to}/${name}`);
    else if (!/\.(ts|md)$/.test(name))
      cpSync(`${from}/${name}`, `${to}/${name}`, { preserveTimestamps: true });
  }
}
