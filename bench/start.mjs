// How soon a page is of use, what it fetches for that, and how much memory wasm takes.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from '../scripts/project.mjs';
import { configOf, inWorker } from './latency.mjs';
import { models } from './models.mjs';
import { spread } from './statistics.mjs';

const pages = [
  { what: 'first prediction', path: 'pages/predict.html', done: () => self.doneAt },
  {
    what: 'first training step',
    path: 'pages/train.html',
    done: () => self.complete && self.doneAt,
  },
];

export async function benchStart(report, browser, { quick }) {
  report.begin('start', 'from page open, empty cache, files from this machine', [
    ['what', -19],
    ['milliseconds', 24, 'ms'],
    ['code_gzip_kb', 14, 'code, gzip KB'],
    ['code_brotli_kb', 16, 'code, brotli KB'],
    ['data_kb', 8, 'data KB'],
  ]);
  let fetched = [];
  for (const { what, path, done } of pages) {
    const times = [];
    const urls = new Set();
    for (let visit = 0; visit < (quick ? 3 : 9); visit++) {
      const page = await browser.open(path, {
        fresh: true,
        before: (page) => page.on('response', (response) => urls.add(response.url())),
      });
      times.push(await page.waitForFunction(done).then((handle) => handle.jsonValue()));
      await page.close();
    }
    fetched = filesOf(urls);
    report.row({ what, milliseconds: spread(times), ...weigh(fetched) });
  }
  report.note(
    'Code is every .js and .wasm that the page fetched; data are the model, or 5,000 images.',
  );
  showFiles(report, fetched.filter(isCode));
  await showMemory(report, browser);
}

const filesOf = (urls) =>
  [...urls].map((url) => /\/dist\/([^?]*)/.exec(url)?.[1]).filter((file) => file !== undefined);

const isCode = (file) => /\.(js|wasm)$/.test(file);

function weigh(files) {
  const total = { gzip: 0, brotli: 0, data: 0 };
  for (const file of files) {
    if (isCode(file)) {
      const size = compressed(file);
      total.gzip += size.gzip;
      total.brotli += size.brotli;
    } else total.data += readFileSync(`${root}/dist/${file}`).length;
  }
  return {
    code_gzip_kb: kilobytes(total.gzip),
    code_brotli_kb: kilobytes(total.brotli),
    data_kb: kilobytes(total.data),
  };
}

/** What a host sends that compresses as well as its method can. */
export function compressed(file) {
  const bytes = readFileSync(`${root}/dist/${file}`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return {
    bytes: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

/** All code that the page of the first training step fetched: the API, the elements' shell, the worker, the module. */
function showFiles(report, files) {
  report.begin('size', 'what training needs, KB', [
    ['file', -34],
    ['plain_kb', 8, 'plain'],
    ['gzip_kb', 8, 'gzip'],
    ['brotli_kb', 8, 'brotli'],
  ]);
  const total = { bytes: 0, gzip: 0, brotli: 0 };
  const line = (file, size) =>
    report.row({
      file,
      plain_kb: kilobytes(size.bytes),
      gzip_kb: kilobytes(size.gzip),
      brotli_kb: kilobytes(size.brotli),
    });
  for (const file of files) {
    const size = compressed(file);
    for (const key of Object.keys(total)) total[key] += size[key];
    line(file, size);
  }
  line('together', total);
}

async function showMemory(report, browser) {
  report.begin('memory', 'wasm memory of the trainer worker', [
    ['stage', -29],
    ['megabytes', 9, 'MB'],
  ]);
  const page = await browser.open('pages/blank.html');
  const configs = {};
  const batchSizes = {};
  for (const [preset, { batchSize }] of Object.entries(models)) {
    configs[preset] = await page.evaluate(configOf, preset);
    batchSizes[preset] = batchSize;
  }
  const message = { job: 'memory', argument: { configs, batchSizes } };
  const stages = await page.evaluate(inWorker, message);
  for (const [stage, bytes] of Object.entries(stages)) {
    report.row({ stage, megabytes: Math.round(bytes / 2 ** 20) });
  }
  await page.close();
  report.note('A memory only grows, so each stage includes those above it.');
}

function kilobytes(bytes) {
  return Math.round(bytes / 100) / 10;
}
