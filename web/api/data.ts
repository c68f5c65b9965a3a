// MNIST and other IDX data sets: where they come from, and who shares them.
import { ZifferError } from '../protocol/errors.ts';
import type { DataSource, FileRef } from '../protocol/messages.ts';
import { DatasetHandle, SharedData } from './dataset.ts';
import { absolute, place } from './places.ts';
import type {
  Dataset,
  FileSource,
  IdxFiles,
  LoadIdxOptions,
  LoadIdxSetsOptions,
  LoadMnistOptions,
  LoadOptions,
} from './types.ts';
import { untilAborted } from './until_aborted.ts';

const TRAIN_COUNT = 60_000;
const TEST_COUNT = 10_000;

interface Sets {
  train: Dataset;
  test: Dataset;
}

/** Sets by where they come from: loaded once, however often they are asked for. */
const shared = new Map<string, SharedData>();

/** See calls.ts. */
export async function loadMnist(options: LoadMnistOptions = {}): Promise<Sets> {
  const { trainCount = TRAIN_COUNT } = options;
  if (!Number.isInteger(trainCount) || trainCount < 1 || trainCount > TRAIN_COUNT) {
    const message = `loadMnist: expected trainCount to be a whole number from 1 to ${TRAIN_COUNT}, got ${trainCount}.`;
    throw new ZifferError('invalid_argument', message);
  }
  return openFolder(place('dataUrl'), trainCount, options);
}

/** Both sets of a folder with a manifest, such as data/mnist. */
async function openFolder(base: string, trainCount: number, options: LoadOptions): Promise<Sets> {
  const test = share({ kind: 'mnist', base, set: 'test', count: TEST_COUNT }, true);
  const train = share({ kind: 'mnist', base, set: 'train', count: trainCount }, false);
  const { signal } = options;
  const sets = await both(openHandle(train, options), openHandle(test, signal ? { signal } : {}));
  // From here on the rest arrives by itself.
  void sets.train.load().catch(() => {});
  return sets;
}

/** See calls.ts. */
export async function loadIdx(
  images: FileSource,
  labels: FileSource,
  options: LoadIdxOptions = {},
): Promise<Dataset> {
  const { classes = null, count = null } = options;
  const source: DataSource = {
    kind: 'idx',
    images: refTo(images),
    labels: refTo(labels),
    classes,
    count,
  };
  const urls = 'url' in source.images && 'url' in source.labels;
  const data = urls ? share(source, false) : new SharedData(source, false, () => {});
  const handle = await openHandle(data, options);
  await handle.load();
  return handle;
}

/** The names under which MNIST, Fashion-MNIST and their like are handed on. */
const USUAL = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/** See calls.ts. */
export async function loadIdxSets(
  from: string | URL | IdxFiles,
  options: LoadIdxSetsOptions = {},
): Promise<Sets> {
  if (typeof from !== 'string' && !(from instanceof URL)) return openFiles(from, options);
  const url = absolute(from);
  if (/\/manifest\.json$/.test(url)) {
    return openFolder(new URL('.', url).href, options.trainCount ?? TRAIN_COUNT, options);
  }
  const named = (ending: string) => {
    const folder = url.endsWith('/') ? url : `${url}/`;
    const file = (name: string) => `${folder}${name}${ending}`;
    return {
      trainImages: file(USUAL.trainImages),
      trainLabels: file(USUAL.trainLabels),
      testImages: file(USUAL.testImages),
      testLabels: file(USUAL.testLabels),
    };
  };
  try {
    return await openFiles(named('.gz'), options);
  } catch (error) {
    if ((error as ZifferError).code !== 'data_missing') throw error;
    return openFiles(named(''), options);
  }
}

function openFiles(files: IdxFiles, options: LoadIdxSetsOptions): Promise<Sets> {
  const { trainCount, classes, signal, onProgress } = options;
  const rest = { ...(classes === undefined ? {} : { classes }), ...(signal ? { signal } : {}) };
  const train = loadIdx(files.trainImages, files.trainLabels, {
    ...rest,
    ...(trainCount === undefined ? {} : { count: trainCount }),
    ...(onProgress ? { onProgress } : {}),
  });
  return both(train, loadIdx(files.testImages, files.testLabels, rest));
}

/** Two handles or none: where one fails, the other is given back. */
async function both(train: Promise<Dataset>, test: Promise<Dataset>) {
  const opened = await Promise.allSettled([train, test]);
  const [first, second] = opened;
  if (first.status === 'fulfilled' && second.status === 'fulfilled') {
    return { train: first.value, test: second.value };
  }
  for (const result of opened) if (result.status === 'fulfilled') result.value.dispose();
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}

function share(source: DataSource, lazy: boolean): SharedData {
  const key = JSON.stringify(source);
  let data = shared.get(key);
  if (!data) {
    data = new SharedData(source, lazy, () => shared.delete(key));
    shared.set(key, data);
  }
  return data;
}

/** A handle of its own; on abort or failure it is given back. */
async function openHandle(data: SharedData, options: LoadOptions): Promise<DatasetHandle> {
  const { onProgress, signal } = options;
  if (onProgress) data.listeners.add(onProgress);
  data.addHandle();
  try {
    const { info } = await untilAborted('load', data.open(), signal);
    return new DatasetHandle(data, info, { onProgress, signal });
  } catch (error) {
    if (onProgress) data.listeners.delete(onProgress);
    data.removeHandle();
    throw error;
  }
}

function refTo(source: FileSource): FileRef {
  if (typeof source === 'string' || source instanceof URL) return { url: absolute(source) };
  return { blob: source instanceof Blob ? source : new Blob([source as BlobPart]) };
}
