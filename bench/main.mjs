// `npm run bench`: how fast Ziffer is on this machine, as tables or, with --json, one JSON object a line.
//   npm run bench                            all parts but growth, peers, course and lighthouse
//   npm run bench -- train latency --quick   some parts, with fewer repetitions
//   npm run bench -- kernels --kernel gemm   the kernels whose name contains gemm
//   npm run bench -- growth --docs           also draws docs/growth.svg
//   npm run bench -- peers                   installs TensorFlow.js, PyTorch, Keras … (8 GB), and races them
//   npm run bench -- course                  ten models of courses against Keras; installs what peers does
//   npm run bench -- lighthouse              installs Lighthouse, and asks it about the built site
//   npm run bench -- peers --model simple-cnn --who "keras|pytorch"
import { parseArgs } from 'node:util';
import { buildSite } from '../scripts/build.mjs';
import { Advice, main } from '../scripts/command.mjs';
import { setUp } from '../scripts/setup.mjs';
import { inBrowser } from './browser.mjs';
import { benchCourse } from './course.mjs';
import { benchGrowth } from './growth.mjs';
import { benchKernels } from './kernels.mjs';
import { benchLatency } from './latency.mjs';
import { benchLighthouse, prepareLighthouse } from './lighthouse.mjs';
import { describeMachine } from './machine.mjs';
import { benchPeers, preparePeers } from './peers.mjs';
import { Report } from './report.mjs';
import { benchResponsiveness } from './responsiveness.mjs';
import { benchStart } from './start.mjs';
import { benchTraining } from './train.mjs';

const parts = {
  kernels: benchKernels,
  train: benchTraining,
  latency: benchLatency,
  start: benchStart,
  responsiveness: benchResponsiveness,
  growth: benchGrowth,
  peers: benchPeers,
  course: benchCourse,
  lighthouse: benchLighthouse,
};
const usual = ['kernels', 'train', 'latency', 'start', 'responsiveness'];

// A reader such as `head` may leave early.
process.stdout.on('error', () => process.exit(0));

await main(async () => {
  const { chosen, ...options } = read();
  // What set-up and build say is for people who wait, not for whoever reads JSON.
  const log = console.log;
  console.log = console.error;
  await setUp({ tests: true });
  await buildSite();
  if (chosen.includes('peers') || chosen.includes('course')) await preparePeers();
  if (chosen.includes('lighthouse')) await prepareLighthouse();
  console.log = log;
  const report = new Report(options.json);
  await inBrowser(async (browser) => {
    describeMachine(report, browser.version);
    for (const part of chosen) await parts[part](report, browser, options);
  });
  return report.failed ? 1 : 0;
});

function read() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      kernel: { type: 'string', default: '' },
      model: { type: 'string', default: '' },
      who: { type: 'string', default: '' },
    },
  });
  const unknown = positionals.filter((part) => !Object.hasOwn(parts, part));
  if (unknown.length > 0) {
    const known = Object.keys(parts).join(' ');
    throw new Advice(`There is no part ${unknown.join(', ')}; choose from: ${known}`);
  }
  return { ...values, chosen: positionals.length > 0 ? positionals : usual };
}
