// Brings the peers here, each as its makers publish it, into folders that git ignores: npm packages by bench/peers's own lock
// file, Python packages by its exact requirements. Then bundles their pages.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { capture } from '../../scripts/command.mjs';
import { step } from '../../scripts/progress.mjs';
import { root } from '../../scripts/project.mjs';
import { ensurePackages } from '../../scripts/setup/npm.mjs';

const here = `${root}/bench/peers`;
const venv = `${root}/build/bench/venv`;
const out = `${root}/build/bench/peers`;

/** What could not be brought here, by the name of its page or program: a reason each. */
export const unavailable = new Map();

export async function preparePeers() {
  await installPages();
  await installPython();
}

export const python = `${venv}/bin/python`;

async function installPages() {
  try {
    await ensurePackages({ folder: 'bench/peers', scripts: false });
  } catch (error) {
    for (const page of pages) unavailable.set(page, error.message);
  }
  mkdirSync(out, { recursive: true });
  for (const page of pages) if (!unavailable.has(page)) await bundle(page);
  const tf = `${here}/node_modules/@tensorflow/tfjs-backend-wasm/dist`;
  const ort = `${here}/node_modules/onnxruntime-web/dist`;
  for (const file of ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`))
    copy(`${tf}/${file}`, file);
  for (const file of ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'])
    copy(`${ort}/${file}`, file);
}

const pages = ['tfjs', 'ort', 'toygrad', 'jax'];

async function bundle(page) {
  const { build } = await import('esbuild');
  try {
    await build({
      entryPoints: [`${here}/pages/${page}.js`],
      outfile: `${out}/${page}.js`,
      bundle: true,
      format: 'esm',
      minify: true,
      logLevel: 'silent',
      // Node's parts of TensorFlow.js, which no page reaches.
      external: [
        'fs',
        'path',
        'worker_threads',
        'perf_hooks',
        'util',
        'os',
        'crypto',
        'string_decoder',
      ],
    });
  } catch (error) {
    unavailable.set(
      page,
      `it could not be bundled: ${error.message.split('\n')[1] ?? error.message}`,
    );
  }
}

async function installPython() {
  const wanted = readFileSync(`${here}/requirements.txt`, 'utf8');
  if (isStamped(`${venv}/stamp`, wanted)) return;
  step('Installing PyTorch, Keras and TensorFlow (about 3 GB to fetch, 8 GB on disk)');
  rmSync(venv, { recursive: true, force: true });
  const made = await capture('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const { code, output } =
    made.code === 0 ? await capture(python, [...pip, '-r', `${here}/requirements.txt`]) : made;
  if (code === 0) writeFileSync(`${venv}/stamp`, wanted);
  else for (const peer of ['torch', 'keras']) unavailable.set(peer, `pip: ${lastLine(output)}`);
}

function isStamped(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function copy(from, name) {
  if (existsSync(from)) copyFileSync(from, `${out}/${name}`);
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? 'no output';
}
