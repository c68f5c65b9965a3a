// Bundles web/ into dist/: the public module and the pages share chunks; the worker is one file of its own, so that it
// can be fetched and started from a blob where the page's origin is another.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { Advice, capture } from '../command.mjs';
import { step } from '../progress.mjs';
import { root } from '../project.mjs';

const pages = {
  ziffer: 'web/ziffer.ts',
  'ziffer-lab': 'web/ziffer-lab.ts',
  app: 'web/app/app.ts',
  embed: 'web/app/embed.ts',
  passports: 'web/app/passports.ts',
};
const workers = {
  worker: 'web/worker/worker.ts',
  reader: 'web/reader/reader_worker.ts',
  picture: 'web/reader/picture.ts',
  hdf5: 'node_modules/h5wasm/dist/esm/hdf5_hl.js',
};

/** The library for HDF5 is a file of its own that pages and the reading worker share. */
const oneHdf5 = {
  name: 'one-hdf5',
  setup(build) {
    build.onResolve({ filter: /^h5wasm$/ }, () => ({ path: './hdf5.js', external: true }));
  },
};

/** Bundles whatever entry points exist and removes what an earlier bundle left behind; resolves to what the pages' bundle consists of, and to the paths of all that was bundled. */
export async function bundle(dist) {
  step('Bundling web/');
  const { build } = await import('esbuild');
  const settings = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    format: /** @type {const} */ ('esm'),
    target: 'es2022',
    minify: true,
    // Beside the scripts, for whoever looks into them; a line in each that names its map would cost every page half a kilobyte.
    sourcemap: /** @type {const} */ ('external'),
    metafile: true,
    define: { ZIFFER_VERSION: JSON.stringify(version()) },
    logLevel: /** @type {const} */ ('warning'),
    tsconfig: `${root}/tsconfig.json`,
    chunkNames: '[name]-[hash]',
    loader: /** @type {const} */ ({ '.css': 'text', '.svg': 'text' }),
    // Emscripten's glue asks for these under Node only.
    external: ['module', 'fs', 'path', 'url', 'crypto', 'worker_threads', 'ws', 'node:*'],
    plugins: [oneHdf5],
  };
  const results = [];
  try {
    results.push(await build({ ...settings, entryPoints: present(pages), splitting: true }));
    results.push(await build({ ...settings, entryPoints: present(workers) }));
  } catch {
    throw new Advice('web/ could not be bundled; what went wrong is above');
  }
  const made = new Set(results.flatMap((result) => Object.keys(result.metafile.outputs)));
  for (const name of readdirSync(dist)) {
    const path = `${dist}/${name}`;
    if (/\.js(\.map)?$/.test(name) && !made.has(relative(root, path))) rmSync(path);
  }
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  return { outputs: results[0].metafile.outputs, inputs };
}

/** Writes dist/types. Type errors do not keep the site from being built: `npm run lint` fails on them. */
export async function writeTypes(dist) {
  step('Writing declarations');
  const options = {
    noEmit: 'false',
    declaration: 'true',
    emitDeclarationOnly: 'true',
    allowImportingTsExtensions: 'true',
    incremental: 'true',
    rootDir: 'web',
    outDir: `${dist}/types`,
    tsBuildInfoFile: 'build/types.tsbuildinfo',
  };
  if (!existsSync(`${dist}/types`)) rmSync(`${root}/build/types.tsbuildinfo`, { force: true });
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { code } = await capture('npx', [
    '--no-install',
    'tsc',
    '-p',
    'tsconfig.build.json',
    ...flags,
  ]);
  if (code !== 0) console.log('  The types have errors; npm run lint shows them.');
}

function version() {
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;
}

function present(entries) {
  return Object.fromEntries(
    Object.entries(entries).filter(([, path]) => existsSync(`${root}/${path}`)),
  );
}
