// How long one picture takes: in the worker, where live drawing asks, and through the API with its two messages.
import { models } from './models.mjs';
import { spread } from './statistics.mjs';

export async function benchLatency(report, browser, { quick }) {
  report.begin('latency', 'one prediction, median (quartiles), µs', [
    ['model', -19],
    ['inside_the_worker', 24, 'inside the worker'],
    ['through_the_api', 24, 'through the API'],
  ]);
  // Isolated, for a clock of 5 µs instead of 100.
  const page = await browser.open('pages/blank.html', { isolated: true });
  for (const preset of Object.keys(models)) {
    const config = await page.evaluate(configOf, preset);
    const inside = await page.evaluate(inWorker, {
      job: 'predict',
      argument: { config, count: quick ? 60 : 400 },
    });
    const through = await page.evaluate(
      async (argument) => (await import('/pages/ziffer.js')).predictions(argument),
      { preset, count: quick ? 300 : 2000 },
    );
    report.row({
      model: preset,
      inside_the_worker: spread(inside),
      through_the_api: spread(through.slice(100).map((ms) => 1000 * ms)),
    });
  }
  await page.close();
}

/** In the page: a preset as JSON in Keras's words. */
export async function configOf(preset) {
  const { presets } = await import('/dist/ziffer.js');
  const model = presets[preset](1);
  const config = JSON.stringify(model.config());
  model.dispose();
  return config;
}

/** In the page: one job of bench/pages/core.worker.js. */
export function inWorker(message) {
  const worker = new Worker('/pages/core.worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data === 'ready') return worker.postMessage(message);
      worker.terminate();
      resolve(data);
    };
  });
}
