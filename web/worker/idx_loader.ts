// Any pair of IDX or IDX.gz files: Fashion-MNIST, EMNIST, or one's own.
import { fetchChecked } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { FileRef } from '../protocol/messages.ts';
import type { Core } from './core.ts';
import type { DataStore, Loader } from './data_store.ts';
import { LARGEST_IDX, unpack } from './unpack.ts';

export class IdxLoader implements Loader {
  constructor(
    private readonly core: Core,
    private readonly source: {
      images: FileRef;
      labels: FileRef;
      classes: number | null;
      count: number | null;
    },
  ) {}

  async run(store: DataStore, signal: AbortSignal): Promise<void> {
    const onBytes = (n: number) => store.received(n);
    const { core, source } = this;
    const read = async <T>(file: FileRef, name: string, parse: Parse<T>): Promise<T> => {
      const parsed = async (bytes: Uint8Array) => parse(await unpack(bytes, name), name);
      if ('url' in file)
        return fetchChecked(file.url, { signal, onBytes, most: LARGEST_IDX }, parsed);
      if (file.blob.size > LARGEST_IDX) throw tooLarge(name, file.blob.size);
      return parsed(new Uint8Array(await file.blob.arrayBuffer()));
    };
    const names = {
      images: nameOf(source.images, 'images'),
      labels: nameOf(source.labels, 'labels'),
    };
    const [images, labels] = await Promise.all([
      read(source.images, names.images, core.parseIdxImages),
      read(source.labels, names.labels, core.parseIdxLabels),
    ]);
    if (images.count !== labels.length) {
      const message = `${names.images}: ${images.count} images, but ${names.labels} has ${labels.length} labels. The two files do not belong together.`;
      throw new ZifferError('shape_mismatch', message);
    }
    const { height, width, channels } = images;
    const count = Math.min(images.count, this.source.count ?? images.count);
    const classes = this.source.classes ?? largest(labels) + 1;
    store.describe({ count, height, width, channels, classes });
    store.setLabels(labels.subarray(0, count));
    store.setImages(0, images.pixels.subarray(0, count * height * width * channels));
  }
}

type Parse<T> = (bytes: Uint8Array, name: string) => T;

function tooLarge(name: string, bytes: number): ZifferError {
  const message = `${name}: expected at most ${LARGEST_IDX} bytes, got ${bytes}.`;
  return new ZifferError('data_corrupt', message);
}

/** What messages call a file. */
function nameOf(file: FileRef, what: string): string {
  return 'url' in file ? file.url : what;
}

function largest(labels: Uint8Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}
