// Opens mutated files through the built API, from a number on, and tells its parent of each before it begins.
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { layers, loadModel, sequential, ZifferError } from '../../dist/ziffer.js';
import { mutated } from './mutations.mjs';

const [first, end] = process.argv.slice(2).map(Number);
const FIXTURES = new URL('../keras/fixtures/', import.meta.url);

async function seeds() {
  const found = readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.gz'))
    .map((name) => ({
      name,
      bytes: new Uint8Array(gunzipSync(readFileSync(new URL(name, FIXTURES)))),
    }));
  const image = { inputShape: [28, 28, 1] };
  const model = sequential({
    layers: [
      layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu', ...image }),
      layers.maxPooling2d({}),
      layers.flatten(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  for (const format of ['keras', 'h5', 'tfjs']) {
    const blob = await model.save(format);
    found.push({ name: `own.${format}`, bytes: new Uint8Array(await blob.arrayBuffer()) });
  }
  model.dispose();
  return found;
}

/** What is wrong with how a file was taken, or null. */
async function fault(bytes) {
  try {
    const model = await loadModel(bytes);
    const weights = await model.weights();
    model.dispose();
    if (!weights.every(Number.isFinite)) return 'opened with weights that are not finite';
  } catch (error) {
    if (!(error instanceof ZifferError)) return `no ZifferError: ${error?.stack ?? error}`;
    if (error.code === 'internal') return `internal: ${error.message}`;
    if (error.message.length > 2000) return `a message of ${error.message.length} characters`;
  }
  return {}.polluted === undefined ? null : 'a polluted prototype';
}

const all = await seeds();
for (let number = first; number < end; number++) {
  const { name, how, bytes } = mutated(all, number);
  const peak = process.resourceUsage().maxRSS / 1024;
  process.send({ number, name, how, peak });
  const what = await fault(bytes);
  if (what) process.send({ number, fault: `${name}, ${how}: ${what}` });
}
process.exit(0);
