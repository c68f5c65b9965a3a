// `npm run bench`: the kernels natively and as WebAssembly under Node. Arguments (--json, --quick, a kernel's name) go on
// to bench/native; with --json every line on stdout is one JSON object that says where it was measured.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { buildPreset } from './build/cpp.mjs';
import { main } from './command.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

const places = [
  { name: 'native', command: [`${root}/build/native/ziffer_bench`] },
  { name: 'wasm', command: [process.execPath, `${root}/build/wasm/ziffer_bench.js`] },
];

// A reader such as `head` may leave early.
process.stdout.on('error', () => process.exit(0));

await main(async () => {
  await setUp();
  await buildPreset('native', ['ziffer_bench']);
  await buildPreset('wasm', ['ziffer_bench']);
  let code = 0;
  for (const place of places) code = Math.max(code, await measure(place, process.argv.slice(2)));
  return code;
});

async function measure({ name, command }, args) {
  const json = args.includes('--json');
  if (!json) console.log(`\n${name}`);
  const [program, ...first] = command;
  const child = spawn(program, [...first, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(json ? JSON.stringify({ where: name, ...JSON.parse(line) }) : line);
  }
  return /** @type {Promise<number>} */ (ended);
}
