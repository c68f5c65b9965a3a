// Every call that loads or reads takes a signal, under its documented name, and ends by it.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type LoadIdxOptions,
  loadIdx,
  loadIdxSets,
  loadMnist,
  loadModel,
  normalizePicture,
} from '../../../web/api/index.ts';
import { Threads } from '../../support/page_harness.ts';
import { idx, stripes } from '../../support/trainer_harness.ts';

let threads: Threads;
vi.mock('../../../web/platform/start_worker.ts', () => ({
  startWorker: async () => threads.startTrainer(),
  coreCount: () => 1,
  canStartWorkers: () => true,
}));
beforeEach(() => {
  threads = new Threads();
});
afterEach(() => threads.end());

const { images, labels } = stripes(20);
const loadStripes = (options: LoadIdxOptions) =>
  loadIdx(idx(images, 20, 28, 28), idx(labels, 20), { classes: 10, ...options });

it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
  ['loadMnist', (signal) => loadMnist({ signal })],
  ['loadIdx', (signal) => loadStripes({ signal })],
  ['loadIdxSets', (signal) => loadIdxSets('http://localhost/set/', { signal })],
  ['loadModel', (signal) => loadModel(new Blob(['a model']), { signal })],
  ['normalizePicture', (signal) => normalizePicture(new Blob(['a picture']), { signal })],
])('%s', async (_, call) => {
  await expect(call(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});
