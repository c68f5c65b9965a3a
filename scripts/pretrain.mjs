// `npm run pretrain`: makes assets/models/, the models that answer before anything has been trained. Each is trained in
// Chromium by our own trainer on the first 90 % of MNIST's training images, and kept as it was in its best epoch on the rest.
//   npm run pretrain -- --preset simple-cnn
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSite } from './build.mjs';
import { inChromium } from './chromium.mjs';
import { isMain, main } from './command.mjs';
import { lecturePresets } from './lecture.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

/** Longer than the lecture trains: these are made once, and answer before anything is trained. */
const fit = { batchSize: 128, epochs: 30, validationSplit: 0.1, seed: 42 };
const patience = 4;

if (isMain(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: { preset: { type: 'string', multiple: true } } });
    await setUp({ tests: true });
    const chosen = await lecturePresets(values.preset);
    await buildSite();
    await inChromium(async (evaluate) => {
      for (const preset of Object.keys(chosen)) await pretrain(evaluate, preset);
    });
    return 0;
  });
}

async function pretrain(evaluate, preset) {
  const { unzipSync } = await import('fflate');
  const { zip, ...record } = await evaluate(train, { preset, fit, patience });
  const folder = `${root}/assets/models/${preset}`;
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(Buffer.from(zip, 'base64')))) {
    writeFileSync(`${folder}/${name}`, bytes);
  }
  const about = { preset, ...fit, patience, optimizer: 'adam', ...record };
  writeFileSync(`${folder}/training.json`, `${JSON.stringify(about, null, 2)}\n`);
  console.log(JSON.stringify(about));
}

/** In the page. */
async function train({ preset, fit, patience }) {
  const { earlyStopping, loadMnist, presets } = await import('/ziffer.js');
  const { train, test } = await loadMnist();
  const model = presets[preset](fit.seed);
  model.compile({ optimizer: 'adam' });
  const callbacks = [earlyStopping({ patience, restoreBestWeights: true })];
  const history = await model.fit(train, { ...fit, callbacks });
  const { accuracy, loss } = await model.evaluate(test);
  const blob = await model.save('tfjs');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return {
    zip: btoa(text),
    epochs: history.epoch.length,
    bestEpoch: history.bestEpoch + 1,
    testAccuracy: accuracy,
    testLoss: loss,
  };
}
