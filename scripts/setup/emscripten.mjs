// Chooses an Emscripten: the one on the PATH if new enough, else the distribution's if new enough, else Debian 13's
// unpacked inside the project. Its folder is noted in .tools/emscripten-root, where cmake/emscripten.cmake looks.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { Advice, capture, must, which } from '../command.mjs';
import { step } from '../progress.mjs';
import { tools } from '../project.mjs';
import { install } from './apt.mjs';
import { candidate } from './system.mjs';
import { canUnpack, unpackTrixie } from './trixie.mjs';

const note = `${tools}/emscripten-root`;

/** 3.1.69 is the oldest that Ziffer was tried with; EMBIND_AOT, LLVM 19 and ES modules that run in Node come with it. */
const oldest = [3, 1, 69];

export async function ensureEmscripten() {
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : '';
  if (noted && newEnough(versionOf(noted))) return noted;
  const chosen = (await onPath()) ?? (await fromDistribution()) ?? (await unpacked());
  await tryOut(chosen);
  mkdirSync(tools, { recursive: true });
  writeFileSync(note, `${chosen}\n`);
  return chosen;
}

async function onPath() {
  const emcc = which('emcc');
  if (!emcc) return null;
  const asked = await capture('em-config', ['EMSCRIPTEN_ROOT']);
  const folder = asked.code === 0 ? asked.output.trim() : dirname(realpathSync(emcc));
  return newEnough(versionOf(folder)) ? folder : null;
}

async function fromDistribution() {
  const version = await candidate('emscripten');
  if (!newEnough(version)) return null;
  await install(['emscripten']);
  return onPath();
}

async function unpacked() {
  if (await canUnpack()) return unpackTrixie();
  throw new Advice(
    'Ziffer needs Emscripten 3.1.69 or newer on the PATH; install it with: ' +
      'git clone https://github.com/emscripten-core/emsdk && emsdk/emsdk install latest && ' +
      'emsdk/emsdk activate latest && . emsdk/emsdk_env.sh',
  );
}

function versionOf(folder) {
  const file = `${folder}/emscripten-version.txt`;
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('"', '').trim() : null;
}

function newEnough(version) {
  return isAtLeast(version, oldest);
}

/** Whether a version such as "3.1.69+dfsg-3" is at least another. */
function isAtLeast(version, other) {
  const parts = /^(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number);
  if (!parts) return false;
  for (const [i, least] of other.entries()) {
    if (parts[i] !== least) return parts[i] > least;
  }
  return true;
}

/** Links and runs a program with the flags of the real module, so that a missing system library shows here. */
async function tryOut(folder) {
  step('Trying out Emscripten');
  const scratch = mkdtempSync(`${tmpdir()}/ziffer-`);
  writeFileSync(
    `${scratch}/try.cpp`,
    '#include <emscripten/bind.h>\n#include <stdexcept>\n' +
      'int twice(int x) { try { if (x < 0) throw std::runtime_error("x"); } catch (...) { return 1; } return 2 * x; }\n' +
      'EMSCRIPTEN_BINDINGS(try) { emscripten::function("twice", &twice); }\n',
  );
  // As in cmake/options.cmake: Node 20 has no exnref.
  const first = isAtLeast(versionOf(folder), [4, 0, 0]);
  const encoding = first ? '-sWASM_LEGACY_EXCEPTIONS=1' : '-sWASM_EXNREF=0';
  const flags =
    '-std=c++20 -O3 -msimd128 -fwasm-exceptions -lembind -sMODULARIZE -sEXPORT_ES6 -sDYNAMIC_EXECUTION=0 ' +
    '-sEMBIND_AOT -sENVIRONMENT=web,worker,node -sALLOW_MEMORY_GROWTH -sSTACK_SIZE=1MB -sFILESYSTEM=0';
  const advice = `The Emscripten in ${folder} does not work; remove it or take it off the PATH, then run this again.`;
  await must(
    advice,
    `${folder}/em++`,
    [...flags.split(' '), encoding, 'try.cpp', '-o', 'try.mjs'],
    {
      cwd: scratch,
    },
  );
  writeFileSync(
    `${scratch}/run.mjs`,
    "import create from './try.mjs';\nconst m = await create();\nif (m.twice(21) + m.twice(-1) !== 43) process.exit(1);\n",
  );
  await must(advice, process.execPath, ['run.mjs'], { cwd: scratch });
  rmSync(scratch, { recursive: true });
}
