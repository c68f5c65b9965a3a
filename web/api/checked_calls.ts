// The functions that load data sets, behind the reading of their arguments.
import { callback, type Fields } from '../keras/fields.ts';
import { reading } from '../keras/given.ts';
import { isPlain } from '../keras/reader.ts';
import { options, refuse, SIGNAL, whole } from './arguments.ts';
import * as data from './data.ts';
import { requireFile } from './file_argument.ts';
import type { IdxFiles } from './types.ts';

const LOADING: Fields = { on_progress: callback({ none: true }), signal: SIGNAL };
const TRAIN_COUNT = 60_000;
const MOST_CLASSES = 256;
const MNIST: Fields = { train_count: whole(1, TRAIN_COUNT), ...LOADING };
const IDX: Fields = { classes: whole(1, MOST_CLASSES), count: whole(1), ...LOADING };
const SETS: Fields = { train_count: whole(1), classes: whole(1, MOST_CLASSES), ...LOADING };
const FILES = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;

export const loadMnist: typeof data.loadMnist = async (given) =>
  data.loadMnist(options('loadMnist', MNIST, given, '{ trainCount: 10000 }'));

export const loadIdx: typeof data.loadIdx = async (images, labels, given) => {
  requireFile('loadIdx', 'the images', images);
  requireFile('loadIdx', 'the labels', labels);
  return data.loadIdx(images, labels, options('loadIdx', IDX, given, '{ classes: 10 }'));
};

export const loadIdxSets: typeof data.loadIdxSets = async (from, given) => {
  const checked = options('loadIdxSets', SETS, given, '{ trainCount: 10000 }');
  const place = typeof from === 'string' || from instanceof URL;
  if (place) requireFile('loadIdxSets', 'the folder', from);
  return data.loadIdxSets(place ? from : fourFiles(from), checked);
};

function fourFiles(from: unknown): IdxFiles {
  return reading('loadIdxSets', () => {
    const expected = `a folder's URL, or the URLs of ${FILES.join(', ')}`;
    if (!isPlain(from)) refuse('loadIdxSets', expected, from);
    const read = FILES.map((name) => {
      const file = from[name];
      requireFile('loadIdxSets', name, file);
      return [name, file];
    });
    return Object.fromEntries(read) as unknown as IdxFiles;
  });
}
