// The data sets of the trainer worker, by the numbers that the page gave them.
import { ZifferError } from '../protocol/errors.ts';
import type { DataInfo, DataSource, PlainProgress } from '../protocol/messages.ts';
import type { Core } from './core.ts';
import { DataStore, type Loader } from './data_store.ts';
import { IdxLoader } from './idx_loader.ts';
import { JoinedLoader } from './joined_loader.ts';
import { Manifests, MnistLoader } from './mnist_loader.ts';

type Listen = (progress: PlainProgress) => void;

export class DataRoom {
  readonly #stores = new Map<number, DataStore>();
  readonly #manifests = new Manifests();

  constructor(
    private readonly core: Core,
    private readonly now: () => number,
  ) {}

  get(id: number): DataStore {
    const store = this.#stores.get(id);
    if (!store)
      throw new ZifferError('disposed', `dataset ${id}: it was disposed or never opened.`);
    return store;
  }

  /**
   * Lazy: only the numbers of the set. Else loading starts, and the first images are awaited, so that what is wrong with the
   * source shows at once. A set that cannot be opened is forgotten.
   */
  async open(
    id: number,
    source: DataSource,
    lazy: boolean,
    listen: Listen,
    signal: AbortSignal,
  ): Promise<DataInfo> {
    const loader = this.#loader(source);
    const store = new DataStore(this.core, loader, this.now);
    this.#stores.set(id, store);
    try {
      await loader.describe?.(store);
      if (!lazy)
        await this.#watch(store, listen, signal, () => store.whenRange({ first: 0, count: 1 }));
      return store.info;
    } catch (error) {
      if (this.#stores.get(id) === store) this.dispose(id);
      throw error;
    }
  }

  async ready(id: number, listen: Listen, signal: AbortSignal): Promise<void> {
    const store = this.get(id);
    await this.#watch(store, listen, signal, () => store.whenAll());
  }

  async images(id: number, indices: Uint32Array): Promise<Uint8Array> {
    const store = this.get(id);
    const { count, height, width, channels } = store.info;
    const size = height * width * channels;
    for (const index of indices) {
      if (index >= count) throw outside(`image ${index}`, count);
      await store.whenRange({ first: index, count: 1 });
    }
    const out = new Uint8Array(indices.length * size);
    indices.forEach((index, i) => {
      out.set(store.data.image(index), i * size);
    });
    return out;
  }

  async labels(id: number, first: number, count: number): Promise<Uint8Array> {
    const store = this.get(id);
    if (first < 0 || first + count > store.info.count) {
      throw outside(`labels ${first} to ${first + count - 1}`, store.info.count);
    }
    await store.whenRange({ first, count });
    return Uint8Array.from({ length: count }, (_, i) => store.data.label(first + i));
  }

  dispose(id: number): void {
    this.#stores.get(id)?.release();
    this.#stores.delete(id);
  }

  #loader(source: DataSource): Loader {
    switch (source.kind) {
      case 'mnist':
        return new MnistLoader(this.core, this.#manifests, source);
      case 'idx':
        return new IdxLoader(this.core, source);
      case 'joined':
        return new JoinedLoader(source.parts.map((part) => this.get(part)));
    }
  }

  /** Waits with progress notices; the signal gives up the load itself. */
  async #watch(
    store: DataStore,
    listen: Listen,
    signal: AbortSignal,
    wait: () => Promise<void>,
  ): Promise<void> {
    const abort = () => store.abort();
    signal.addEventListener('abort', abort);
    store.listeners.add(listen);
    try {
      await wait();
      // How it ended, even where nothing was left to load.
      listen(store.progress);
    } finally {
      store.listeners.delete(listen);
      signal.removeEventListener('abort', abort);
    }
  }
}

function outside(what: string, count: number): ZifferError {
  return new ZifferError(
    'invalid_argument',
    `dataset: ${what} asked for, but there are ${count} (0 to ${count - 1}).`,
  );
}
