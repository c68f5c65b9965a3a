// `npm test`: sets up, builds, and runs every suite; `npm test -- native web` runs some. The last line is the count.
import { existsSync } from 'node:fs';
import { buildPreset } from './build/cpp.mjs';
import { buildScalar, buildSite } from './build.mjs';
import { Advice, main } from './command.mjs';
import { root } from './project.mjs';
import { fuzzNeeds } from './setup/system.mjs';
import { setUp } from './setup.mjs';
import { runDoctest } from './suites/doctest.mjs';
import { runLint } from './suites/lint.mjs';
import { broken } from './suites/result.mjs';
import { runVitest } from './suites/vitest.mjs';

/** In order. folder: a suite whose tests do not exist is left out; builds: what has to be built first. */
const suites = [
  { name: 'lint', builds: [], run: runLint },
  { name: 'native', folder: 'tests/native', builds: ['native'], run: () => runDoctest('native') },
  { name: 'asan', folder: 'tests/native', builds: ['asan'], run: () => runDoctest(sanitized()) },
  { name: 'wasm-native', folder: 'tests/native', builds: ['wasm'], run: () => runDoctest('wasm') },
  { name: 'web', folder: 'tests/web', builds: ['wasm', 'scalar'], run: () => runVitest('web') },
  {
    name: 'wasm',
    folder: 'tests/wasm',
    builds: ['native', 'wasm', 'scalar'],
    run: () => runVitest('wasm'),
  },
  { name: 'fuzz', folder: 'tests/fuzz', builds: ['site', 'fuzz'], run: () => runVitest('fuzz') },
  {
    name: 'browser',
    folder: 'tests/browser',
    builds: ['native', 'site'],
    run: () => runVitest('browser'),
  },
  {
    name: 'package',
    folder: 'tests/package',
    builds: ['site'],
    run: () => runVitest('package'),
  },
  {
    name: 'engines',
    folder: 'tests/engines',
    builds: ['native', 'site'],
    run: () => runVitest('engines', { alone: true }),
  },
  {
    name: 'keras',
    folder: 'tests/keras',
    builds: ['native', 'site'],
    run: () => runVitest('keras'),
  },
];

/** With 32 bits where the machine can, since only there sizes wrap as in WebAssembly. */
const sanitized = () => (canFuzz() ? 'asan32' : 'asan');
const canFuzz = () => fuzzNeeds.every((need) => need.met());

await main(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Advice(
      `There is no suite ${unknown.join(', ')}; choose from: ${suites.map((s) => s.name).join(' ')}`,
    );
  }
  const chosen = suites.filter(
    ({ name, folder }) =>
      (asked.length === 0 || asked.includes(name)) && (!folder || existsSync(`${root}/${folder}`)),
  );
  await setUp({ tests: true });
  const failedBuilds = await build(new Set(chosen.flatMap((suite) => suite.builds)));
  const rows = [];
  for (const suite of chosen) rows.push(await runSuite(suite, failedBuilds));
  return summarise(rows);
});

/** Builds what is asked for and returns the reasons of what failed, by name. */
async function build(names) {
  const failed = new Map();
  const attempt = async (name, work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Advice)) throw error;
      console.error(error.message);
      failed.set(name, error.message);
    }
  };
  // Natively everything, so that what measures compiles too.
  if (names.has('native')) await attempt('native', () => buildPreset('native'));
  if (names.has('asan')) await attempt('asan', () => buildPreset(sanitized(), ['ziffer_tests']));
  if (names.has('fuzz') && canFuzz()) {
    await attempt('fuzz', () => buildPreset('fuzz'));
    await attempt('fuzz', () => buildPreset('fuzz-memory'));
  }
  if (names.has('wasm'))
    await attempt('wasm', () => buildPreset('wasm', ['ziffer_tests', 'ziffer_module']));
  if (names.has('scalar')) await attempt('scalar', buildScalar);
  if (names.has('site')) await attempt('site', buildSite);
  return failed;
}

async function runSuite({ name, builds, run }, failedBuilds) {
  const start = performance.now();
  const missing = builds.find((needed) => failedBuilds.has(needed));
  console.log(`• Testing: ${name}`);
  const result = missing ? broken(`${failedBuilds.get(missing)}\n`) : await run();
  if (result.passed + result.failed === 0) {
    result.failed = 1;
    result.output += `The suite ${name} ran no tests at all.\n`;
  }
  if (result.failed > 0) process.stdout.write(`\n${result.output}\n`);
  return { name, ...result, seconds: (performance.now() - start) / 1000 };
}

/** Prints skips with their reasons, the table and the final line; returns the exit code. */
function summarise(rows) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, skipped } of rows) {
    for (const reason of skipped) console.log(`skipped in ${name}: ${reason}`);
  }
  console.log('\nsuite         seconds   passed   failed  skipped');
  for (const { name, seconds, passed, failed, skipped } of rows) {
    const cells = [seconds.toFixed(1), passed, failed, skipped.length].map((cell) =>
      String(cell).padStart(9),
    );
    console.log(`${name.padEnd(12)}${cells.join('')}`);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped.length;
  }
  const skips = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skips}`);
  return total.failed > 0 || rows.length === 0 ? 1 : 0;
}
