// Ziffer against others, in turns: each round everybody trains and evaluates once, so that a machine that slows down slows all
// of them, and a ratio is of turns that followed one another. Each peer begins with Ziffer's weights and must find the same
// losses before it is timed.
import { availableParallelism } from 'node:os';
import { load } from './machine.mjs';
import { models } from './models.mjs';
import { inPage, inPython, ziffer } from './peers/contenders.mjs';
import { preparePeers, unavailable } from './peers/prepare.mjs';
import { digits, median, spread } from './statistics.mjs';

export { preparePeers };

const all = availableParallelism();
const cnns = ['simple-cnn', 'two-conv-cnn'];

/** page or program; threads; models it can do; slow: one batch of it takes seconds, so it trains a batch or two, not epochs. */
const peers = [
  { name: 'PyTorch', program: 'torch', threads: 1 },
  { name: 'PyTorch', program: 'torch', threads: all },
  { name: 'Keras on TensorFlow', program: 'keras', threads: 1 },
  { name: 'Keras on TensorFlow', program: 'keras', threads: all },
  { name: 'TensorFlow.js wasm, mended', page: 'tfjs', backend: 'wasm-mended', threads: 1 },
  { name: 'TensorFlow.js wasm', page: 'tfjs', backend: 'wasm', threads: 1 },
  { name: 'TensorFlow.js webgl', page: 'tfjs', backend: 'webgl', threads: 1, slow: true },
  { name: 'TensorFlow.js cpu', page: 'tfjs', backend: 'cpu', threads: 1, slow: true },
  { name: 'jax-js wasm', page: 'jax', threads: all, slow: true },
  { name: 'toygrad', page: 'toygrad', threads: 1, models: cnns, slow: true, check: false },
  { name: 'ONNX Runtime Web', page: 'ort', threads: 1, trains: false },
  { name: 'ONNX Runtime Web', page: 'ort', threads: all, trains: false },
];

const columns = [
  ['model', -19],
  ['what', -9],
  ['who', -27],
  ['threads', 7],
  ['images_per_second', 25, 'images/s'],
  ['ziffer_times', 22, 'Ziffer is × as fast'],
  ['load', 6],
];

export async function benchPeers(report, browser, { quick, model: only, who }) {
  const invited = peers.filter(({ name }) => new RegExp(who, 'i').test(name));
  report.begin('peers', 'against others, same run, median (quartiles)', columns);
  for (const [model, facts] of Object.entries(models)) {
    if (only && only !== model) continue;
    const setting = { model, ...facts, threads: new Set([1, all]), rounds: quick ? 2 : 7 };
    const guests = invited.filter(({ models: can }) => !can || can.includes(model));
    const { field } = await compete(report, browser, guests, setting);
    for (const what of ['train', 'evaluate']) show(report, model, what, field);
  }
  notes(report);
}

/**
 * Ziffer with each of so many threads against the guests, who begin with its weights: who took part, each with its images a
 * second by rounds, and what Ziffer says of the model.
 * @param {{ model: string, batchSize: number, images: number, threads: Iterable<number>, rounds: number, evaluates?: boolean }} setting
 */
export async function compete(report, browser, guests, setting) {
  const { model, batchSize, images, threads: counts, rounds, evaluates = true } = setting;
  const home = await browser.open('pages/blank.html');
  const reference = await home.evaluate(
    async (preset) => (await import('/pages/ziffer.js')).reference({ preset }),
    model,
  );
  const common = { model, batchSize, images, reference };
  const field = [];
  for (const threads of counts) {
    const ours = ziffer(home, { preset: model, threads, batchSize, images });
    field.push({ name: 'Ziffer', threads, ours: true, peer: ours, train: [], evaluate: [] });
  }
  for (const entry of guests) {
    const peer = await begin(report, browser, entry, common);
    if (peer) field.push({ ...entry, peer, train: [], evaluate: [] });
  }
  await race(report, field, { ...common, evaluates }, rounds);
  for (const { peer } of field) await peer.end();
  await home.close();
  return { field, reference };
}

/** Starts a peer and compares its losses with ours; null where it does not start. */
async function begin(report, browser, entry, { reference, ...rest }) {
  const { name, page, program, threads, check = true, trains = true } = entry;
  const facts = { model: rest.model, who: name, threads };
  const reason = unavailable.get(page ?? program);
  if (reason) return report.missing(facts, reason);
  const { backend } = entry;
  const onnx = page === 'ort' ? reference.onnx : undefined;
  const setting = {
    ...rest,
    threads,
    reference: { ...reference, onnx },
    ...(backend && { backend }),
  };
  try {
    const peer = page ? await inPage(browser, page, setting) : await inPython(program, setting);
    const slow = entry.slow === true;
    if (check) {
      const tested = await peer.evaluate(slow ? 200 : undefined);
      // A slow one tests 200 images, which says that it is the same model, not the same loss to three digits.
      const far = slow ? 0.2 : 1e-3;
      if (tested && !(Math.abs(tested.loss - reference.loss) < far)) {
        report.wrong(
          facts,
          `test loss ${tested.loss} with our weights, expected ${reference.loss}`,
        );
        await peer.end();
        return null;
      }
    }
    peer.losses = trains && check ? await peer.firstLosses(slow ? 1 : 3).catch((e) => e) : null;
    return peer;
  } catch (error) {
    return report.missing(facts, firstLine(error));
  }
}

/** Rounds of turns; the first is warm-up. A contender that fails leaves the race with its reason. */
async function race(report, field, common, rounds) {
  for (let round = -1; round < rounds; round++) {
    for (const runner of round % 2 ? field : field.toReversed()) {
      await turn(report, runner, { ...common, round });
    }
  }
}

async function turn(report, runner, { model, batchSize, images, evaluates, round }) {
  const { name, threads, peer, slow, trains = true } = runner;
  // A slow one has said enough after three turns.
  if (slow && round > 2) return;
  const wish = slow ? { epochs: 1, steps: 1 } : { epochs: 2 };
  const keep = (what, value) => {
    if (round >= 0) runner[what][round] = value;
  };
  try {
    if (trains && !runner.trainingFailed) {
      const { seconds } = await peer.train(wish);
      keep('train', (slow ? batchSize : images) / median(seconds));
    }
  } catch (error) {
    runner.trainingFailed = true;
    report.missing({ model, what: 'training', who: name, threads }, firstLine(error));
  }
  if (!evaluates) return;
  try {
    const tested = await peer.evaluate(slow ? 200 : undefined);
    if (tested) keep('evaluate', (tested.count ?? 10_000) / tested.seconds);
  } catch (error) {
    if (round < 0)
      report.missing({ model, what: 'evaluation', who: name, threads }, firstLine(error));
  }
}

function show(report, preset, what, field) {
  for (const runner of field) {
    const rates = runner[what].filter(Number.isFinite);
    if (rates.length === 0) continue;
    const { name, threads, peer } = runner;
    const ours = field.find((r) => r.ours && r.threads === threads) ?? field[0];
    const ratios = runner[what].map((rate, round) => ours[what][round] / rate);
    report.row({
      model: preset,
      what: what === 'train' ? 'training' : 'evaluation',
      who: name,
      threads,
      images_per_second: spread(rates),
      ...(!runner.ours && { ziffer_times: spread(ratios.filter(Number.isFinite)) }),
      load: load(),
      ...peer.facts,
      ...(Array.isArray(peer.losses) && { first_losses: peer.losses.map(digits) }),
    });
  }
}

function notes(report) {
  report.note(
    'A training step is all of it: batch, forward, backward, Adam. Ziffer is compared with as many threads.',
  );
  report.note(
    'PyTorch runs eagerly with its fused Adam; Keras with fit(), whose function is compiled by TensorFlow.',
  );
  report.note(
    'toygrad and TensorFlow.js cpu and webgl train single batches, since an epoch of theirs takes minutes.',
  );
  report.note(
    'Left out: GPUs (this Chromium has none; webgl is computed by the processor), torch.compile, half precision.',
  );
}

function firstLine(error) {
  return String(error.message ?? error)
    .replace(/^page\.evaluate: /, '')
    .split('\n')[0]
    .slice(0, 200);
}
