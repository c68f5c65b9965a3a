// Several sets as one: their images are copied one set after the other, as they arrive.
import { ZifferError } from '../protocol/errors.ts';
import type { DataStore, Loader } from './data_store.ts';

/** Images that are copied between two looks at what else has come. */
const CHUNK = 1000;

export class JoinedLoader implements Loader {
  constructor(private readonly parts: readonly DataStore[]) {}

  /** The numbers of the set, without its contents. The page has compared the shapes. */
  describe(store: DataStore): void {
    const infos = this.parts.map(({ info }) => info);
    const count = infos.reduce((sum, info) => sum + info.count, 0);
    const classes = Math.max(...infos.map((info) => info.classes));
    store.describe({ ...infos[0]!, count, classes });
  }

  async run(store: DataStore, signal: AbortSignal): Promise<void> {
    for (const part of this.parts) part.keep();
    try {
      await abortable(this.#copy(store, signal), signal);
    } finally {
      for (const part of this.parts) part.release();
    }
  }

  async #copy(store: DataStore, signal: AbortSignal): Promise<void> {
    const { height, width, channels } = store.info;
    const size = height * width * channels;
    // Labels come before the first image.
    await Promise.all(this.parts.map((part) => part.whenRange({ first: 0, count: 1 })));
    store.setLabels(
      Uint8Array.from(
        this.parts.flatMap(({ data, info }) =>
          Array.from({ length: info.count }, (_, i) => data.label(i)),
        ),
      ),
    );
    let at = 0;
    for (const part of this.parts) {
      for (let first = 0; first < part.info.count; first += CHUNK) {
        const count = Math.min(CHUNK, part.info.count - first);
        await part.whenRange({ first, count });
        if (signal.aborted) return;
        const pixels = new Uint8Array(count * size);
        for (let i = 0; i < count; i++) pixels.set(part.data.image(first + i), i * size);
        store.setImages(at, pixels);
        at += count;
      }
    }
  }
}

/** A part that is still awaited belongs to others, who may go on waiting. */
function abortable(copying: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ZifferError('aborted', 'dataset: the load was aborted.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    copying.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
