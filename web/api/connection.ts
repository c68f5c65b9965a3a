// The page's end of one trainer worker: requests become promises, each of which settles, also when the worker is lost.
import type { Channel } from '../platform/channel.ts';
import { coreCount, startWorker } from '../platform/start_worker.ts';
import { newLife, watchLife } from '../platform/worker_life.ts';
import { asZifferError, fromPlainError, ZifferError } from '../protocol/errors.ts';
import { isFromWorker } from '../protocol/guards.ts';
import type {
  Args,
  Command,
  Notice,
  Reply,
  RequestType,
  Settlement,
  Wish,
} from '../protocol/messages.ts';
import { place } from './places.ts';
import { Start } from './start.ts';

export interface RequestOptions {
  transfer?: Transferable[];
  onNotice?: (notice: Notice) => void;
  /** Rejects with `aborted` at once and cancels the request. */
  signal?: AbortSignal | undefined;
}

interface Pending {
  type: RequestType;
  /** No longer listens to the signal. */
  deafen(): void;
  resolve(value: unknown): void;
  reject(error: ZifferError): void;
  onNotice?: ((notice: Notice) => void) | undefined;
}

export class Connection {
  /** Set when the worker is gone: why. */
  lost: ZifferError | null = null;
  onLost: () => void = () => {};
  /** Called whenever the last pending request has settled. */
  onQuiet: () => void = () => {};
  #channel: Channel | null = null;
  /** What was posted before the channel was there. */
  readonly #queue: (() => void)[] = [];
  readonly #pending = new Map<number, Pending>();
  readonly #compute = new Map<number, Channel>();
  readonly #life = newLife();
  readonly #starting: Start;
  readonly #watching = new AbortController();
  #nextId = 1;

  constructor() {
    const workerUrl = place('workerUrl');
    this.#starting = new Start(workerUrl, (error) => this.lose(error));
    startWorker(workerUrl).then(
      (channel) => this.#opened(channel),
      (error) => this.lose(asZifferError(error)),
    );
    const args = {
      wasmUrl: place('wasmUrl'),
      scalarWasmUrl: place('scalarWasmUrl'),
      workerUrl,
      cores: coreCount(),
      life: this.#life,
    };
    const onNotice = ({ type }: Notice) => {
      if (type === 'alive') this.#watchLife();
    };
    this.request('start', args, { onNotice }).then(
      () => this.#starting.end(),
      // Without the module nothing works: everybody hears why.
      (error) => this.lose(error),
    );
  }

  #watchLife(): void {
    watchLife(this.#life, this.#watching.signal, () =>
      this.lose(
        new ZifferError(
          'worker_lost',
          'trainer worker: it ended unexpectedly. What was trained since is lost; start again.',
        ),
      ),
    );
  }

  get busy(): boolean {
    return this.#pending.size > 0;
  }

  request<T extends RequestType>(
    type: T,
    args: Args<T>,
    { transfer = [], onNotice, signal }: RequestOptions = {},
  ): Promise<Reply<T>> {
    return this.begin(type, args, { transfer, onNotice, signal }).reply;
  }

  /** As `request`, with the id for commands. */
  begin<T extends RequestType>(
    type: T,
    args: Args<T>,
    {
      transfer = [],
      onNotice,
      signal,
    }: { [K in keyof RequestOptions]: RequestOptions[K] | undefined },
  ): { id: number; reply: Promise<Reply<T>> } {
    const id = this.#nextId++;
    const reply = new Promise<Reply<T>>((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      if (signal?.aborted) return reject(aborted(type));
      const abort = () => this.#abort(id);
      signal?.addEventListener('abort', abort, { once: true });
      this.#pending.set(id, {
        type,
        deafen: () => signal?.removeEventListener('abort', abort),
        resolve: resolve as Pending['resolve'],
        reject,
        onNotice,
      });
      // What cannot be sent is refused like anything else.
      const refused = (error: ZifferError) => this.#take(id)?.reject(error);
      this.#post({ kind: 'request', id, type, ...args }, transfer, refused);
    });
    return { id, reply };
  }

  command(command: Command, transfer: Transferable[] = []): void {
    if (!this.lost) this.#post(command, transfer);
  }

  /** Ends the worker because nobody needs it. */
  end(): void {
    this.lose(new ZifferError('disposed', 'trainer worker: it was ended because nothing used it.'));
  }

  /** Ends the worker and rejects what waits for it. */
  lose(error: ZifferError): void {
    if (this.lost) return;
    this.lost = error;
    this.#watching.abort();
    this.#starting.end();
    this.#channel?.end();
    for (const channel of this.#compute.values()) channel.end();
    this.#compute.clear();
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(error);
    this.onLost();
  }

  #opened(channel: Channel): void {
    if (this.lost) {
      channel.end();
      return;
    }
    this.#channel = channel;
    channel.onMessage = (message) => this.#receive(message);
    channel.onLost = (reason) => {
      this.lose(
        this.#starting.heardOf
          ? new ZifferError(
              'worker_lost',
              `trainer worker: it was lost (${reason}). What was trained since is lost; start again.`,
            )
          : new ZifferError(
              'worker_failed',
              `trainer worker: it could not be started (${reason}). Check that worker.js is beside ziffer.js and that the page's policy allows workers.`,
            ),
      );
    };
    for (const post of this.#queue.splice(0)) post();
  }

  #post(
    message: unknown,
    transfer: Transferable[],
    refused: (error: ZifferError) => void = () => {},
  ): void {
    const post = () => {
      try {
        this.#channel?.post(message, transfer);
      } catch (thrown) {
        refused(asZifferError(thrown));
      }
    };
    if (this.#channel) post();
    else this.#queue.push(post);
  }

  #receive(message: unknown): void {
    if (!isFromWorker(message)) return;
    this.#starting.heard();
    switch (message.kind) {
      case 'reply':
      case 'failure':
        this.#settle(message);
        return;
      case 'notice':
        this.#pending.get(message.id)?.onNotice?.(message);
        return;
      case 'wish':
        void this.#grant(message);
        return;
      case 'lost':
        this.lose(fromPlainError(message.error));
        return;
      default:
        message satisfies never;
    }
  }

  #settle(message: Settlement): void {
    const pending = this.#take(message.id);
    if (!pending) return;
    if (message.kind === 'reply') pending.resolve(message.value);
    else pending.reject(fromPlainError(message.error));
  }

  #abort(id: number): void {
    const pending = this.#take(id);
    if (!pending) return;
    this.command({ kind: 'command', type: 'cancel', id });
    pending.reject(aborted(pending.type));
  }

  /** What waits under the id waits no longer. */
  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    if (!pending) return undefined;
    this.#pending.delete(id);
    pending.deafen();
    if (this.#pending.size === 0 && !this.lost) this.onQuiet();
    return pending;
  }

  /** Starts or ends a compute worker for a trainer worker that cannot do so itself. */
  async #grant({ type, worker }: Wish): Promise<void> {
    if (type === 'compute.end') {
      this.#compute.get(worker)?.end();
      this.#compute.delete(worker);
      return;
    }
    try {
      const channel = await startWorker(place('workerUrl'));
      if (this.lost) return channel.end();
      this.#compute.set(worker, channel);
      channel.onLost = () => this.command({ kind: 'command', type: 'compute.lost', worker });
      const { port1, port2 } = new MessageChannel();
      channel.post({ kind: 'connect', port: port1 }, [port1]);
      this.command({ kind: 'command', type: 'compute.port', worker, port: port2 }, [port2]);
    } catch {
      this.command({ kind: 'command', type: 'compute.port', worker, port: null });
    }
  }
}

function aborted(what: string): ZifferError {
  return new ZifferError('aborted', `${what}: it was aborted by its signal.`);
}
