// Lighthouse on the built site, as a phone on a slow line and as a desktop: performance, accessibility and best practices.
import { createServer } from 'node:net';
import { launchChromium } from '../scripts/chromium.mjs';
import { root } from '../scripts/project.mjs';
import { serve } from '../scripts/serve.mjs';
import { ensurePackages } from '../scripts/setup/npm.mjs';
import { quantile } from './statistics.mjs';

const here = `${root}/bench/lighthouse`;
const categories = ['performance', 'accessibility', 'best-practices'];
/** Every category of every page has at least this, of 100. */
const PROMISE = 95;

const pages = [
  { page: 'index.html', form: 'mobile' },
  { page: 'index.html', form: 'desktop' },
  { page: 'embed.html', form: 'mobile' },
];

/** By its own lock file, into a folder that git ignores. */
export function prepareLighthouse() {
  return ensurePackages({ folder: 'bench/lighthouse', scripts: false });
}

export async function benchLighthouse(report, _browser, { quick }) {
  const { default: lighthouse, desktopConfig } = await import(
    `${here}/node_modules/lighthouse/core/index.js`
  );
  report.begin('lighthouse', 'Lighthouse on the built site, from a server that compresses', [
    ['page', -10],
    ['form', -8],
    ['performance', 12],
    ['accessibility', 14],
    ['best-practices', 15],
    ['first_paint', 12, 'first paint'],
    ['largest_paint', 14, 'largest paint'],
    ['blocked', 8],
    ['shift', 6],
  ]);
  const server = await serve(`${root}/dist`, { compress: true });
  const port = await freePort();
  const browser = await launchChromium([`--remote-debugging-port=${port}`]);
  try {
    for (const { page, form } of pages) {
      const runs = [];
      for (let n = 0; n < (quick ? 1 : 3); n++) {
        const options = { port, output: 'json', onlyCategories: categories, logLevel: 'error' };
        const config = form === 'desktop' ? desktopConfig : undefined;
        runs.push((await lighthouse(`${server.url}${page}`, options, config)).lhr);
      }
      tell(report, page, form, runs);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  report.note(
    'Medians of the runs; paints and blocked time in ms. Phone: slow 4G and a processor four times slower, simulated.',
  );
}

function tell(report, page, form, runs) {
  const middle = (read) => quantile(runs.map(read), 0.5);
  const score = (category) => Math.round(100 * middle((run) => run.categories[category].score));
  const audit = (id) => Math.round(1000 * middle((run) => run.audits[id].numericValue)) / 1000;
  const scores = Object.fromEntries(categories.map((category) => [category, score(category)]));
  report.row({
    page,
    form,
    ...scores,
    first_paint: Math.round(audit('first-contentful-paint')),
    largest_paint: Math.round(audit('largest-contentful-paint')),
    blocked: Math.round(audit('total-blocking-time')),
    shift: audit('cumulative-layout-shift'),
  });
  for (const [category, value] of Object.entries(scores)) {
    if (value >= PROMISE) continue;
    const refs = runs[0].categories[category].auditRefs.filter(({ weight }) => weight > 0);
    const why = refs.map(({ id }) => runs[0].audits[id]).filter((audit) => audit.score < 0.9);
    report.wrong(
      { page, form, category },
      `${value}: ${why.map((audit) => `${audit.id} (${audit.displayValue ?? audit.score})`).join(', ')}`,
    );
  }
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
