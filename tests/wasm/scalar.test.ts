// The module for browsers without SIMD: it is one, it works with the other's glue, and it computes the same bits.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type PresetName, presets } from '../../web/api/presets.ts';
import type { Core } from '../../web/worker/core.ts';
import { realCore, scalarCore, stripes } from '../support/trainer_harness.ts';

const COUNT = 400;

function trained(core: Core, preset: PresetName): Float32Array {
  const { images, labels } = stripes(COUNT);
  const data = core.createDataset(COUNT, 28, 28, 1, 10);
  data.setImages(0, images);
  data.setLabels(0, labels);
  const options = JSON.stringify({ batch_size: 67, epochs: 2, validation_split: 0.2, seed: 3 });
  const model = core.createModel(JSON.stringify(presets[preset](3).config()), 3);
  model.compile(JSON.stringify({ optimizer: 'adam' }));
  const trainer = core.createTrainer(model, data, null, options);
  while (trainer.phase() !== 'finished') {
    const units = trainer.begin(2);
    for (let unit = 0; unit < units; unit++) trainer.runUnit(unit);
    trainer.finish();
  }
  return model.parameters();
}

it.each(['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const)(
  '%s learns the same bits without SIMD',
  async (preset) => {
    const scalar = trained(await scalarCore(), preset);
    const simd = trained(await realCore(), preset);
    expect(scalar).toEqual(simd);
    expect(new Set(scalar).size).toBeGreaterThan(1000);
  },
);

it('one glue serves both modules', () => {
  const glue = (preset: string) => readFileSync(`build/${preset}/ziffer-core.mjs`, 'utf8');
  expect(glue('wasm-scalar')).toBe(glue('wasm'));
});

it('a processor without SSE4.1, where WebAssembly has no SIMD, takes the scalar module only', () => {
  const validates = (preset: string) =>
    execFileSync(process.execPath, [
      ...['--no-enable-sse4-1', '--no-enable-ssse3', '-e'],
      `console.log(WebAssembly.validate(require('fs').readFileSync('build/${preset}/ziffer-core.wasm')))`,
    ]).toString();
  expect([validates('wasm'), validates('wasm-scalar')]).toEqual(['false\n', 'true\n']);
});
