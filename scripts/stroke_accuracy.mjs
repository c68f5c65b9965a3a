// How ready-made models read drawn digits: `npm run accuracy -- --strokes FILES`.
import { pathToFileURL } from 'node:url';

const BINS = 15;

/** How a model reads `digits`: in all, by digit, by writer, and how far its probabilities are from how often it is right. */
export function summary(digits, outputs) {
  const read = digits.map(({ label, writer = '' }, i) => {
    const p = outputs.subarray(10 * i, 10 * i + 10);
    const confidence = Math.max(...p);
    return { label, writer, confidence, right: p.indexOf(confidence) === label };
  });
  const writers = groupBy(read, ({ writer }) => writer);
  const ordered = [...writers.values()].sort((a, b) => share(a) - share(b) || b.length - a.length);
  const worst = ordered.slice(0, Math.ceil(ordered.length / 10));
  return {
    drawings: read.length,
    accuracy: rounded(share(read)),
    digits: Array.from({ length: 10 }, (_, d) => {
      const some = read.filter(({ label }) => label === d);
      return some.length > 0 ? rounded(share(some)) : null;
    }),
    writers: writers.size,
    worstTenth: rounded(share(worst.flat())),
    byWriter: Object.fromEntries([...writers].map(([name, own]) => [name, rounded(share(own))])),
    ece: rounded(calibrationError(read)),
  };
}

/** Expected calibration error over equal bins of confidence. */
export function calibrationError(read) {
  const bins = groupBy(read, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  let sum = 0;
  for (const bin of bins.values()) {
    const confidence = bin.reduce((total, one) => total + one.confidence, 0) / bin.length;
    sum += bin.length * Math.abs(share(bin) - confidence);
  }
  return sum / read.length;
}

/**
 * Prints one line a preset and file, and one for all files together where there are several. `models`: the folder of the presets'
 * folders.
 */
export async function measureStrokes(presets, files, models) {
  const { loadMnist, loadModel, fromStrokes } = await import('../dist/ziffer.js');
  const sets = [];
  for (const { name, digits } of files) {
    const data = await fromStrokes(digits);
    const images = await data.images(digits.map((_, i) => i));
    data.dispose();
    sets.push({ name, digits, images });
  }
  const { train, test } = await loadMnist({ trainCount: 100 });
  for (const preset of presets) {
    const model = await loadModel(pathToFileURL(`${models}/${preset}/model.json`));
    const outputs = [];
    for (const { name, digits, images } of sets) {
      outputs.push(await model.predict(images, digits.length));
      say({ preset, strokes: name, ...summary(digits, outputs.at(-1)) });
    }
    if (sets.length > 1) {
      const all = sets.flatMap(({ digits }) => digits);
      const together = Float32Array.from(outputs.flatMap((some) => [...some]));
      const { byWriter: _, ...told } = summary(all, together);
      say({ preset, strokes: 'together', ...told });
    }
    say({ preset, mnistTest: (await model.evaluate(test)).accuracy });
    model.dispose();
  }
  for (const set of [train, test]) set.dispose();
}

function say(line) {
  console.log(JSON.stringify(line));
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function share(read) {
  return read.filter(({ right }) => right).length / read.length;
}

function rounded(value) {
  return Number(value.toFixed(4));
}
