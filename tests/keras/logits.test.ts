// TensorFlow's quickstart as real Keras writes it: its last layer gives logits, and its loss says so.
import { mkdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { configure, loadMnist, loadModel } from '../../web/ziffer.ts';
import { ask, withKeras } from './judge.ts';
import { useDist } from './place.ts';

const FOLDER = 'build/keras';
const FORMATS = ['keras', 'h5', 'zip'];
const paths = (kind: string) => FORMATS.map((format) => `${FOLDER}/logits-${kind}.${format}`);
const opened = (path: string) => loadModel(new File([readFileSync(path)], path));

let mnist: Awaited<ReturnType<typeof loadMnist>>;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  useDist();
  configure({ dataUrl: pathToFileURL('dist/data/mnist/').href });
  mnist = await loadMnist({ trainCount: 8000 });
});

afterAll(() => {
  for (const data of [mnist.train, mnist.test]) data.dispose();
});

withKeras('a model of logits from a file trains as Keras says', async () => {
  await ask('make', { kind: 'quickstart', paths: paths('quickstart') });
  for (const path of paths('quickstart')) {
    const model = await opened(path);
    expect(model.notKept, path).toEqual([]);
    expect(model.compiled, path).toMatchObject({
      optimizer: { name: 'adam' },
      loss: { name: 'sparse_categorical_crossentropy', fromLogits: true },
    });
    await model.fit(mnist.train, { batchSize: 32, epochs: 2 });
    const { accuracy } = await model.evaluate(mnist.test);
    expect(accuracy, path).toBeGreaterThan(0.9);
    model.dispose();
  }
});

withKeras('what a model computes with is named where it is not float32', async () => {
  await ask('make', { kind: 'mixed', paths: paths('mixed') });
  for (const path of paths('mixed')) {
    const model = await opened(path);
    const names = model.notKept.map(({ what, name }) => `${what} ${name}`);
    expect(names, path).toContain('setting dtype = mixed_float16');
    expect(model.compiled?.loss, path).toMatchObject({ fromLogits: true });
    model.dispose();
  }
});
