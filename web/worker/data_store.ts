// One data set in the trainer worker: the core's memory for it, which of its images have arrived, and who waits for which.
import { asZifferError, ZifferError } from '../protocol/errors.ts';
import type { DataInfo, PlainProgress } from '../protocol/messages.ts';
import type { Core, CoreDataset } from './core.ts';

const PROGRESS_MS = 50;

export interface Range {
  first: number;
  count: number;
}

/** Where a store's contents come from. `run` fills the store with what it does not have yet and may be called again. */
export interface Loader {
  /** The numbers of the set without its contents, where they are known before. */
  describe?(store: DataStore): Promise<void> | void;
  run(store: DataStore, signal: AbortSignal): Promise<void>;
}

interface Waiter extends Range {
  resolve(): void;
  reject(error: ZifferError): void;
}

export class DataStore {
  #data: CoreDataset | null = null;
  #info: DataInfo | null = null;
  /** One flag an image; labels arrive first. */
  #here = new Uint8Array(0);
  #imagesHere = 0;
  #waiters: Waiter[] = [];
  #loading: AbortController | null = null;
  #users = 1;
  #loadedBytes = 0;
  #totalBytes = 0;
  #reportedAt = 0;
  /** Who wants to know of progress. */
  readonly listeners = new Set<(progress: PlainProgress) => void>();

  constructor(
    private readonly core: Core,
    private readonly loader: Loader,
    private readonly now: () => number,
  ) {}

  get info(): DataInfo {
    if (!this.#info) throw disposed();
    return this.#info;
  }

  get data(): CoreDataset {
    if (!this.#data) throw disposed();
    return this.#data;
  }

  get complete(): boolean {
    return this.#info !== null && this.#imagesHere === this.#info.count;
  }

  // ── For the page and the jobs ──

  /** Starts loading, or goes on after a failure, unless it is under way or done. */
  load(): void {
    if (this.#loading || this.complete || this.#users === 0) return;
    const loading = new AbortController();
    this.#loading = loading;
    this.loader.run(this, loading.signal).then(
      () => this.#finished(loading),
      (error) => this.#failed(loading, error),
    );
  }

  /** Gives up loading; whoever waits gets `aborted`. */
  abort(): void {
    this.#loading?.abort();
  }

  /** Resolves when the images of the range and their labels are here; starts loading if need be. Errors: the loader's, `aborted`, `disposed`. */
  whenRange({ first, count }: Range): Promise<void> {
    // Nothing will come any more.
    if (this.#users === 0) return Promise.reject(disposed());
    if (this.#has(first, count)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ first, count, resolve, reject });
      this.load();
    });
  }

  whenAll(): Promise<void> {
    return this.whenRange({ first: 0, count: this.#info?.count ?? Number.POSITIVE_INFINITY });
  }

  /** A job that uses the data keeps it alive after its dataset was disposed. */
  keep(): void {
    this.#users++;
  }

  release(): void {
    if (--this.#users > 0) return;
    this.abort();
    this.#data?.delete();
    this.#data = null;
    this.#rejectAll(disposed());
  }

  // ── For loaders ──

  describe(info: DataInfo): void {
    if (this.#info || this.#users === 0) return;
    const { count, height, width, channels, classes } = info;
    this.#data = this.core.createDataset(count, height, width, channels, classes);
    this.#here = new Uint8Array(count);
    this.#info = info;
  }

  expect(bytes: number): void {
    this.#totalBytes = bytes;
  }

  received(bytes: number): void {
    this.#loadedBytes += bytes;
    if (this.now() - this.#reportedAt >= PROGRESS_MS) this.#report();
  }

  setLabels(labels: Uint8Array): void {
    this.#data?.setLabels(0, labels);
  }

  setImages(first: number, pixels: Uint8Array): void {
    const { count, height, width, channels } = this.info;
    const size = height * width * channels;
    const images = Math.min(pixels.length / size, count - first);
    this.#data?.setImages(first, pixels.subarray(0, images * size));
    for (let i = first; i < first + images; i++) this.#imagesHere += 1 - this.#here[i]!;
    this.#here.fill(1, first, first + images);
    const waiting = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiting) {
      if (this.#has(waiter.first, waiter.count)) waiter.resolve();
      else this.#waiters.push(waiter);
    }
  }

  has(first: number, count: number): boolean {
    return this.#has(first, count);
  }

  #has(first: number, count: number): boolean {
    if (!this.#info) return false;
    const end = Math.min(first + count, this.#info.count);
    for (let i = first; i < end; i++) if (!this.#here[i]) return false;
    return true;
  }

  #finished(loading: AbortController): void {
    if (this.#loading === loading) this.#loading = null;
    // An empty range, or one past the end, has nothing else to wait for.
    for (const waiter of this.#waiters.splice(0)) waiter.resolve();
  }

  #failed(loading: AbortController, thrown: unknown): void {
    if (this.#loading === loading) this.#loading = null;
    const aborted = loading.signal.aborted;
    this.#rejectAll(
      aborted
        ? new ZifferError('aborted', 'dataset: the load was aborted.')
        : asZifferError(thrown),
    );
    // What else was on its way for this load comes with the next.
    loading.abort();
  }

  #rejectAll(error: ZifferError): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
  }

  #report(): void {
    this.#reportedAt = this.now();
    for (const listener of this.listeners) listener(this.progress);
  }

  get progress(): PlainProgress {
    return {
      loadedBytes: this.#loadedBytes,
      totalBytes: Math.max(this.#totalBytes, this.#loadedBytes),
      loadedImages: this.#imagesHere,
      totalImages: this.#info?.count ?? 0,
    };
  }
}

function disposed(): ZifferError {
  return new ZifferError('disposed', 'dataset: it was disposed.');
}
