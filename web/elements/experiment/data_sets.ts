// The data of one lab, MNIST or another set of its form: fetched when first needed, kept, fetched again where more of it is wanted.
import {
  type Dataset,
  type IdxFiles,
  type LoadMnistOptions,
  type LoadProgress,
  loadIdxSets,
  loadMnist,
  ZifferError,
} from '../../api/index.ts';
import { untilAborted } from '../../api/until_aborted.ts';
import { Observable } from '../observable/observable.ts';
import { TRAIN_COUNT } from '../plan/settings.ts';

export interface Sets {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** A folder, a manifest, or the four files; null for MNIST as the site carries it. */
export type DataAddress = string | IdxFiles | null;

interface Load {
  /** Training images that were asked for. */
  readonly count: number;
  readonly sets: Promise<Sets>;
  readonly abort: AbortController;
  /** Calls that wait for the first piece. */
  waiting: number;
  /** Whether it has come. */
  here: boolean;
}

export class LabData extends Observable {
  /** Null before anything was asked for, and again when all has arrived. */
  progress: LoadProgress | null = null;
  /** Training images that there are. */
  total = TRAIN_COUNT;
  #address: DataAddress = null;
  #load: Load | null = null;
  #over = false;

  /** Where the data come from, as somebody would write it; null for MNIST. */
  get own(): string | null {
    const address = this.#address;
    return address === null || typeof address === 'string'
      ? address
      : Object.values(address).join(' ');
  }

  /** Takes the data from elsewhere from now on. Whether they are others than before. */
  from(address: DataAddress): boolean {
    if (JSON.stringify(address) === JSON.stringify(this.#address)) return false;
    this.dispose();
    this.#address = address;
    this.total = TRAIN_COUNT;
    return true;
  }

  /** Resolves with the first piece, so that training begins while the rest arrives. What nobody awaits any more is given up. */
  async get(trainCount: number, signal?: AbortSignal): Promise<Sets> {
    if (this.#over) throw new ZifferError('disposed', 'data: the lab was taken from the page.');
    const load = this.#load?.count === trainCount ? this.#load : this.#begin(trainCount);
    load.waiting++;
    try {
      return await untilAborted('data', load.sets, signal);
    } finally {
      load.waiting--;
      if (load.waiting === 0 && !load.here && this.#load === load) this.dispose();
    }
  }

  /** The test set; where nothing is loaded yet, with no more training data than it takes. */
  async test(signal?: AbortSignal): Promise<Dataset> {
    const few = this.#address === null ? 100 : TRAIN_COUNT;
    return (await this.get(this.#load?.count ?? few, signal)).test;
  }

  /** The lab has gone: a panel that still asks for data gets none. */
  end(): void {
    this.#over = true;
    this.dispose();
  }

  #begin(count: number): Load {
    this.dispose();
    const abort = new AbortController();
    const onProgress = (progress: LoadProgress) => {
      if (this.#load !== load) return;
      this.progress = progress.loadedBytes < progress.totalBytes ? progress : null;
      this.changed();
    };
    const sets = this.#fetch({ trainCount: count, onProgress, signal: abort.signal });
    const load: Load = { count, sets, abort, waiting: 0, here: false };
    this.#load = load;
    // A failure is not kept: the next call tries again.
    const forget = () => {
      if (this.#load === load) this.dispose();
    };
    const arrived = ({ train }: Sets) => {
      load.here = true;
      if (this.#load === load && train.count < count) this.total = train.count;
      return train.ready;
    };
    sets.then(arrived).catch(forget);
    return load;
  }

  async #fetch(options: LoadMnistOptions): Promise<Sets> {
    if (this.#address === null) return loadMnist(options);
    const sets = await loadIdxSets(this.#address, { ...options, classes: 10 });
    const { shape } = sets.train;
    if (shape.join() === '28,28,1' && sets.test.shape.join() === '28,28,1') return sets;
    sets.train.dispose();
    sets.test.dispose();
    const message = `data: expected pictures of 28 × 28 pixels in grey, got ${shape.join(' × ')}.`;
    throw new ZifferError('shape_mismatch', message);
  }

  dispose(): void {
    const load = this.#load;
    this.#load = null;
    this.progress = null;
    this.changed();
    load?.abort.abort();
    void load?.sets
      .then(({ train, test }) => {
        train.dispose();
        test.dispose();
      })
      .catch(() => {});
  }
}
