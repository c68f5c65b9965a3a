// MNIST as the site carries it: a manifest, and IDX.gz pieces of some thousand images that arrive one by one, so that training can
// begin before everything is here.
import { fetchChecked } from '../platform/fetch.ts';
import { besideUrl, isSameHost } from '../protocol/beside.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Core, CoreImages } from './core.ts';
import type { DataStore, Loader } from './data_store.ts';
import { unpack } from './unpack.ts';

/** Of manifest.json. */
const LONGEST_MANIFEST = 2 ** 20;
/** Before the values of an IDX file, at most. */
const IDX_HEADER = 20;

/** Fetches at once: more would only share the line. */
const PARALLEL = 3;

interface Piece {
  file: string;
  count: number;
  bytes: number;
}

interface Split {
  count: number;
  images: Piece[];
  labels: Piece;
}

export interface Manifest {
  classes: string[];
  shape: [height: number, width: number, channels: number];
  train: Split;
  test: Split;
}

/** The manifest of each folder, fetched once; a failure is forgotten, so that the next call tries again. */
export class Manifests {
  readonly #known = new Map<string, Promise<Manifest>>();

  get(base: string): Promise<Manifest> {
    let manifest = this.#known.get(base);
    if (!manifest) {
      manifest = fetchManifest(`${base}manifest.json`);
      this.#known.set(base, manifest);
      manifest.catch(() => this.#known.delete(base));
    }
    return manifest;
  }
}

export class MnistLoader implements Loader {
  #labelsHere = false;

  constructor(
    private readonly core: Core,
    private readonly manifests: Manifests,
    private readonly source: { base: string; set: 'train' | 'test'; count: number },
  ) {}

  /** The numbers of the set, without its contents. */
  async describe(store: DataStore): Promise<void> {
    const manifest = await this.manifests.get(this.source.base);
    const { count } = manifest[this.source.set];
    const [height, width, channels] = manifest.shape;
    const taken = Math.min(this.source.count, count);
    store.describe({ count: taken, height, width, channels, classes: manifest.classes.length });
  }

  async run(store: DataStore, signal: AbortSignal): Promise<void> {
    await this.describe(store);
    const { labels, images } = (await this.manifests.get(this.source.base))[this.source.set];
    const wanted = piecesUpTo(images, store.info.count);
    store.expect(wanted.reduce((sum, { piece }) => sum + piece.bytes, labels.bytes));
    if (!this.#labelsHere) {
      store.setLabels(await this.#labels(labels, store, signal));
      this.#labelsHere = true;
    }
    const missing = wanted.filter(({ piece, first }) => !store.has(first, piece.count));
    const fetchNext = async (): Promise<void> => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        const { pixels } = await this.#images(next.piece, store, signal);
        store.setImages(next.first, pixels);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  }

  async #labels(piece: Piece, store: DataStore, signal: AbortSignal): Promise<Uint8Array> {
    return this.#fetch(piece, piece.count, store, signal, (bytes) => {
      const labels = this.core.parseIdxLabels(bytes, piece.file);
      requireCount(piece, labels.length);
      return labels.subarray(0, store.info.count);
    });
  }

  async #images(piece: Piece, store: DataStore, signal: AbortSignal): Promise<CoreImages> {
    const { height, width, channels } = store.info;
    const values = piece.count * height * width * channels;
    return this.#fetch(piece, values, store, signal, (bytes) => {
      const images = this.core.parseIdxImages(bytes, piece.file);
      requireCount(piece, images.count);
      requireShape(piece, store, images);
      return images;
    });
  }

  /** A piece of so many values as `read` understands it, unpacked. */
  #fetch<T>(
    piece: Piece,
    values: number,
    store: DataStore,
    signal: AbortSignal,
    read: (bytes: Uint8Array) => T,
  ): Promise<T> {
    const { base } = this.source;
    const url = urlOf(piece, base);
    const accept = (from: string) => {
      if (!isSameHost(from, base)) throw elsewhere(base, from);
    };
    const onBytes = (n: number) => store.received(n);
    const unpacked = values + IDX_HEADER;
    // Some servers unpack on the way.
    const most = Math.max(piece.bytes, unpacked);
    return fetchChecked(url, { signal, onBytes, most, accept }, async (bytes) =>
      read(await unpack(bytes, url, { packed: piece.bytes, most: unpacked })),
    );
  }
}

/** The pieces with the first `count` images, and where each begins. */
function piecesUpTo(pieces: readonly Piece[], count: number): { piece: Piece; first: number }[] {
  const out: { piece: Piece; first: number }[] = [];
  let first = 0;
  for (const piece of pieces) {
    if (first >= count) break;
    out.push({ piece, first });
    first += piece.count;
  }
  return out;
}

function urlOf({ file }: Piece, base: string): string {
  const url = besideUrl(file, base);
  if (url) return url;
  throw elsewhere(base, file);
}

function elsewhere(base: string, file: string): ZifferError {
  const message = `${base}manifest.json: expected files beside it, got ${JSON.stringify(file.slice(0, 80))}. Put them all into one folder.`;
  return new ZifferError('data_corrupt', message);
}

function requireCount({ file, count }: Piece, got: number): void {
  if (got === count) return;
  const message = `${file}: the manifest says ${count} entries, the file has ${got}. Upload the folder anew.`;
  throw new ZifferError('data_corrupt', message);
}

function requireShape({ file }: Piece, store: DataStore, got: CoreImages): void {
  const { height, width, channels } = store.info;
  if (got.height === height && got.width === width && got.channels === channels) return;
  const message = `${file}: expected images of ${height}×${width}×${channels}, got ${got.height}×${got.width}×${got.channels}. The folder mixes two data sets; upload it anew.`;
  throw new ZifferError('data_corrupt', message);
}

function fetchManifest(url: string): Promise<Manifest> {
  return fetchChecked(url, { most: LONGEST_MANIFEST }, (bytes) => {
    const manifest = parsed(bytes);
    if (isManifest(manifest)) return manifest;
    const message = `${url}: expected the manifest of a data set, got something else. Check dataUrl.`;
    throw new ZifferError('data_corrupt', message);
  });
}

function parsed(json: Uint8Array): Manifest | null {
  try {
    return JSON.parse(new TextDecoder().decode(json)) as Manifest | null;
  } catch {
    return null;
  }
}

function isManifest(value: Manifest | null): value is Manifest {
  return (
    Array.isArray(value?.classes) &&
    Array.isArray(value.shape) &&
    value.shape.length === 3 &&
    [value.train, value.test].every(isSplit)
  );
}

function isSplit(split: Split | undefined): boolean {
  const isPiece = (p: Piece | undefined) =>
    typeof p?.file === 'string' && p.count > 0 && typeof p.bytes === 'number';
  return (
    Array.isArray(split?.images) &&
    split.images.every(isPiece) &&
    isPiece(split.labels) &&
    split.images.reduce((sum, p) => sum + p.count, 0) === split.count
  );
}
