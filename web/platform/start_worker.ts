// Starts workers: from another origin, from a blob where a policy or a frame asks for it, and in Node.
import { ZifferError } from '../protocol/errors.ts';
import type { Channel } from './channel.ts';
import { fetchBytes } from './fetch.ts';
import { lacking, unsupported } from './lacking.ts';
import { isNode, nodeModule } from './node.ts';

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
  const missing = lacking();
  if (missing) throw unsupported(missing);
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
  const script = new TextDecoder().decode(await fetchBytes(url, { credentials: 'same-origin' }));
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
