// Configures and builds one CMake preset into build/<preset>; ninja does only what changed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Advice, capture } from '../command.mjs';
import { step } from '../progress.mjs';
import { root } from '../project.mjs';

/**
 * @param {'native' | 'asan' | 'asan32' | 'fuzz' | 'fuzz-memory' | 'wasm' | 'wasm-scalar'} preset
 * @param {string[]} [targets] what to build of it; without any, everything
 */
export async function buildPreset(preset, targets = []) {
  const folder = `${root}/build/${preset}`;
  const report = step(`Building C++ (${[preset, ...targets].join(' ')})`);
  if (isForeign(folder)) rmSync(folder, { recursive: true });
  if (!existsSync(`${folder}/build.ninja`)) await cmake(['--preset', preset]);
  await cmake(
    [
      ...['--build', '--preset', preset, '--parallel', String(availableParallelism())],
      ...targets.flatMap((target) => ['--target', target]),
    ],
    (text) => {
      // "[12/40] Building …" is ninja's progress.
      const [, done, total, what] = /\[(\d+)\/(\d+)\] ([^\n]*)\n?$/.exec(text) ?? [];
      if (Number(total) > 2) report(Number(done) / Number(total), what);
    },
  );

  async function cmake(args, onOutput) {
    const { code, output } = await capture('cmake', args, { onOutput });
    if (code === 0) return showWarnings(output);
    process.stderr.write(`\n${output}`);
    throw new Advice(
      `The C++ did not build (${preset}); what went wrong is above, and cmake ${args.join(' ')} repeats it`,
    );
  }
}

/** A build folder made for another place (a copied checkout) or another Emscripten cannot be used further. */
function isForeign(folder) {
  const cache = `${folder}/CMakeCache.txt`;
  if (!existsSync(cache)) return false;
  const text = readFileSync(cache, 'utf8');
  if (!text.includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${root}\n`)) return true;
  const compiler = /^CMAKE_CXX_COMPILER:[A-Z]+=(.*)$/m.exec(text)?.[1];
  return compiler !== undefined && !existsSync(compiler);
}

function showWarnings(output) {
  if (/\bwarning:/.test(output)) process.stderr.write(`\n${output}`);
}
