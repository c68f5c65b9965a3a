// The lecture's notebooks run in real Keras from the first cell to the last, and the second finds what the first has saved.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { ask, bytes, withKeras } from './judge.ts';
import { stripes } from './noise.ts';

interface Ran {
  text: string;
  pictures: number;
}

withKeras('the notebooks of examples/ run in real Keras', async () => {
  const folder = mkdtempSync(`${tmpdir()}/notebooks-`);
  const { images, labels } = stripes(200, 5);
  const run = (name: string) =>
    ask<Ran>('run_notebook', {
      path: `examples/notebooks/${name}.ipynb`,
      images: bytes(images, [200, 28, 28]),
      labels: bytes(labels),
      folder,
    });
  const softmax = await run('softmax_regression');
  expect(softmax.text).toMatch(/test accuracy \d\.\d{4}/);
  expect(softmax.pictures).toBe(1);
  const training = await run('training');
  expect(training.text).toMatch(/21,898/);
  expect(training.text).toMatch(/test accuracy \d\.\d{4}/);
  expect(training.pictures).toBe(2);
  const applying = await run('applying');
  expect(applying.text).toMatch(/^This is a \d$/m);
  expect(applying.text).not.toContain('Epoch');
});
