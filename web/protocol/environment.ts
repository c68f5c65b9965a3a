// Everything that differs between browsers, workers and Node: how a worker is started and spoken to, and how bytes are
// fetched. Node has none of `self`, nested module workers or file: URLs in fetch, so it is asked for here and nowhere else.
import { ZifferError } from './errors.ts';

/** One end of a two-way channel to another thread. */
export interface Channel {
  post(message: unknown, transfer?: Transferable[]): void;
  /** Called with each message; set before the first can arrive. */
  onMessage: (message: unknown) => void;
  /** Called at most once when the other side fails to start, throws, or ends by itself. */
  onLost: (reason: string) => void;
  /** Ends the other side at once. */
  end(): void;
}

const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';

/**
 * A worker that ends by itself tells nobody: `error` events are for scripts that throw. But a lock that it holds is released
 * then. Resolves when this thread holds the lock, or where there are no locks (sandboxed frames, old browsers, Node).
 */
export async function holdLife(name: string): Promise<void> {
  await new Promise<void>((held) => {
    const locks = typeof navigator === 'object' ? navigator.locks : undefined;
    if (!locks) held();
    else {
      const forever = new Promise<void>(() => {});
      const granted = () => {
        held();
        return forever;
      };
      locks.request(name, granted).catch(() => held());
    }
  });
}

/** Calls `dead` when whoever held the lock has ended. To be called when it is held. */
export function watchLife(name: string, signal: AbortSignal, dead: () => void): void {
  const locks = typeof navigator === 'object' ? navigator.locks : undefined;
  locks?.request(name, { signal }, dead).catch(() => {});
}

/** Processors that the page may use. */
export function coreCount(): number {
  return (typeof navigator === 'object' && navigator.hardwareConcurrency) || 1;
}

/**
 * Whether this worker can start workers; old Safari's cannot. One that came from a blob or a data: URL would have to start
 * its own from such too, and in Firefox (seen in 153 on a busy machine) that `new Worker` now and then never returns.
 */
export function canStartWorkers(): boolean {
  if (isNode) return true;
  return typeof Worker === 'function' && !['blob:', 'data:'].includes(location.protocol);
}

/**
 * Starts a module worker. One on another origin is fetched and started from a blob, which browsers demand.
 * Rejects with `worker_failed`; a script that fails later calls `onLost`.
 */
export async function startWorker(url: string): Promise<Channel> {
  if (isNode) return startNodeWorker(url);
  try {
    const local = await localUrl(url);
    const worker = new Worker(local, { type: 'module', name: 'ziffer' });
    return workerChannel(worker, url, local === url ? null : local);
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    const hint = "If the page has a Content-Security-Policy, allow worker-src 'self' or blob:.";
    throw new ZifferError('worker_failed', `${url}: the worker could not be started. ${hint}`, {
      cause,
    });
  }
}

async function localUrl(url: string): Promise<string> {
  // Not location's: in a sandboxed frame that is the server's, though the frame has none.
  const { origin } = globalThis;
  const target = new URL(url);
  if (target.protocol === 'blob:' || target.protocol === 'data:' || target.origin === origin)
    return url;
  const response = await open(url);
  const script = await response.text();
  // Where a frame has no origin of its own, Chromium starts no module from a blob.
  if (origin === 'null') return `data:text/javascript,${encodeURIComponent(script)}`;
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

function workerChannel(worker: Worker, url: string, blob: string | null): Channel {
  const channel: Channel = {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: () => {},
    onLost: () => {},
    end() {
      channel.onLost = () => {};
      channel.onMessage = () => {};
      worker.terminate();
      if (blob) URL.revokeObjectURL(blob);
    },
  };
  worker.onmessage = ({ data }) => channel.onMessage(data);
  worker.onmessageerror = () => lose(channel, 'a message could not be read');
  worker.onerror = (event) => {
    event.preventDefault?.();
    // Without a message the script itself could not be loaded.
    lose(channel, event.message || `${url} could not be loaded`);
  };
  return channel;
}

function lose(channel: Channel, reason: string): void {
  const { onLost } = channel;
  channel.onLost = () => {};
  onLost(reason);
}

async function startNodeWorker(url: string): Promise<Channel> {
  const { Worker: NodeWorker } =
    await nodeModule<typeof import('node:worker_threads')>('worker_threads');
  // Flags such as --input-type of the main script would not fit the worker's.
  const worker = new NodeWorker(new URL(url), { execArgv: [] });
  const channel: Channel = {
    post: (message, transfer = []) =>
      worker.postMessage(message, transfer as Parameters<typeof worker.postMessage>[1]),
    onMessage: () => {},
    onLost: () => {},
    end() {
      channel.onLost = () => {};
      channel.onMessage = () => {};
      void worker.terminate();
    },
  };
  worker.on('message', (message) => channel.onMessage(message));
  worker.on('error', (error) => lose(channel, error.message));
  worker.on('exit', (code) => lose(channel, `it ended with code ${code}`));
  return channel;
}

/**
 * Inside a worker: hands over the channel to whoever started it. Browsers get it at once, since messages that arrive before a
 * listener is there are lost; Node keeps them.
 */
export function withOwnChannel(use: (channel: Channel) => void): void {
  if (isNode) {
    void nodeModule<typeof import('node:worker_threads')>('worker_threads').then(
      ({ parentPort }) => {
        if (parentPort) use(portChannel(parentPort as unknown as MessagePort));
      },
    );
    return;
  }
  const scope = self as unknown as {
    postMessage(m: unknown, t: Transferable[]): void;
  } & EventTarget;
  const channel: Channel = {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    onMessage: () => {},
    onLost: () => {},
    end: () => close(),
  };
  scope.addEventListener('message', (event) => channel.onMessage((event as MessageEvent).data));
  use(channel);
}

/** A channel over one port of a MessageChannel. */
export function portChannel(port: MessagePort): Channel {
  const channel: Channel = {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    onMessage: () => {},
    onLost: () => {},
    end: () => port.close(),
  };
  // addEventListener and start() are what browsers' and Node's ports have in common.
  port.addEventListener('message', (event) => channel.onMessage((event as MessageEvent).data));
  port.start();
  return channel;
}

/**
 * A function that runs `turn` as a task of its own, after the messages that wait now. Not a timer: hidden tabs slow timers
 * down to one a second, and training must go on there.
 */
export function macrotask(turn: () => void): () => void {
  // Node delivers up to a thousand messages of a port, also new ones, before anything else gets its turn.
  if (isNode) return () => setImmediate(turn);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = turn;
  return () => port2.postMessage(null);
}

/** One of Node's own modules, by a name that bundlers for browsers do not look for. */
function nodeModule<T>(name: string): Promise<T> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`);
}

/** Fetches a URL; the errors say what the server or the network did. */
export async function open(url: string, signal?: AbortSignal): Promise<Response> {
  if (isNode && url.startsWith('file:')) return openFile(url);
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted)
      throw new ZifferError('aborted', `${url}: the load was aborted.`, { cause });
    throw new ZifferError(
      'data_unreachable',
      `${url}: no answer. Check the connection, or whether the page may fetch from there (CORS, connect-src).`,
      { cause },
    );
  }
  if (response.ok) return response;
  const { status } = response;
  void response.body?.cancel();
  if (status === 404 || status === 410) {
    throw new ZifferError(
      'data_missing',
      `${url}: the server has no such file (${status}). Check that the whole dist/ folder was uploaded.`,
    );
  }
  if (status === 401 || status === 403) {
    throw new ZifferError(
      'data_forbidden',
      `${url}: the server refused the file (${status}). Check its access rights.`,
    );
  }
  throw new ZifferError(
    'data_unreachable',
    `${url}: the server answered ${status}. Try again later.`,
  );
}

async function openFile(url: string): Promise<Response> {
  const { readFile } = await nodeModule<typeof import('node:fs/promises')>('fs/promises');
  try {
    return new Response(new Uint8Array(await readFile(new URL(url))));
  } catch (cause) {
    throw new ZifferError('data_missing', `${url}: there is no such file.`, { cause });
  }
}

/** Unpacks gzip. Rejects with `data_corrupt`. */
export async function gunzip(packed: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    // Not from a Blob: WebKit can't read one in a worker without an origin.
    const stream = new Response(packed as BodyInit).body!;
    const unpacked = stream.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    const message = `${name}: expected gzip, but it is damaged or cut off (${packed.length} bytes). Upload or download it again.`;
    throw new ZifferError('data_corrupt', message, { cause });
  }
}
