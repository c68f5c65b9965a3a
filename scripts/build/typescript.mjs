// A file of web/ as a module for scripts: bundled into build/ and imported from there.
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';

/** `entry`: from the project's root. */
export async function importTypeScript(entry) {
  const { build } = await import('esbuild');
  const outfile = `${root}/build/scripts/${basename(entry, '.ts')}.mjs`;
  const entryPoints = [`${root}/${entry}`];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'warning' });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}
