// A trainer worker without a Worker: the real dispatcher over the real module, its compute workers in the same thread, every
// message cloned as between threads, and every settlement counted.
import { pathToFileURL } from 'node:url';
import type { Channel } from '../../web/platform/channel.ts';
import { macrotask } from '../../web/platform/turns.ts';
import { fromPlainError } from '../../web/protocol/errors.ts';
import type {
  Args,
  Command,
  FromWorker,
  Notice,
  Reply,
  RequestType,
} from '../../web/protocol/messages.ts';
import { ComputeServer } from '../../web/worker/compute_server.ts';
import type { Core } from '../../web/worker/core.ts';
import { Dispatcher } from '../../web/worker/dispatcher.ts';
import { instantiateCore } from '../../web/worker/load_core.ts';
import { compileModule } from '../../web/worker/wasm_module.ts';

export const wasmUrl = pathToFileURL('build/wasm/ziffer-core.wasm').href;
export const scalarWasmUrl = pathToFileURL('build/wasm-scalar/ziffer-core.wasm').href;
export const pictureUrls = {
  glueUrl: pathToFileURL('build/wasm-scalar/ziffer-picture.mjs').href,
  wasmUrl: pathToFileURL('build/wasm-scalar/ziffer-picture.wasm').href,
};
const module = compileModule(wasmUrl);

export async function realCore(): Promise<Core> {
  return instantiateCore(await module);
}

/** The one for browsers without SIMD. */
export async function scalarCore(): Promise<Core> {
  return instantiateCore(await compileModule(scalarWasmUrl));
}

export interface HarnessOptions {
  /** Stands between the dispatcher and the module. */
  wrap?: (core: Core) => Core;
  cores?: number;
  /** Called with each compute worker's end in the trainer worker, after it was started. */
  onCompute?: (channel: Channel, index: number) => void;
  startCompute?: (() => Promise<Channel>) | null;
}

export class Harness {
  readonly settlements = new Map<number, number>();
  readonly notices: Notice[] = [];
  readonly computes: { ended: boolean }[] = [];
  readonly dispatcher: Dispatcher;
  readonly #waiting = new Map<number, (message: FromWorker) => void>();
  #nextId = 1;
  onNotice: (notice: Notice) => void = () => {};

  constructor(private readonly options: HarnessOptions = {}) {
    const channel: Channel = {
      post: (message, transfer = []) =>
        this.#receive(structuredClone(message, { transfer }) as FromWorker),
      onMessage: () => {},
      onLost: () => {},
      end: () => {},
    };
    const { startCompute = () => this.#startCompute(), wrap = (core) => core } = options;
    this.dispatcher = new Dispatcher({
      channel,
      load: async () => ({ core: wrap(await realCore()), module: await module }),
      startCompute,
      now: () => performance.now(),
      macrotask,
    });
  }

  static async started(options: HarnessOptions = {}): Promise<Harness> {
    const harness = new Harness(options);
    const cores = options.cores ?? 4;
    await harness.request('start', {
      wasmUrl,
      scalarWasmUrl,
      workerUrl: 'worker',
      cores,
      life: 'test',
    });
    return harness;
  }

  request<T extends RequestType>(type: T, args: Args<T>): Promise<Reply<T>> {
    return this.begin(type, args).reply;
  }

  begin<T extends RequestType>(type: T, args: Args<T>): { id: number; reply: Promise<Reply<T>> } {
    const id = this.#nextId++;
    const reply = new Promise<Reply<T>>((resolve, reject) => {
      this.#waiting.set(id, (message) => {
        if (message.kind === 'reply') resolve(message.value as Reply<T>);
        if (message.kind === 'failure') reject(fromPlainError(message.error));
      });
    });
    this.dispatcher.receive(structuredClone({ kind: 'request', id, type, ...args }));
    return { id, reply };
  }

  command(command: Command): void {
    this.dispatcher.receive(command);
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'notice') {
      this.notices.push(message);
      this.onNotice(message);
    }
    if (message.kind !== 'reply' && message.kind !== 'failure') return;
    this.settlements.set(message.id, (this.settlements.get(message.id) ?? 0) + 1);
    this.#waiting.get(message.id)?.(message);
  }

  async #startCompute(): Promise<Channel> {
    const state = { ended: false };
    const [leader, worker] = channelPair(() => {
      state.ended = true;
    });
    new ComputeServer(worker, instantiateCore);
    this.computes.push(state);
    this.options.onCompute?.(leader, this.computes.length - 1);
    return leader;
  }
}

/** Two ends of a channel; messages are cloned and come later, as between threads. */
export function channelPair(onEnd: () => void = () => {}): [Channel, Channel] {
  let open = true;
  const end = (other: () => Channel): Channel => ({
    post: (message, transfer = []) => {
      const copy = structuredClone(message, { transfer });
      setImmediate(() => open && other().onMessage(copy));
    },
    onMessage: () => {},
    onLost: () => {},
    end: () => {
      open = false;
      onEnd();
    },
  });
  const left: Channel = end(() => right);
  const right: Channel = end(() => left);
  return [left, right];
}

/** Pictures that can be learned: class c has a bright stripe in row 2c + 4, and noise everywhere. */
export function stripes(count: number): { images: Uint8Array; labels: Uint8Array } {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const images = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = Math.floor(random() * 10);
    labels[i] = label;
    for (let p = 0; p < 784; p++) {
      const bright = Math.floor(p / 28) === 2 * label + 4;
      images[i * 784 + p] = Math.floor(random() * 90) + (bright ? 150 : 0);
    }
  }
  return { images, labels };
}

export function idx(values: Uint8Array, ...extents: number[]): Uint8Array {
  const out = new Uint8Array(4 + 4 * extents.length + values.length);
  const view = new DataView(out.buffer);
  out.set([0, 0, 8, extents.length]);
  extents.forEach((extent, i) => {
    view.setUint32(4 + 4 * i, extent);
  });
  out.set(values, 4 + 4 * extents.length);
  return out;
}

/** Opens `count` stripes as data set `data`. */
export async function openStripes(harness: Harness, data: number, count: number): Promise<void> {
  const { images, labels } = stripes(count);
  const source = {
    kind: 'idx' as const,
    images: { blob: new Blob([idx(images, count, 28, 28) as BlobPart]) },
    labels: { blob: new Blob([idx(labels, count) as BlobPart]) },
    classes: 10,
    count: null,
  };
  await harness.request('data.open', { data, source, lazy: false });
}
