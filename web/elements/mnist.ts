// MNIST for one lab: fetched when first needed, kept, fetched again where more of it is wanted.
import { type Dataset, type LoadProgress, loadMnist } from '../api/index.ts';
import { Observable } from './observable.ts';

export interface Mnist {
  readonly train: Dataset;
  readonly test: Dataset;
}

export class MnistSource extends Observable {
  /** Null before anything was asked for, and again when all has arrived. */
  progress: LoadProgress | null = null;
  #sets: Promise<Mnist> | null = null;
  #count = 0;

  /** Resolves with the first piece, so that training begins while the rest arrives. */
  get(trainCount: number): Promise<Mnist> {
    if (this.#sets && this.#count === trainCount) return this.#sets;
    this.dispose();
    this.#count = trainCount;
    const sets = loadMnist({
      trainCount,
      onProgress: (progress) => {
        if (this.#sets !== sets) return;
        this.progress = progress.loadedBytes < progress.totalBytes ? progress : null;
        this.changed();
      },
    });
    this.#sets = sets;
    // A failure is not kept: the next call tries again.
    const forget = () => {
      if (this.#sets !== sets) return;
      this.#sets = null;
      this.progress = null;
      this.changed();
    };
    sets.then(({ train }) => train.ready).catch(forget);
    return sets;
  }

  /** The test set; where nothing is loaded yet, with no more training data than it takes. */
  async test(): Promise<Dataset> {
    return (await (this.#sets ?? this.get(100))).test;
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
