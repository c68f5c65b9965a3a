// node bundle.mjs <vite | webpack | esbuild> <app> <folder>: bundles one of apps/ as its maker's documentation says.
import { cpSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const [bundler, app, out] = /** @type {[string, string, string]} */ (process.argv.slice(2));
const root = resolve('apps', app);
const installed = resolve('node_modules/ziffer/dist');

const bundlers = {
  async vite() {
    const { build } = await import('vite');
    const plugins = {
      page: async () => [],
      react: async () => [],
      vue: async () => [
        (await import('@vitejs/plugin-vue')).default({
          template: { compilerOptions: { isCustomElement: (tag) => tag === 'ziffer-lab' } },
        }),
      ],
      svelte: async () => [
        (await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false }),
      ],
    };
    await build({
      root,
      configFile: false,
      base: './',
      logLevel: 'warn',
      esbuild: { jsx: 'automatic' },
      build: { outDir: out, emptyOutDir: true, target: 'es2022' },
      plugins: await plugins[app](),
    });
  },

  async webpack() {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      mode: 'production',
      context: root,
      entry: './main.js',
      output: { path: out, filename: 'main.js', publicPath: 'auto', module: true, clean: true },
      experiments: { outputModule: true },
      performance: { hints: false },
    });
    const stats = await new Promise((done, failed) =>
      compiler.run((error, stats) => (error ? failed(error) : done(stats))),
    );
    if (stats.hasErrors() || stats.hasWarnings())
      throw new Error(stats.toString('errors-warnings'));
    cpSync(`${root}/index.html`, `${out}/index.html`);
  },

  async esbuild() {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: root,
      entryPoints: ['main.js'],
      outdir: out,
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'warning',
    });
    cpSync(`${root}/index.html`, `${out}/index.html`);
    // esbuild leaves `new URL('./worker.js', import.meta.url)` as it is: the files go beside its output.
    for (const file of ['worker.js', 'ziffer-core.wasm'])
      cpSync(`${installed}/${file}`, `${out}/${file}`);
  },
};

await bundlers[bundler]();
// Data and ready-made models are for the page's own server.
mkdirSync(`${out}/ziffer`, { recursive: true });
for (const folder of ['data', 'models']) {
  cpSync(`${installed}/${folder}`, `${out}/ziffer/${folder}`, { recursive: true });
}
