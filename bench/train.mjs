// Images a second of training and evaluating the lecture's models in Chromium, through the public API: with one thread and
// with all, turn by turn, so that a machine that slows down slows both down.
import { availableParallelism } from 'node:os';
import { load } from './machine.mjs';
import { models } from './models.mjs';
import { spread } from './statistics.mjs';

const columns = [
  ['model', -19],
  ['what', -9],
  ['threads', 7],
  ['images_per_second', 25, 'images/s'],
  ['microseconds_per_image', 24, 'µs/image'],
  ['against_one_thread', 20, '× one thread'],
  ['load', 6],
];

export async function benchTraining(report, browser, { quick }) {
  const all = availableParallelism();
  const pages = [];
  for (let i = 0; i < all; i++) pages.push(await browser.open('pages/blank.html'));
  const callIn = (page, name, argument) =>
    page.evaluate(
      async ([name, argument]) => (await import('/pages/ziffer.js'))[name](argument),
      [name, argument],
    );
  const call = (name, argument) => callIn(pages[0], name, argument);
  const counts = all > 1 ? [1, all] : [1];
  const apart = `${all} × 1`;
  report.begin('train', 'training and evaluation in Chromium, median (quartiles)', columns);
  for (const [preset, { batchSize, images }] of Object.entries(models)) {
    const rounds = quick ? 3 : 9;
    const training = new Map([...counts, ...(all > 1 ? [apart] : [])].map((n) => [n, []]));
    const evaluating = new Map(counts.map((n) => [n, []]));
    for (let round = -1; round < rounds; round++) {
      for (const threads of round % 2 ? counts : counts.toReversed()) {
        // The first epoch of a turn waits for the compute workers and warms the caches.
        const turn = { preset, threads, batchSize, images, epochs: 4 };
        const { seconds } = await call('train', turn);
        const { seconds: tested } = await call('evaluate', { preset, threads, images });
        if (round < 0) continue;
        training.get(threads).push(rate(images, seconds));
        evaluating.get(threads).push(10_000 / tested);
      }
      if (all === 1) continue;
      const turn = { preset, threads: 1, batchSize, images, epochs: 4 };
      const turns = await Promise.all(pages.map((page) => callIn(page, 'train', turn)));
      if (round < 0) continue;
      training.get(apart).push(turns.reduce((sum, { seconds }) => sum + rate(images, seconds), 0));
    }
    show(report, { model: preset, what: 'training' }, training);
    show(report, { model: preset, what: 'evaluation' }, evaluating);
  }
  for (const page of pages) await page.close();
  report.note(
    'Training counts whole steps: batch, forward, backward, sum of the shards, Adam. Batches of 128, 200 and 128.',
  );
  report.note(
    `Threads “${apart}”: ${all} pages at once, one thread each. More than that the processors do not give to all threads of one page.`,
  );
  report.note(
    'The ratio is of turns that followed one another. `threads: auto` takes one thread for softmax regression.',
  );
}

/** Of all epochs but the first. */
function rate(images, [, ...seconds]) {
  return (seconds.length * images) / seconds.reduce((sum, s) => sum + s, 0);
}

function show(report, facts, byThreads) {
  const one = byThreads.get(1);
  for (const [threads, rates] of byThreads) {
    report.row({
      ...facts,
      threads,
      images_per_second: spread(rates),
      microseconds_per_image: spread(rates.map((rate) => 1e6 / rate)),
      ...(threads !== 1 && { against_one_thread: spread(rates.map((rate, i) => rate / one[i])) }),
      load: load(),
    });
  }
}
