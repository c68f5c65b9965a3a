// MNIST and other IDX data sets: where they come from, and who shares them.
import { ZifferError } from '../protocol/errors.ts';
import type { DataSource, FileRef } from '../protocol/messages.ts';
import { DatasetHandle, SharedData } from './dataset.ts';
import { absolute, place } from './places.ts';
import type {
  Dataset,
  FileSource,
  LoadIdxOptions,
  LoadMnistOptions,
  LoadOptions,
} from './types.ts';

const TRAIN_COUNT = 60_000;
const TEST_COUNT = 10_000;

/** MNIST's sets by folder, set and count: loaded once, however often they are asked for. */
const shared = new Map<string, SharedData>();

/** See calls.ts. */
export async function loadMnist(
  options: LoadMnistOptions = {},
): Promise<{ train: Dataset; test: Dataset }> {
  const { trainCount = TRAIN_COUNT } = options;
  if (!Number.isInteger(trainCount) || trainCount < 1 || trainCount > TRAIN_COUNT) {
    const message = `loadMnist: expected trainCount to be a whole number from 1 to ${TRAIN_COUNT}, got ${trainCount}.`;
    throw new ZifferError('invalid_argument', message);
  }
  const base = place('dataUrl');
  const test = share({ kind: 'mnist', base, set: 'test', count: TEST_COUNT }, true);
  const train = share({ kind: 'mnist', base, set: 'train', count: trainCount }, false);
  const opened = await Promise.allSettled([openHandle(train, options), openHandle(test, {})]);
  const [first, second] = opened;
  if (first.status === 'fulfilled' && second.status === 'fulfilled') {
    // From here on the rest arrives by itself.
    void first.value.load().catch(() => {});
    return { train: first.value, test: second.value };
  }
  for (const result of opened) if (result.status === 'fulfilled') result.value.dispose();
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}

/** See calls.ts. */
export async function loadIdx(
  images: FileSource,
  labels: FileSource,
  options: LoadIdxOptions = {},
): Promise<Dataset> {
  const { classes = null } = options;
  const source: DataSource = { kind: 'idx', images: refTo(images), labels: refTo(labels), classes };
  const handle = await openHandle(new SharedData(source, false, () => {}), options);
  await handle.load();
  return handle;
}

function share(source: DataSource & { kind: 'mnist' }, lazy: boolean): SharedData {
  const key = `${source.base} ${source.set} ${source.count}`;
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
    const { info } = await untilAborted(data.open(), signal);
    signal?.addEventListener('abort', () => {
      // Who shares the set still wants it.
      if (data.handles === 1) data.abort();
    });
    return new DatasetHandle(data, info, onProgress);
  } catch (error) {
    if (onProgress) data.listeners.delete(onProgress);
    data.removeHandle();
    throw error;
  }
}

function untilAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ZifferError('aborted', 'load: it was aborted by its signal.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function refTo(source: FileSource): FileRef {
  if (typeof source === 'string' || source instanceof URL) return { url: absolute(source) };
  return { blob: source instanceof Blob ? source : new Blob([source as BlobPart]) };
}
