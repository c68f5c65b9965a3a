// The page's end of the worker that reads what others wrote. It reads one file at a time; a file that takes too long, or breaks
// what reads it, ends it, and the next one gets a fresh worker. So no file reaches another, the page or the trainer worker.
import type { Channel } from '../platform/channel.ts';
import { startWorker } from '../platform/start_worker.ts';
import { Watchdog } from '../platform/watchdog.ts';
import { asZifferError, fromPlainError, toPlainError, ZifferError } from '../protocol/errors.ts';
import { type Beside, type FileJob, isFromReader } from '../protocol/reader.ts';
import { place } from './places.ts';

/** For the worker to start and to load its parts. */
const START_S = 60;
/** For a file; a large one gets a second more for each of these bytes. */
const READING_S = 10;
const BYTES_A_SECOND = 2 ** 25;
/** The next file often follows the last. */
const LINGER_MS = 1_000;

export interface ReadOptions {
  /** What a file that takes too long, or breaks the worker, is called. */
  damaged(why: string): ZifferError;
  /** Fetches what the file names. */
  beside?: (files: readonly Beside[]) => Promise<Uint8Array[]>;
  signal?: AbortSignal | undefined;
}

interface Task extends ReadOptions {
  job: FileJob;
  seconds: number;
  resolve(value: object): void;
  reject(error: ZifferError): void;
}

export class FileReading {
  readonly #waiting: Task[] = [];
  #task: Task | null = null;
  #channel: Channel | null = null;
  #watchdog: Watchdog | null = null;
  #computes = false;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: () => Promise<Channel>) {}

  /** What the worker makes of the bytes, which move there. Errors: its own, `damaged`'s, `worker_failed`, `aborted`. */
  read(job: FileJob, options: ReadOptions): Promise<object> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const seconds = READING_S + job.bytes.length / BYTES_A_SECOND;
      const task: Task = { ...options, job, seconds, resolve, reject };
      if (signal?.aborted) return reject(aborted());
      signal?.addEventListener('abort', () => this.#abort(task), { once: true });
      this.#waiting.push(task);
      this.#next();
    });
  }

  #next(): void {
    if (this.#task) return;
    const task = this.#waiting.shift() ?? null;
    clearTimeout(this.#ending);
    this.#task = task;
    if (!task) {
      this.#ending = setTimeout(() => this.#end(), LINGER_MS);
      return;
    }
    this.#computes = false;
    const failed = (why: string) =>
      new ZifferError(
        'worker_failed',
        `file reader: ${why}. Check that reader.js is beside ziffer.js and that the page's policy allows workers.`,
      );
    this.#watch(START_S, () => failed(`it did not start within ${START_S} seconds`));
    void this.#begin(task, failed);
  }

  async #begin(task: Task, failed: (why: string) => ZifferError): Promise<void> {
    try {
      const channel = this.#channel ?? (await this.start());
      if (this.#task !== task) {
        if (channel !== this.#channel) channel.end();
        return;
      }
      this.#channel = channel;
      channel.onMessage = (message) => this.#receive(message);
      channel.onLost = (why) => this.#fail(this.#computes ? task.damaged(why) : failed(why));
      channel.post({ kind: 'read', job: task.job }, [task.job.bytes.buffer as ArrayBuffer]);
    } catch (error) {
      if (this.#task === task) this.#fail(asZifferError(error));
    }
  }

  #receive(message: unknown): void {
    const task = this.#task;
    if (!task || !isFromReader(message)) return;
    switch (message.kind) {
      case 'reading':
        this.#computes = true;
        this.#watchReading(task);
        return;
      case 'wish':
        this.#watchdog?.end();
        void this.#grant(task, message.files);
        return;
      case 'done':
        this.#settled();
        task.resolve(message.value);
        this.#next();
        return;
      case 'failed':
        if (message.broken) this.#end();
        this.#settled();
        task.reject(fromPlainError(message.error));
        this.#next();
        return;
      default:
        message satisfies never;
    }
  }

  async #grant(task: Task, wanted: readonly Beside[]): Promise<void> {
    const { beside } = task;
    // Asked once: whoever asks again is broken.
    delete task.beside;
    try {
      if (!beside) throw task.damaged('it asked for more files');
      const files = await beside(wanted);
      if (this.#task !== task) return;
      this.#watchReading(task);
      this.#channel?.post(
        { kind: 'beside', files },
        files.map((file) => file.buffer as ArrayBuffer),
      );
    } catch (error) {
      if (this.#task !== task) return;
      this.#watchReading(task);
      this.#channel?.post({ kind: 'missing', error: toPlainError(error) });
    }
  }

  #watchReading(task: Task): void {
    const seconds = Math.round(task.seconds);
    this.#watch(seconds, () => task.damaged(`it could not be read within ${seconds} seconds`));
  }

  #watch(seconds: number, late: () => ZifferError): void {
    this.#watchdog?.end();
    this.#watchdog = new Watchdog(seconds, () => this.#fail(late()));
  }

  #abort(task: Task): void {
    const at = this.#waiting.indexOf(task);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      task.reject(aborted());
    } else if (this.#task === task) this.#fail(aborted());
  }

  /** Ends the worker with its file. */
  #fail(error: ZifferError): void {
    const task = this.#task;
    this.#settled();
    this.#end();
    task?.reject(error);
    this.#next();
  }

  #settled(): void {
    this.#watchdog?.end();
    this.#watchdog = null;
    this.#task = null;
  }

  #end(): void {
    this.#channel?.end();
    this.#channel = null;
  }
}

function aborted(): ZifferError {
  return new ZifferError('aborted', 'file: reading it was aborted by its signal.');
}

const reading = new FileReading(() => startWorker(place('readerUrl')));

/** Reads in the page's one such worker. The bytes move there. */
export const readFile: FileReading['read'] = (job, options) => reading.read(job, options);
