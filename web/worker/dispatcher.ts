// Answers the page's requests: each is settled exactly once, whatever happens. A class that a test can drive without a Worker;
// its surroundings (channel, clock, module) come from outside.
import type { Channel } from '../platform/channel.ts';
import { holdLife } from '../platform/worker_life.ts';
import { asZifferError, toPlainError, ZifferError } from '../protocol/errors.ts';
import { isCommand, isRequest } from '../protocol/guards.ts';
import type {
  Command,
  FromWorker,
  PlainProgress,
  Reply,
  Request,
  RequestType,
  StartArgs,
} from '../protocol/messages.ts';
import { ComputePool } from './compute_pool.ts';
import type { Core } from './core.ts';
import { DataRoom } from './data_room.ts';
import { guarded } from './guarded_core.ts';
import { plainDigit } from './ink.ts';
import { ModelRoom } from './model_room.ts';
import { PageWorkers } from './page_workers.ts';
import { Scheduler } from './scheduler.ts';

export interface Host {
  channel: Channel;
  load(
    args: StartArgs,
    onBytes: (count: number) => void,
  ): Promise<{ core: Core; module: WebAssembly.Module }>;
  /** Starts a compute worker; null where only the page can. */
  startCompute: ((url: string) => Promise<Channel>) | null;
  now: () => number;
  macrotask: (turn: () => void) => () => void;
}

interface Rooms {
  core: Core;
  data: DataRoom;
  models: ModelRoom;
}

export class Dispatcher {
  /** What runs now, so that it can be cancelled. */
  readonly #running = new Map<number, AbortController>();
  readonly #pageWorkers: PageWorkers;
  #rooms: Promise<Rooms> | null = null;
  /** The last word is said. */
  #gone = false;

  constructor(private readonly host: Host) {
    this.#pageWorkers = new PageWorkers((wish) => this.#send(wish));
    host.channel.onMessage = (message) => this.receive(message);
  }

  receive(message: unknown): void {
    if (this.#gone) return;
    if (isRequest(message)) void this.#settle(message);
    else if (isCommand(message)) void this.#command(message);
    else this.#refuse(message);
  }

  async #settle(request: Request): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await this.#answer(request, controller.signal);
      this.#send({ kind: 'reply', id, value }, buffersOf(value));
    } catch (thrown) {
      this.#send({ kind: 'failure', id, error: toPlainError(thrown) });
    } finally {
      this.#running.delete(id);
    }
  }

  async #answer(request: Request, signal: AbortSignal): Promise<Reply<RequestType>> {
    if (request.type === 'start') {
      this.#rooms = this.#open(request, request.id);
      await this.#rooms;
      return undefined;
    }
    if (!this.#rooms) throw new ZifferError('internal', `${request.type} before start.`);
    const rooms = await this.#rooms;
    return this.#inRooms(request, rooms, signal);
  }

  async #inRooms(
    request: Exclude<Request, { type: 'start' }>,
    { core, data, models }: Rooms,
    signal: AbortSignal,
  ): Promise<Reply<RequestType>> {
    const listen = (progress: PlainProgress) =>
      this.#send({ kind: 'notice', id: request.id, type: 'progress', progress });
    switch (request.type) {
      case 'model.create':
        return models.create(
          request.model,
          request.config,
          request.seed,
          request.weights,
        ) as undefined;
      case 'model.weights':
        return models.model(request.model).parameters();
      case 'model.setWeights':
        return models.setWeights(request.model, request.weights) as undefined;
      case 'model.reset':
        return models.reset(request.model, request.seed) as undefined;
      case 'model.compile':
        return models.compile(request.model, request.options) as undefined;
      case 'model.optimizer':
        return models.model(request.model).optimizerState();
      case 'model.snapshot':
        return models.snapshot(request.model);
      case 'model.setOptimizer':
        return models.setOptimizer(request.model, request.state) as undefined;
      case 'model.predict':
        return models.predict(request.model, request.images, request.count);
      case 'model.activations':
        return models.activations(request.model, request.image);
      case 'model.inspect':
        return models.inspect(request.model, request.image);
      case 'model.saliency':
        return models.saliency(request.model, request.image, request.classIndex);
      case 'model.dispose':
        return models.dispose(request.model) as undefined;
      case 'data.open':
        return data.open(request.data, request.source, request.lazy, listen, signal);
      case 'data.ready':
        return data.ready(request.data, listen, signal) as Promise<undefined>;
      case 'data.images':
        return data.images(request.data, request.indices);
      case 'data.labels':
        return data.labels(request.data, request.first, request.count);
      case 'data.dispose':
        return data.dispose(request.data) as undefined;
      case 'fit':
        return models.fit(request, signal);
      case 'evaluate':
        return models.evaluate(request, signal);
      case 'ink.strokes': {
        const { points, lengths, options } = request;
        return plainDigit(core.normalizeStrokes(points, lengths, options));
      }
      default:
        return request satisfies never;
    }
  }

  async #command(command: Command): Promise<void> {
    switch (command.type) {
      case 'cancel':
        this.#running.get(command.id)?.abort();
        return;
      case 'fit': {
        // A control may follow its fit while the module is still loading.
        const rooms = await this.#rooms?.catch(() => null);
        rooms?.models.control(command.id, command.action);
        return;
      }
      case 'turn':
        (await this.#rooms)?.models.turn(command.id, command.stop, command.rate);
        return;
      case 'compute.port':
        this.#pageWorkers.arrived(command.worker, command.port);
        return;
      case 'compute.lost':
        this.#pageWorkers.lost(command.worker);
        return;
      default:
        command satisfies never;
    }
  }

  async #open(args: StartArgs, id: number): Promise<Rooms> {
    if (await holdLife(args.life)) this.#send({ kind: 'notice', id, type: 'alive' });
    let loadedBytes = 0;
    const loaded = await this.host.load(args, (count) => {
      loadedBytes += count;
      const progress = { loadedBytes, totalBytes: 0, loadedImages: 0, totalImages: 0 };
      this.#send({ kind: 'notice', id, type: 'progress', progress });
    });
    const { module } = loaded;
    const core = guarded(loaded.core, (error) => this.#sayFarewell(error));
    const { now, macrotask, startCompute } = this.host;
    const start = () => (startCompute ? startCompute(args.workerUrl) : this.#pageWorkers.start());
    const scheduler = new Scheduler(now, macrotask);
    const pool = new ComputePool(start, module, now);
    const data = new DataRoom(core, now);
    const send = (message: FromWorker, transfer?: Transferable[]) => this.#send(message, transfer);
    const { cores } = args;
    const models = new ModelRoom({ core, data, scheduler, pool, cores, now, send });
    return { core, data, models };
  }

  /** A request that no guard knows is still answered, if it can be. */
  #refuse(message: unknown): void {
    const { kind, id, type } = (message ?? {}) as Record<string, unknown>;
    if (kind !== 'request' || typeof id !== 'number') return;
    const text = `${String(type)}: not a request of this version of Ziffer, or with wrong fields. Load ziffer.js and worker.js of the same version.`;
    this.#send({ kind: 'failure', id, error: { code: 'invalid_argument', message: text } });
  }

  #sayFarewell(error: ZifferError): void {
    this.#send({ kind: 'lost', error: toPlainError(error) });
    this.#gone = true;
  }

  #send(message: FromWorker, transfer: Transferable[] = []): void {
    if (this.#gone) return;
    try {
      this.host.channel.post(message, transfer);
    } catch (thrown) {
      // What cannot be cloned must not leave its request unsettled.
      if (message.kind !== 'reply') throw asZifferError(thrown);
      this.host.channel.post({ kind: 'failure', id: message.id, error: toPlainError(thrown) });
    }
  }
}

/** The buffers of typed arrays in a reply: they are fresh copies, so they can move. */
function buffersOf(value: unknown): Transferable[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  const found = new Set(Object.values(value).flatMap((entry: unknown) => buffersOf(entry)));
  return [...found];
}
