// The whole way from the page's API to the core in one thread: the real connection, dispatcher, pool and compute servers over
// channels that tell of each message and can be cut without a word, as when a browser ends a worker. A test that uses this mocks
// web/platform/start_worker.ts with `startInThread`.
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { configure } from '../../web/api/configured.ts';
import type { Channel } from '../../web/platform/channel.ts';
import { macrotask } from '../../web/platform/turns.ts';
import { ComputeServer } from '../../web/worker/compute_server.ts';
import type { Core } from '../../web/worker/core.ts';
import { Dispatcher } from '../../web/worker/dispatcher.ts';
import { instantiateCore } from '../../web/worker/load_core.ts';
import { compileModule } from '../../web/worker/wasm_module.ts';
import { Locks } from './locks.ts';
import { channelPair, wasmUrl } from './trainer_harness.ts';

export type Role = 'trainer' | 'compute';

interface Running {
  readonly role: Role;
  readonly life: string[];
  cut(): void;
}

/** What a test sees and does. */
export class Threads {
  /** `trainer → notice step`: every message, by who sends it and its kind. */
  readonly messages: string[] = [];
  readonly running = new Set<Running>();
  /** Called before each message is delivered; true ends the worker instead. */
  kills: (message: string, count: number) => boolean = () => false;
  /** Whether the next trainer worker says nothing at all. */
  mute = false;
  wrap: (core: Core) => Core = (core) => core;
  readonly locks = new Locks();
  readonly #module = compileModule(wasmUrl);

  /** Intervals pass only by `vi.advanceTimersByTime`. */
  constructor() {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    vi.stubGlobal('navigator', { locks: this.locks, hardwareConcurrency: 3 });
    // Any file that is there.
    configure({ workerUrl: pathToFileURL('package.json').href });
  }

  startTrainer(): Channel {
    const [page, worker] = this.#thread('trainer');
    if (this.mute) return page;
    new Dispatcher({
      channel: worker,
      load: async () => {
        const module = await this.#module;
        return { core: this.wrap(await instantiateCore(module)), module };
      },
      startCompute: async () => {
        const [leader, own] = this.#thread('compute');
        new ComputeServer(own, instantiateCore);
        return leader;
      },
      now: () => performance.now(),
      macrotask,
    });
    return page;
  }

  /** Lets so many seconds pass, for whoever counts them. */
  async pass(seconds: number): Promise<void> {
    for (let s = 0; s < seconds; s++) {
      vi.advanceTimersByTime(1000);
      await new Promise((turn) => setImmediate(turn));
    }
  }

  /** Ends every worker without a word; the next call starts others. */
  async restart(): Promise<void> {
    for (const running of [...this.running]) running.cut();
    await new Promise((turn) => setImmediate(turn));
  }

  /** Ends every worker, so that the next visit begins with new ones; to be called when nothing runs. */
  async end(): Promise<void> {
    await this.restart();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }

  /** A channel to a new worker, and the worker's own end of it. */
  #thread(role: Role): [Channel, Channel] {
    const [outside, inside] = channelPair(() => this.running.delete(running));
    const running: Running = {
      role,
      life: [],
      cut: () => {
        outside.end();
        for (const name of running.life) this.locks.drop(name);
      },
    };
    this.running.add(running);
    this.#tap(outside, running, `→ ${role}`);
    this.#tap(inside, running, `${role} →`);
    return [outside, inside];
  }

  #tap(end: Channel, running: Running, who: string): void {
    const { post } = end;
    end.post = (message, transfer) => {
      const { life } = message as { life?: string };
      if (life) running.life.push(life);
      const name = `${who} ${kindOf(message)}`;
      this.messages.push(name);
      const count = this.messages.filter((other) => other === name).length;
      if (this.kills(name, count)) running.cut();
      else post(message, transfer);
    };
  }
}

function kindOf(message: unknown): string {
  const { kind, type } = message as { kind: string; type?: string };
  return type ? `${kind} ${type}` : kind;
}
