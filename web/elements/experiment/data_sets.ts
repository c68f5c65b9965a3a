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

const TEST_COUNT = 10_000;

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
  /** Training images that there are; null while that is not known. */
  total: number | null = TRAIN_COUNT;
  /** Test images, likewise. */
  testTotal: number | null = TEST_COUNT;
  /** Counts the changes of the address: what was kept of the data before one is of no use after it. */
  version = 0;
  #address: DataAddress = null;
  #load: Load | null = null;
  #over = false;

  /** Whether the data are others than MNIST. */
  get own(): boolean {
    return this.#address !== null;
  }

  /** What the data are called in a sentence; null for MNIST. */
  get name(): string | null {
    return this.#address === null ? null : nameOf(this.#address);
  }

  /** Whether so many training images are here, or coming. */
  has(trainCount: number): boolean {
    return this.#load?.count === trainCount && this.#load.here;
  }

  /** Takes the data from elsewhere from now on. Whether they are others than before. */
  from(address: DataAddress): boolean {
    if (JSON.stringify(address) === JSON.stringify(this.#address)) return false;
    this.dispose();
    this.#address = address;
    this.version++;
    this.total = address === null ? TRAIN_COUNT : null;
    this.testTotal = address === null ? TEST_COUNT : null;
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
    const arrived = ({ train, test }: Sets) => {
      load.here = true;
      if (this.#load === load) {
        if (train.count < count) this.total = train.count;
        this.testTotal = test.count;
        this.changed();
      }
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

/** Longer names make a sentence unreadable; the end of an address tells more than its beginning. */
const LONGEST_NAME = 48;

/** A folder, or the one that four files share, shortened. */
export function nameOf(address: string | IdxFiles): string {
  if (typeof address === 'string') return shortened(address);
  const [first = '', ...others] = Object.values(address).map(String);
  const folder = first.slice(0, first.lastIndexOf('/') + 1);
  const shared = folder !== '' && others.every((file) => file.startsWith(folder));
  return shortened(shared ? folder : first);
}

function shortened(address: string): string {
  if (address.startsWith('data:')) return 'data: …';
  return address.length > LONGEST_NAME ? `…${address.slice(1 - LONGEST_NAME)}` : address;
}
