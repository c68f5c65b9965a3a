// Any pair of IDX or IDX.gz files: Fashion-MNIST, EMNIST, or one's own.
import { ZifferError } from '../protocol/errors.ts';
import type { FileRef } from '../protocol/messages.ts';
import type { Core } from './core.ts';
import type { DataStore, Loader } from './data_store.ts';
import { fetchBytes, unpack } from './fetch_bytes.ts';

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
    const received = (n: number) => store.received(n);
    const read = async (file: FileRef, what: string) => {
      const name = 'url' in file ? file.url : what;
      const bytes =
        'url' in file
          ? await fetchBytes(file.url, signal, received)
          : new Uint8Array(await file.blob.arrayBuffer());
      return { name, bytes: await unpack(bytes, name) };
    };
    const [imageFile, labelFile] = await Promise.all([
      read(this.source.images, 'images'),
      read(this.source.labels, 'labels'),
    ]);
    const images = this.core.parseIdxImages(imageFile.bytes, imageFile.name);
    const labels = this.core.parseIdxLabels(labelFile.bytes, labelFile.name);
    if (images.count !== labels.length) {
      const message = `${imageFile.name}: ${images.count} images, but ${labelFile.name} has ${labels.length} labels. The two files do not belong together.`;
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

function largest(labels: Uint8Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}
