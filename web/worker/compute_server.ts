// What a compute worker does: runs tasks, one after another. It keeps a replica for each of the last few models, so that their
// programs need not be compiled anew; a task brings everything else.

import { type Channel, portChannel } from '../platform/channel.ts';
import { holdLife } from '../platform/worker_life.ts';
import { type FromCompute, isToCompute } from '../protocol/compute.ts';
import type { Core, CoreReplica } from './core.ts';

const REPLICAS = 4;

export class ComputeServer {
  readonly #replicas = new Map<string, CoreReplica>();
  #core: Core | null = null;
  /** Whether something has failed: what the module would compute now cannot be trusted. */
  #broken = false;

  constructor(
    private channel: Channel,
    private readonly instantiate: (module: WebAssembly.Module) => Promise<Core>,
  ) {
    channel.onMessage = (message) => this.#receive(message);
  }

  #receive(message: unknown): void {
    if (!isToCompute(message) || this.#broken) return;
    switch (message.kind) {
      case 'connect':
        this.channel = portChannel(message.port);
        this.channel.onMessage = (m) => this.#receive(m);
        return;
      case 'start':
        void this.#start(message.module, message.life);
        return;
      case 'task':
        this.#run(message.task, message.config, message.bytes);
        return;
    }
  }

  async #start(module: WebAssembly.Module, life: string): Promise<void> {
    try {
      if (await holdLife(life)) this.#answer({ kind: 'alive' });
      this.#core = await this.instantiate(module);
      this.#answer({ kind: 'ready' });
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #run(task: number, config: string, bytes: Uint8Array): void {
    try {
      const result = this.#replica(config).run(bytes);
      this.#answer({ kind: 'result', task, bytes: result }, [result.buffer as ArrayBuffer]);
    } catch (thrown) {
      // Errors of the model itself come from the leader, who computes the task again.
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#broken = true;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    this.#answer({ kind: 'broken', message });
  }

  #replica(config: string): CoreReplica {
    if (!this.#core) throw new Error('a task came before the module was ready');
    let replica = this.#replicas.get(config);
    if (replica) this.#replicas.delete(config);
    else replica = this.#core.createReplica(config);
    // A Map keeps its insertion order: the first is the one unused for longest.
    this.#replicas.set(config, replica);
    if (this.#replicas.size > REPLICAS) {
      const [oldest, unused] = this.#replicas.entries().next().value!;
      this.#replicas.delete(oldest);
      unused.delete();
    }
    return replica;
  }

  #answer(message: FromCompute, transfer: Transferable[] = []): void {
    this.channel.post(message, transfer);
  }
}
