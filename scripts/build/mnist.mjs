// dist/data/mnist: the original IDX files in pieces that are each a valid IDX.gz, and a manifest that lists them, so
// that training can begin before everything has arrived.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { step } from '../progress.mjs';
import { root } from '../project.mjs';
import { mnistFolder } from '../setup/mnist.mjs';

const imagesPerPiece = 5000;
const pixels = 28 * 28;
const cache = `${root}/build/mnist`;

/** Writes the folder, taking it from build/mnist if it was made before. */
export function writeMnist(folder) {
  const recipe = createHash('md5')
    .update(readFileSync(new URL(import.meta.url)))
    .digest('hex');
  const stamp = `${cache}/recipe`;
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== recipe) {
    const report = step('Compressing MNIST');
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(`${cache}/mnist`, { recursive: true });
    const manifest = {
      name: 'MNIST',
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      shape: [28, 28, 1],
      train: compress('train', 'train', (part) => report(part * 0.85, 'training images')),
      test: compress('t10k', 'test', (part) => report(0.85 + part * 0.15, 'test images')),
    };
    writeFileSync(`${cache}/mnist/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(stamp, recipe);
  }
  cpSync(`${cache}/mnist`, folder, { recursive: true, preserveTimestamps: true });
}

/** Writes the pieces of one split; source and name are its file prefixes in the originals and in dist/. */
function compress(source, name, report) {
  const images = readFileSync(`${mnistFolder}/${source}-images-idx3-ubyte`);
  const count = images.readUInt32BE(4);
  const pieces = [];
  for (let first = 0; first < count; first += imagesPerPiece) {
    const length = Math.min(imagesPerPiece, count - first);
    const header = Buffer.from(images.subarray(0, 16));
    header.writeUInt32BE(length, 4);
    const body = images.subarray(16 + first * pixels, 16 + (first + length) * pixels);
    const file = `${name}-images-${String(pieces.length).padStart(2, '0')}.idx.gz`;
    pieces.push({ file, count: length, bytes: write(file, Buffer.concat([header, body])) });
    report((first + length) / count);
  }
  const file = `${name}-labels.idx.gz`;
  const bytes = write(file, readFileSync(`${mnistFolder}/${source}-labels-idx1-ubyte`));
  return { count, images: pieces, labels: { file, count, bytes } };
}

function write(file, bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(`${cache}/mnist/${file}`, packed);
  return packed.length;
}
