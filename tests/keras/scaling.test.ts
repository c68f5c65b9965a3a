// The example of docs/SCALING.md: two workers on this machine train a saved model on, and get what one gets.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { beforeAll, expect, inject } from 'vitest';
import { presetLayers, sequential } from '../../web/ziffer.ts';
import { within } from '../support/measured.ts';
import { ask, bytes, deviation, floats, type Numbers, withKeras } from './judge.ts';
import { asFloats, stripes } from './noise.ts';
import { useDist } from './place.ts';

const FOLDER = 'build/keras';
const COUNT = 600;
const { images, labels } = stripes(COUNT, 41);

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  useDist();
});

/** Runs the example, and returns what it printed. `worker` is null for a machine alone. */
async function run(out: string, ports: readonly number[], worker: number | null): Promise<string> {
  const cluster = { worker: ports.map((port) => `127.0.0.1:${port}`) };
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
  };
  if (worker !== null)
    env.TF_CONFIG = JSON.stringify({ cluster, task: { type: 'worker', index: worker } });
  const files = [`${FOLDER}/start.keras`, '--data', `${FOLDER}/digits.npz`, '--out', out];
  const args = ['examples/keras/train_on.py', ...files, '--epochs', '2', '--batch-size', '100'];
  const { stdout } = await promisify(execFile)(inject('judge').python!, args, {
    env,
    timeout: 120_000,
  });
  return stdout;
}

withKeras('MultiWorkerMirroredStrategy with two processes trains as one does', async () => {
  const model = sequential({ layers: presetLayers('simple-cnn') });
  const blob = await model.save('keras');
  writeFileSync(`${FOLDER}/start.keras`, new Uint8Array(await blob.arrayBuffer()));
  model.dispose();
  await ask('write_digits', {
    path: `${FOLDER}/digits.npz`,
    images: bytes(images, [COUNT, 28, 28]),
    labels: bytes(labels),
  });
  const ports = [await freePort(), await freePort()];
  const [first, second] = await Promise.all(
    [0, 1].map((worker) => run(`${FOLDER}/two.keras`, ports, worker)),
  );
  expect(first).toMatch(/with 2 workers/);
  expect(second).toMatch(/with 2 workers/);
  expect(await run(`${FOLDER}/one.keras`, [], null)).toMatch(/with 1 workers/);
  const some = { images: floats(asFloats(images.slice(0, 7840)), [10, 28, 28, 1]) };
  const opened = ['one', 'two'].map((name) =>
    ask<{ weights: Numbers; iterations: number }>('open_model', {
      path: `${FOLDER}/${name}.keras`,
      ...some,
    }),
  );
  const [one, two] = await Promise.all(opened);
  expect(two!.iterations).toBe(12);
  within(
    'two workers and one: weights after 12 steps',
    deviation(one!.weights.values, two!.weights.values),
    1e-4,
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
