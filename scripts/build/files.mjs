// What dist/ takes as it is: the pages of web/app, everything in assets/, the wasm modules, and reveal.js for the slides
// among the examples.
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { root } from '../project.mjs';

const modules = {
  'ziffer-core.wasm': 'wasm/ziffer-core.wasm',
  'ziffer-core-scalar.wasm': 'wasm-scalar/ziffer-core.wasm',
  'ziffer-picture.wasm': 'wasm-scalar/ziffer-picture.wasm',
};

export function copyFiles(dist) {
  if (existsSync(`${root}/web/app`)) copyTree(`${root}/web/app`, dist);
  if (existsSync(`${root}/assets`)) copyTree(`${root}/assets`, dist);
  copyReveal(`${dist}/examples/reveal`);
  for (const [name, from] of Object.entries(modules)) {
    const path = `${root}/build/${from}`;
    if (existsSync(path)) cpSync(path, `${dist}/${name}`, { preserveTimestamps: true });
  }
}

function copyReveal(to) {
  const from = `${root}/node_modules/reveal.js/dist`;
  for (const file of ['reveal.css', 'reveal.esm.js', 'reset.css']) {
    cpSync(`${from}/${file}`, `${to}/${file}`, { preserveTimestamps: true });
  }
}

/** Copies all but TypeScript, which is bundled, and Markdown that is for readers of the repository. */
function copyTree(from, to) {
  for (const name of readdirSync(from)) {
    if (statSync(`${from}/${name}`).isDirectory()) copyTree(`${from}/${name}`, `${to}/${name}`);
    else if (!/\.ts$|README\.md$/.test(name))
      cpSync(`${from}/${name}`, `${to}/${name}`, { preserveTimestamps: true });
  }
}
