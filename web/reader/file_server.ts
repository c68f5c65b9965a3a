// Reads one file after the other for the page. A class that a test can drive without a Worker.
import { readModelFile } from '../formats/read_model_file.ts';
import type { Channel } from '../platform/channel.ts';
import {
  asZifferError,
  fromPlainError,
  type PlainError,
  toPlainError,
  ZifferError,
} from '../protocol/errors.ts';
import { type Beside, type FileJob, type FromReader, isToReader } from '../protocol/reader.ts';
import { boundMemory } from './memory_bound.ts';
import { type loadPictureCore, PictureReader } from './pictures.ts';

interface Waiter {
  resolve(files: Uint8Array[]): void;
  reject(error: ZifferError): void;
}

export class FileServer {
  readonly #pictures: PictureReader;
  #waiter: Waiter | null = null;

  constructor(
    private readonly channel: Channel,
    loadPictures: typeof loadPictureCore,
  ) {
    this.#pictures = new PictureReader(loadPictures);
    channel.onMessage = (message) => this.#receive(message);
  }

  #receive(message: unknown): void {
    if (!isToReader(message)) return;
    switch (message.kind) {
      case 'read':
        void this.#settle(message.job);
        return;
      case 'beside':
        this.#waiter?.resolve(message.files);
        return;
      case 'missing':
        this.#waiter?.reject(fromPlainError(message.error));
        return;
      default:
        message satisfies never;
    }
  }

  async #settle(job: FileJob): Promise<void> {
    try {
      const value = await this.#read(job);
      this.#send({ kind: 'done', value }, buffersIn(value));
    } catch (thrown) {
      this.#send({ kind: 'failed', error: errorOf(job, thrown), broken: isBroken(thrown) });
    }
  }

  #read(job: FileJob): Promise<object> {
    const begun = () => this.#send({ kind: 'reading' });
    if (job.type === 'picture') return this.#pictures.read(job, begun);
    boundMemory(job.bytes.length);
    const { name, bytes, hdf5Url } = job;
    const beside = (files: readonly Beside[]) => this.#beside(files);
    return readModelFile({ name, bytes, beside }, hdf5Url, begun);
  }

  #beside(files: readonly Beside[]): Promise<Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#send({ kind: 'wish', files: [...files] });
    });
  }

  #send(message: FromReader, transfer: Transferable[] = []): void {
    this.channel.post(message, transfer);
  }
}

/** A library that trapped, ran out of memory or overflowed its stack goes on with what it left behind; a file that was refused does no harm. */
function isBroken(thrown: unknown): boolean {
  if (!(thrown instanceof ZifferError)) return true;
  const { cause } = thrown;
  return cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
}

/** Whatever a reader threw that is no ZifferError came of the file. */
function errorOf(job: FileJob, thrown: unknown): PlainError {
  const error = asZifferError(thrown);
  if (thrown instanceof ZifferError || error.code !== 'internal') return toPlainError(error);
  const [code, what] =
    job.type === 'model'
      ? (['invalid_model', job.name] as const)
      : (['picture_invalid', 'picture'] as const);
  const message = `${what}: it is damaged: reading it failed (${error.message}).`;
  return toPlainError(new ZifferError(code, message, { cause: thrown }));
}

/** The buffers of typed arrays, which are this job's own and can move. */
function buffersIn(value: unknown): Transferable[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap((entry: unknown) => buffersIn(entry)))];
}
