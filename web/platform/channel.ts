// Two-way channels to another thread, over a worker, a port or the thread that started this one, in browsers and in Node.
import { isNode, nodeModule } from './node.ts';

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
