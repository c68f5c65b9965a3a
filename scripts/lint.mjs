// `npm run lint`: the format of C++ and TypeScript, the types, the arrows, and the lock files. `npm run format` is the same
// with --fix, which rewrites what a program can put right.
import { checkArrows, filesUnder } from './arrows.mjs';
import { capture, isMain, main, which } from './command.mjs';
import { checkLockFiles } from './lock_files.mjs';
import { root } from './project.mjs';
import { setUpLint } from './setup.mjs';

/** The checks in order; each resolves to { code, output }, where code 0 means that nothing is wrong. */
export const checks = [
  { name: 'format of C++', run: formatCpp },
  { name: 'format and rules of TypeScript', run: biome },
  { name: 'types', run: types },
  { name: 'arrows between rooms', run: arrows },
  { name: 'lock files', run: lockFiles },
];

function formatCpp({ fix = false } = {}) {
  const files = ['src', 'tests', 'bench'].flatMap((folder) =>
    filesUnder(`${root}/${folder}`, /\.(cpp|hpp|h)$/),
  );
  if (files.length === 0) return { code: 0, output: '' };
  const program = which('clang-format-19') ?? 'clang-format';
  return capture(program, [...(fix ? ['-i'] : ['--dry-run', '-Werror']), ...files]);
}

function biome({ fix = false } = {}) {
  return capture(`${root}/node_modules/.bin/biome`, ['check', ...(fix ? ['--write'] : []), '.']);
}

function types() {
  return capture(`${root}/node_modules/.bin/tsc`, ['--noEmit', '--pretty', 'false']);
}

async function arrows() {
  return verdict(await checkArrows());
}

async function lockFiles() {
  return verdict(checkLockFiles());
}

function verdict(found) {
  return { code: found.length > 0 ? 1 : 0, output: found.map((line) => `${line}\n`).join('') };
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const fix = process.argv.includes('--fix');
    await setUpLint();
    let failed = 0;
    for (const { name, run } of checks) {
      const { code, output } = await run({ fix });
      console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
      if (code !== 0) {
        failed += 1;
        process.stdout.write(output);
      }
    }
    return failed > 0 ? 1 : 0;
  });
}
