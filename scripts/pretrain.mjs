// `npm run pretrain`: makes assets/models/, the models that answer before anything has been trained, with our own trainer. With
// files of drawn digits (docs/DRAWING.md says which the site's models were made with) they learn people's pens beside MNIST:
//   npm run pretrain -- --strokes FILE FILE … [--preset simple-cnn] [--share 0.33] [--seed 42] [--epochs 20] [--rate 0.003] [--out FOLDER]
// Without them a model is trained on the first 90 % of MNIST's training images and kept as it was in its best epoch on the rest.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSite } from './build.mjs';
import { Advice, isMain, main } from './command.mjs';
import { mixture, readStrokes, strokeFiles } from './drawn_digits.mjs';
import { lecturePresets } from './lecture.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

const BATCH = 128;
/** Longer than the lecture trains: these are made once, and answer before anything is trained. */
const ALONE = { batchSize: BATCH, epochs: 30, validationSplit: 0.1 };
const PATIENCE = 4;
/** With pens: MNIST so many times an epoch, each time among as many other variants of the drawn digits. */
const ROUNDS = 2;
const DECAY = 0.02;
const MNIST_TRAIN = 60_000;

if (isMain(import.meta.url)) {
  await main(async () => {
    const wanted = options();
    const digits = wanted.files.flatMap(readStrokes);
    await setUp({ tests: true });
    const chosen = await lecturePresets(wanted.preset);
    await buildSite();
    for (const preset of Object.keys(chosen)) await pretrain(preset, digits, wanted);
    return 0;
  });
}

function options() {
  const text = (value) => ({ type: 'string', ...(value === undefined ? {} : { default: value }) });
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      preset: { type: 'string', multiple: true },
      strokes: { type: 'string', multiple: true },
      share: text('0.33'),
      seed: text('42'),
      epochs: text('20'),
      rate: text('0.003'),
      out: text(`${root}/assets/models`),
    },
  });
  const share = Number(values.share);
  if (!(share > 0 && share < 1)) {
    throw new Advice('Say which part of the pictures is drawn, between 0 and 1: --share 0.33');
  }
  const rate = Number(values.rate);
  if (!(rate > 0)) throw new Advice('The learning rate is a number above 0: --rate 0.003');
  const [seed, epochs] = [whole('seed', values.seed, 0), whole('epochs', values.epochs, 1)];
  const files = strokeFiles(values, positionals);
  return { preset: values.preset, files, share, seed, epochs, rate, out: resolve(values.out) };
}

function whole(name, text, least) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Advice(`--${name} is a whole number from ${least} on, got ${text}.`);
}

/** One preset, trained and written to its folder of `out`. */
export async function pretrain(preset, digits, { files, share, seed, epochs, rate, out }) {
  const { unzipSync } = await import('fflate');
  const { loadMnist, presets } = await import('../dist/ziffer.js');
  const { train, test } = await loadMnist();
  const model = presets[preset](seed);
  const training =
    digits.length > 0
      ? await withPens(model, train, digits, { share, seed, epochs, rate })
      : await alone(model, train, seed);
  const { accuracy, loss } = await model.evaluate(test);
  const zip = new Uint8Array(await (await model.save('tfjs')).arrayBuffer());
  for (const handle of [model, train, test]) handle.dispose();
  const folder = `${out}/${preset}`;
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    writeFileSync(`${folder}/${name}`, bytes);
  }
  const strokes = files.length > 0 ? { strokes: files.map((file) => basename(file)) } : {};
  const about = { preset, seed, ...strokes, ...training, testAccuracy: accuracy, testLoss: loss };
  writeFileSync(`${folder}/training.json`, `${JSON.stringify(about, null, 2)}\n`);
  console.log(JSON.stringify(about));
}

/** MNIST's training images and a mixture of drawn digits, of which `share` of all are; the rate falls to nothing. */
async function withPens(model, train, digits, { share, seed, epochs, rate }) {
  const { concat, fromStrokes, schedules } = await import('../dist/ziffer.js');
  const images = ROUNDS * MNIST_TRAIN;
  const drawn = await fromStrokes(
    mixture(digits, Math.round((images * share) / (1 - share)), seed),
  );
  const data = concat(drawn, ...Array.from({ length: ROUNDS }, () => train));
  const decaySteps = Math.ceil(data.count / BATCH) * epochs;
  const learningRate = schedules.cosineDecay({ initialLearningRate: rate, decaySteps });
  model.compile({ optimizer: { name: 'adamw', learningRate, weightDecay: DECAY } });
  await model.fit(data, { batchSize: BATCH, epochs, seed });
  const told = { share, mnist: images, drawn: drawn.count, digits: digits.length };
  for (const handle of [drawn, data]) handle.dispose();
  const optimizer = {
    optimizer: 'adamw',
    learningRate: rate,
    schedule: 'cosine',
    weightDecay: DECAY,
  };
  return { ...told, batchSize: BATCH, epochs, ...optimizer };
}

async function alone(model, train, seed) {
  const { earlyStopping } = await import('../dist/ziffer.js');
  model.compile({ optimizer: 'adam' });
  const callbacks = [earlyStopping({ patience: PATIENCE, restoreBestWeights: true })];
  const { epoch, bestEpoch } = await model.fit(train, { ...ALONE, seed, callbacks });
  const told = { patience: PATIENCE, optimizer: 'adam', bestEpoch: bestEpoch + 1 };
  return { ...ALONE, epochs: epoch.length, ...told };
}
