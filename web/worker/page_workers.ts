// Compute workers that the page starts for us, where workers cannot (see `canStartWorkers`).
import { type Channel, portChannel } from '../platform/channel.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Wish } from '../protocol/messages.ts';

interface Expected {
  resolve(channel: Channel): void;
  reject(error: ZifferError): void;
}

export class PageWorkers {
  readonly #expected = new Map<number, Expected>();
  readonly #here = new Map<number, Channel>();
  #next = 1;

  constructor(private readonly wish: (wish: Wish) => void) {}

  start(): Promise<Channel> {
    const worker = this.#next++;
    return new Promise((resolve, reject) => {
      this.#expected.set(worker, { resolve, reject });
      this.wish({ kind: 'wish', type: 'compute.start', worker });
    });
  }

  arrived(worker: number, port: MessagePort | null): void {
    const expected = this.#expected.get(worker);
    this.#expected.delete(worker);
    if (!port) {
      expected?.reject(
        new ZifferError('worker_failed', 'the page could not start a compute worker.'),
      );
      return;
    }
    const channel = portChannel(port);
    const closePort = channel.end;
    channel.end = () => {
      this.#here.delete(worker);
      closePort();
      this.wish({ kind: 'wish', type: 'compute.end', worker });
    };
    this.#here.set(worker, channel);
    expected?.resolve(channel);
  }

  lost(worker: number): void {
    const channel = this.#here.get(worker);
    this.#here.delete(worker);
    channel?.onLost('it ended on the page');
  }
}
