// `npm run build`: dist/, a static site that works under any prefix of any host. A second run does only what changed.
import { mkdirSync } from 'node:fs';
import { buildPreset } from './build/cpp.mjs';
import { copyFiles } from './build/files.mjs';
import { writeManifest } from './build/manifest.mjs';
import { writeMnist } from './build/mnist.mjs';
import { writeNotices } from './build/notices.mjs';
import { writeOffline } from './build/offline.mjs';
import { writePreloads } from './build/preload.mjs';
import { bundle, writeTypes } from './build/web.mjs';
import { isMain, main } from './command.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

export const dist = `${root}/dist`;

/** Without SIMD: what reads pictures, so that one file serves every browser, and the module for browsers that have none. */
export const buildScalar = () => buildPreset('wasm-scalar', ['ziffer_picture', 'ziffer_module']);

export async function buildSite() {
  await buildPreset('wasm', ['ziffer_module']);
  await buildScalar();
  mkdirSync(dist, { recursive: true });
  writeMnist(`${dist}/data/mnist`);
  const { outputs, inputs } = await bundle(dist);
  copyFiles(dist);
  writeNotices(dist, inputs);
  writePreloads(dist, outputs);
  await writeManifest(dist);
  writeOffline(dist);
  await writeTypes(dist);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    await buildSite();
    console.log('The site is in dist/.');
  });
}
