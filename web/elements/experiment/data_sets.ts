// The data of one lab, MNIST or another set of its form: fetched when first needed, kept, fetched again where more of it is wanted.
import {
  type Dataset,
  type IdxFiles,
  type LoadProgress,
  loadIdxSets,
  loadMnist,
  ZifferError,
} from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import { TRAIN_COUNT } from '../plan/settings.ts';

export interface Sets {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** A folder, a manifest, or the four files; null for MNIST as the site carries it. */
export type DataAddress = string | IdxFiles | null;

export class LabData extends Observable {
  /** Null before anything was asked for, and again when all has arrived. */
  progress: LoadProgress | null = null;
  /** Training images that there are. */
  total = TRAIN_COUNT;
  #address: DataAddress = null;
  #sets: Promise<Sets> | null = null;
  #count = 0;

  /** Takes the data from elsewhere from now on. */
  from(address: DataAddress): void {
    this.dispose();
    this.#address = address;
    this.total = TRAIN_COUNT;
  }

  /** Resolves with the first piece, so that training begins while the rest arrives. */
  get(trainCount: number): Promise<Sets> {
    if (this.#sets && this.#count === trainCount) return this.#sets;
    this.dispose();
    this.#count = trainCount;
    const sets = this.#load(trainCount, (progress) => {
      if (this.#sets !== sets) return;
      this.progress = progress.loadedBytes < progress.totalBytes ? progress : null;
      this.changed();
    });
    this.#sets = sets;
    // A failure is not kept: the next call tries again.
    const forget = () => {
      if (this.#sets !== sets) return;
      this.#sets = null;
      this.progress = null;
      this.changed();
    };
    const arrived = ({ train }: Sets) => {
      if (this.#sets === sets && train.count < trainCount) this.total = train.count;
      return train.ready;
    };
    sets.then(arrived).catch(forget);
    return sets;
  }

  /** The test set; where nothing is loaded yet, with no more training data than it takes. */
  async test(): Promise<Dataset> {
    const few = this.#address === null ? 100 : TRAIN_COUNT;
    return (await (this.#sets ?? this.get(few))).test;
  }

  async #load(trainCount: number, onProgress: (progress: LoadProgress) => void): Promise<Sets> {
    const options = { trainCount, onProgress };
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
    const sets = this.#sets;
    this.#sets = null;
    this.progress = null;
    void sets
      ?.then(({ train, test }) => {
        train.dispose();
        test.dispose();
      })
      .catch(() => {});
  }
}
