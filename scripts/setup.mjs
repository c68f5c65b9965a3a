// Brings a machine to where it can build (and with --tests, test) Ziffer. Every step looks first and does nothing when
// there is nothing to do. It runs before any npm package exists, so it imports none.
import { isMain, main } from './command.mjs';
import { meet, meetIfPossible } from './setup/apt.mjs';
import { ensureEmscripten } from './setup/emscripten.mjs';
import { ensureMnist } from './setup/mnist.mjs';
import { checkNode, ensurePackages } from './setup/npm.mjs';
import {
  browserNeeds,
  buildNeeds,
  engineNeeds,
  fuzzNeeds,
  kerasNeeds,
  lintNeeds,
} from './setup/system.mjs';

/** @param {{ tests?: boolean }} [wanted] tests adds the browsers and the formatter */
export async function setUp({ tests = false } = {}) {
  checkNode();
  await meet([...buildNeeds, ...(tests ? [...lintNeeds, ...browserNeeds, ...kerasNeeds] : [])]);
  if (tests) await meetIfPossible([...engineNeeds, ...fuzzNeeds]);
  await ensurePackages();
  ensureMnist();
  await ensureEmscripten();
}

/** What the checks of `npm run lint` need: the formatter and the packages, no compiler and no browser. */
export async function setUpLint() {
  checkNode();
  await meet(lintNeeds);
  await ensurePackages();
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp({ tests: process.argv.includes('--tests') });
    console.log('Everything that Ziffer needs is here.');
  });
}
