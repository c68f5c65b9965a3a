// What a visitor feels while all threads train: how long after a movement of the pen the next frame has been made, with the ink
// in it, and how long the page's own thread is ever held up.
import { models } from './models.mjs';
import { digits, quantile } from './statistics.mjs';

/** What the lab promises, in milliseconds. */
const PROMISE = { latency: 50, task: 100 };

export async function benchResponsiveness(report, browser, { quick }) {
  report.begin('responsiveness', 'drawing on the pad while all threads train, ms', [
    ['model', -19],
    ['images_per_second', 9, 'images/s'],
    ['moves', 6],
    ['move_median', 7, 'move'],
    ['move_p95', 8, 'p95'],
    ['move_longest', 8, 'longest'],
    ['presses', 8],
    ['press_p95', 8, 'p95'],
    ['long_tasks', 11, 'tasks > 50'],
    ['longest_task', 8, 'longest'],
  ]);
  for (const model of Object.keys(models)) await measure(report, browser, model, quick ? 5 : 20);
  report.note(
    'Move: from the earliest pointer event of a frame to after that frame; press: pointerdown and pointerup by the Event Timing API, in steps of 8 ms, below 16 ms as 16.',
  );
}

async function measure(report, browser, model, seconds) {
  const page = await browser.open(`dist/index.html#preset=${model}&patience=none&epochs=1000`, {
    fresh: true,
  });
  const pad = page.getByRole('application');
  await pad.waitFor();
  await page.evaluate(watch);
  await page.evaluate(() => document.querySelector('ziffer-lab').start());
  const trained = () => page.evaluate(() => document.querySelector('ziffer-lab').experiment.step);
  await page.waitForFunction(() => document.querySelector('ziffer-lab').experiment.step);
  // The data are there, and the workers have warmed up.
  await page.waitForFunction(() => !document.querySelector('ziffer-lab').experiment.data.progress);
  await page.evaluate(() => globalThis.felt.forget());
  const first = await trained();
  const start = performance.now();
  await draw(page, await pad.boundingBox(), seconds);
  const last = await trained();
  const { batchSize } = await page.evaluate(() => document.querySelector('ziffer-lab').settings);
  const rate = ((last.totalStep - first.totalStep) * batchSize) / (performance.now() - start);
  const { moves, presses, tasks, read } = await page.evaluate(() => globalThis.felt.all());
  await page.close();
  const row = {
    model,
    images_per_second: Math.round(1000 * rate),
    moves: moves.length,
    move_median: digits(quantile(moves, 0.5)),
    move_p95: digits(quantile(moves, 0.95)),
    move_longest: digits(Math.max(...moves)),
    presses: presses.length,
    press_p95: digits(quantile(presses, 0.95)),
    long_tasks: tasks.length,
    longest_task: tasks.length > 0 ? Math.max(...tasks) : null,
  };
  report.row(row);
  if (read === 0 || !(rate > 0))
    report.wrong({ model }, 'it did not train, or did not read what was drawn');
  if (Math.max(row.move_p95, row.press_p95) >= PROMISE.latency) {
    report.wrong({ model }, `the 95th percentile is not below ${PROMISE.latency} ms`);
  }
  if (row.longest_task > PROMISE.task) {
    report.wrong({ model }, `a task held the page up for more than ${PROMISE.task} ms`);
  }
}

/** Rings, one after another, as a hand would draw them; the pad is cleared from time to time. */
async function draw(page, box, seconds) {
  const end = performance.now() + 1000 * seconds;
  for (let n = 1; performance.now() < end; n++) {
    for (let i = 0; i <= 40; i++) {
      const angle = (2 * Math.PI * i) / 40;
      const x = box.x + box.width * (0.5 + (0.1 + (n % 5) * 0.05) * Math.cos(angle));
      const y = box.y + box.height * (0.5 + 0.35 * Math.sin(angle));
      await page.mouse.move(x, y);
      if (i === 0) await page.mouse.down();
    }
    await page.mouse.up();
    if (n % 4 === 0) await page.getByRole('button', { name: 'Clear', exact: true }).click();
  }
}

/** In the page: collects what is felt. */
function watch() {
  let moves = [];
  let presses = [];
  let tasks = [];
  const afterFrame = (then) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  };
  const moved = (event) => {
    const began = (event.getCoalescedEvents()[0] ?? event).timeStamp;
    if (event.buttons > 0) afterFrame(() => moves.push(performance.now() - began));
  };
  addEventListener('pointermove', moved, true);
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === 'pointerdown' || name === 'pointerup') presses.push(duration);
    }
  }).observe({ type: 'event', durationThreshold: 16 });
  // Quicker ones are not told of; each press still counts.
  let pressed = 0;
  for (const type of ['pointerdown', 'pointerup']) addEventListener(type, () => pressed++, true);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
  let read = 0;
  addEventListener('ziffer-predict', () => read++);
  globalThis.felt = {
    forget() {
      moves = [];
      presses = [];
      tasks = [];
      pressed = 0;
      read = 0;
    },
    all() {
      const quick = Math.max(0, pressed - presses.length);
      return { moves, presses: [...presses, ...Array(quick).fill(16)], tasks, read };
    },
  };
}
