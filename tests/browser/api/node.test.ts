// The built ziffer.js under Node: the same API over worker_threads, with data from the file system.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = `
  const { loadMnist, presets } = await import(process.argv[1]);
  const { train, test } = await loadMnist({ trainCount: 5000 });
  const model = presets['simple-cnn']();
  await model.fit(train, { batchSize: 100, epochs: 2, threads: 2 });
  const { accuracy } = await model.evaluate(test);
  for (const disposable of [model, train, test]) disposable.dispose();
  console.log(JSON.stringify({ accuracy }));
`;

it('trains in Node, and the process ends by itself', async () => {
  const url = pathToFileURL('dist/ziffer.js').href;
  const args = ['--input-type=module', '--eval', script, url];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  expect(JSON.parse(stdout).accuracy).toBeGreaterThan(0.75);
});
