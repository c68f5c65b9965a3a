// Every variant of every kernel on the layers of the lecture's models: natively, as wasm in Node, and as wasm in Chromium.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { buildPreset } from '../scripts/build/cpp.mjs';
import { root } from '../scripts/project.mjs';

const columns = [
  ['where', -9],
  ['kernel', -21],
  ['shape', -19],
  ['variant', -13],
  ['images', 6],
  ['ns_per_image', 9, 'ns/image'],
  ['fastest_ns_per_image', 9, 'fastest'],
  ['gflops', 8, 'GFLOP/s'],
  ['share_of_peak', 7, 'of peak'],
];

/** @param {{ quick: boolean, kernel: string }} options */
export async function benchKernels(report, browser, options) {
  await buildPreset('native', ['ziffer_bench']);
  await buildPreset('wasm', ['ziffer_bench', 'ziffer_bench_worker']);
  report.begin('kernels', 'kernels, one thread', columns);
  const args = ['--json', ...(options.quick ? ['--quick'] : []), options.kernel].filter(Boolean);
  const take = (where) => (line) => {
    const facts = JSON.parse(line);
    if (!facts.peak_gflops) return report.row({ where, ...facts });
    const { peak_gflops: gflops } = facts;
    report.row({ where, kernel: 'SIMD multiply and add', variant: 'peak', gflops });
  };
  const programs = [
    ['native', `${root}/build/native/ziffer_bench`, args],
    ['node', process.execPath, [`${root}/build/wasm/ziffer_bench.js`, ...args]],
  ];
  for (const [where, program, list] of programs) {
    const code = await run(program, list, take(where));
    if (code !== 0) report.wrong({ where }, 'a variant gave a wrong answer; see above');
  }
  const code = await runInChromium(browser, args, take('chromium'));
  if (code !== 0) report.wrong({ where: 'chromium' }, 'a variant gave a wrong answer; see above');
  report.note(
    'GFLOP/s count useful arithmetic: of a direct convolution, for outputs that the pool reads (forward) or that are alive (gradients).',
  );
  report.note(
    'Winograd needs 2.25 times fewer multiplications than it is credited with, so its share may pass 100 %.',
  );
}

/** GFLOP/s of multiplications and additions that never leave the registers, one thread of Chromium. */
export async function peakInChromium(browser) {
  await buildPreset('wasm', ['ziffer_bench_worker']);
  let peak = Number.NaN;
  const take = (line) => {
    peak = JSON.parse(line).peak_gflops ?? peak;
  };
  await runInChromium(browser, ['--json', '--quick', 'no kernel at all'], take);
  return peak;
}

async function run(program, args, take) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) take(line);
  return ended;
}

async function runInChromium(browser, args, take) {
  const page = await browser.open('pages/blank.html', { isolated: true });
  await page.exposeFunction('take', take);
  await page.exposeFunction('complain', (line) => console.error(line));
  const code = await page.evaluate(inPage, args);
  await page.close();
  return code;
}

function inPage(args) {
  const query = args.map((argument) => `argument=${encodeURIComponent(argument)}`).join('&');
  const worker = new Worker(`/pages/kernels.worker.js?${query}`);
  return new Promise((resolve, reject) => {
    const lines = [];
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = async ({ data }) => {
      if (data.line !== undefined) lines.push(self.take(data.line));
      if (data.error !== undefined) lines.push(self.complain(data.error));
      if (data.code === undefined) return;
      await Promise.all(lines);
      worker.terminate();
      resolve(data.code);
    };
  });
}
