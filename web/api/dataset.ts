// Data sets: several handles may share one set in the trainer worker, which is described here well enough to be loaded again
// when that worker is lost.
import { reading } from '../keras/given.ts';
import { asZifferError, ZifferError } from '../protocol/errors.ts';
import type { DataInfo, DataSource, Notice } from '../protocol/messages.ts';
import { refuse, typedArray } from './arguments.ts';
import { guardMethods } from './border.ts';
import type { Connection } from './connection.ts';
import { connect, hold, release } from './home.ts';
import type { Dataset, LoadOptions, LoadProgress } from './types.ts';

let nextId = 1;

/** One set in the worker, shared by handles. */
export class SharedData {
  readonly id = nextId++;
  readonly listeners = new Set<(progress: LoadProgress) => void>();
  #connection: Connection | null = null;
  #opened: Promise<DataInfo> | null = null;
  #ready = new Deferred();
  #loading: AbortController | null = null;
  #handles = 0;

  constructor(
    /** A function where other sets must be in the worker first. */
    private readonly source: DataSource | (() => Promise<DataSource>),
    private readonly lazy: boolean,
    private readonly onGone: () => void,
  ) {}

  get handles(): number {
    return this.#handles;
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  addHandle(): void {
    this.#handles++;
    hold(this);
  }

  removeHandle(): void {
    if (--this.#handles > 0) return;
    this.#loading?.abort();
    if (this.#connection && !this.#connection.lost) {
      this.#connection.request('data.dispose', { data: this.id }).catch(() => {});
    }
    this.#ready.reject(disposed());
    this.onGone();
    release(this);
  }

  /** The set in the worker that runs now; resolves when what is wrong with the source would have shown. */
  async open(): Promise<{ connection: Connection; info: DataInfo }> {
    const connection = connect();
    if (this.#connection !== connection || !this.#opened) {
      // What loads into a lost worker settles what waited for that, and nothing of this one.
      if (this.#connection !== connection && this.#loading) this.#ready = new Deferred();
      this.#connection = connection;
      this.#loading = null;
      if (this.#ready.settled) this.#ready = new Deferred();
      const opened = this.#send(connection);
      this.#opened = opened;
      // A failure is not kept: the next call tries again.
      opened.catch(() => {
        if (this.#opened === opened) this.#opened = null;
      });
    }
    return { connection, info: await this.#opened };
  }

  async #send(connection: Connection): Promise<DataInfo> {
    const { id: data, lazy } = this;
    const source = typeof this.source === 'function' ? await this.source() : this.source;
    return connection.request('data.open', { data, source, lazy }, { onNotice: this.#listen });
  }

  /** Opened, and loading: for whoever is about to use the contents. */
  async use(): Promise<Connection> {
    const { connection } = await this.open();
    this.load().catch(() => {});
    return connection;
  }

  /** Loads to the end, or again what is missing after a failure. */
  load(): Promise<void> {
    if (this.#loading || this.#ready.state === 'done') return this.#ready.promise;
    if (this.#ready.settled) this.#ready = new Deferred();
    const ready = this.#ready;
    const loading = new AbortController();
    this.#loading = loading;
    const run = async () => {
      const { connection } = await this.open();
      const { signal } = loading;
      await connection.request('data.ready', { data: this.id }, { onNotice: this.#listen, signal });
    };
    run()
      .finally(() => {
        if (this.#loading === loading) this.#loading = null;
      })
      .then(
        () => ready.resolve(),
        (error) => ready.reject(asZifferError(error)),
      );
    return ready.promise;
  }

  abort(): void {
    this.#loading?.abort();
  }

  readonly #listen = (notice: Notice): void => {
    if (notice.type !== 'progress') return;
    for (const listener of this.listeners) listener(notice.progress);
  };
}

/** What a page holds. */
export class DatasetHandle implements Dataset {
  readonly count: number;
  readonly shape: readonly [number, number, number];
  readonly classes: number;
  #gone = false;

  /** `options` are of the call that loaded it: they are forgotten with the handle. */
  constructor(
    readonly shared: SharedData,
    info: DataInfo,
    private readonly options: LoadOptions,
  ) {
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    this.count = info.count;
    this.shape = [info.height, info.width, info.channels];
    this.classes = info.classes;
  }

  get ready(): Promise<void> {
    return this.shared.ready;
  }

  load(): Promise<void> {
    return this.#gone ? Promise.reject(disposed()) : this.shared.load();
  }

  async image(index: number): Promise<Uint8Array> {
    return this.images([index]);
  }

  async images(indices: ArrayLike<number>): Promise<Uint8Array> {
    const wanted = this.#checked(indices);
    const connection = await this.use();
    return connection.request('data.images', { data: this.shared.id, indices: wanted });
  }

  async label(index: number): Promise<number> {
    this.#checked([index]);
    const connection = await this.use();
    const args = { data: this.shared.id, first: index, count: 1 };
    return (await connection.request('data.labels', args))[0]!;
  }

  async labels(): Promise<Uint8Array> {
    const connection = await this.use();
    return connection.request('data.labels', { data: this.shared.id, first: 0, count: this.count });
  }

  /** See calls.ts: `concat`. The sets stay loaded as long as the whole, also where their own handles are disposed. */
  joined(sets: readonly Dataset[]): Dataset {
    const handles = sets.map((set) => handleOf('concat', set));
    const odd = handles.find(({ shape }) => shape.join() !== this.shape.join());
    if (odd) {
      const [expected, got] = [this, odd].map(({ shape }) => shape.join(' × '));
      const message = `concat: expected images of ${expected} everywhere, got ${got}.`;
      throw new ZifferError('shape_mismatch', message);
    }
    if (handles.some((handle) => handle.#gone)) throw disposed();
    const [height, width, channels] = this.shape;
    const count = handles.reduce((sum, set) => sum + set.count, 0);
    const classes = Math.max(...handles.map((set) => set.classes));
    const whole = joinedData(handles.map(({ shared }) => shared));
    return new DatasetHandle(whole, { count, height, width, channels, classes }, {});
  }

  dispose(): void {
    if (this.#gone) return;
    this.#gone = true;
    const { onProgress, signal } = this.options;
    if (onProgress) this.shared.listeners.delete(onProgress);
    signal?.removeEventListener('abort', this.#abort);
    this.shared.removeHandle();
  }

  /** Who shares the set still wants it. */
  readonly #abort = (): void => {
    if (this.shared.handles === 1) this.shared.abort();
  };

  /** The connection that has the set; errors `disposed`. */
  use(): Promise<Connection> {
    return this.#gone ? Promise.reject(disposed()) : this.shared.use();
  }

  /** A copy, checked. Errors: `invalid_argument`. */
  #checked(indices: ArrayLike<number>): Uint32Array {
    return reading('dataset', () => {
      if (!Array.isArray(indices) && typedArray(indices) === undefined) {
        refuse('dataset', 'a list of indices', indices);
      }
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i]!;
        if (Number.isInteger(index) && index >= 0 && index < this.count) continue;
        refuse('dataset', `an index from 0 to ${this.count - 1}`, index);
      }
      return Uint32Array.from(indices);
    });
  }
}

guardMethods(DatasetHandle);

/** The handle behind a public Dataset. Errors: `invalid_argument`. */
export function handleOf(call: string, data: Dataset): DatasetHandle {
  if (data instanceof DatasetHandle) return data;
  return refuse(call, 'a dataset of loadMnist, loadIdx or fromStrokes', data);
}

/** The sets one after the other, as one with a handle. */
function joinedData(parts: readonly SharedData[]): SharedData {
  for (const part of parts) part.addHandle();
  const source = async () => {
    await Promise.all(parts.map((part) => part.use()));
    return { kind: 'joined', parts: parts.map(({ id }) => id) } as const;
  };
  const whole = new SharedData(source, false, () => {
    for (const part of parts) part.removeHandle();
  });
  whole.addHandle();
  return whole;
}

/** A promise with its settlers; without anybody who waits, its rejection is no event. */
class Deferred {
  readonly promise: Promise<void>;
  state: 'pending' | 'done' | 'failed' = 'pending';
  #resolve!: () => void;
  #reject!: (error: ZifferError) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => {});
  }

  get settled(): boolean {
    return this.state !== 'pending';
  }

  resolve(): void {
    if (!this.settled) this.state = 'done';
    this.#resolve();
  }

  reject(error: ZifferError): void {
    if (!this.settled) this.state = 'failed';
    this.#reject(error);
  }
}

function disposed(): ZifferError {
  return new ZifferError('disposed', 'dataset: it was disposed. Load it again.');
}
