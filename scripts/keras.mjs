// Real Keras for the tests, in a virtual environment of the exact versions of tests/keras/requirements.txt.
// `node scripts/keras.mjs` makes it; `npm test` does so by itself.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { capture, isMain, main } from './command.mjs';
import { root } from './project.mjs';

const folder = `${root}/build/keras-venv`;
const requirements = `${root}/tests/keras/requirements.txt`;
/** Holds the requirements that are installed; written last, so that an interrupted set-up begins again. */
const stamp = `${folder}/requirements.txt`;

/** Returns { python } or, where it cannot be had, { reason }. */
export async function ensureKeras() {
  const python = `${folder}/bin/python`;
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python };
  rmSync(folder, { recursive: true, force: true });
  const made = await capture('python3', ['-m', 'venv', folder]);
  if (made.code !== 0) return { reason: `python3 -m venv failed: ${lastLine(made.output)}` };
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const { code, output } = await capture(python, [...args, '--retries', '2', '-r', requirements]);
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { reason: `Keras could not be installed from PyPI: ${lastLine(output)}` };
  }
  writeFileSync(stamp, wanted);
  return { python };
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? 'no output';
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { python, reason } = await ensureKeras();
    console.log(python ? `Keras is there: ${python}` : reason);
    return python ? 0 : 1;
  });
}
