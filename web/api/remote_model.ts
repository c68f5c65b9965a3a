// Where a model is: in the trainer worker, from the first call that computes, and in the next worker when that one is lost.
import { ZifferError } from '../protocol/errors.ts';
import type { Args, Reply, RequestType } from '../protocol/messages.ts';
import type { Connection } from './connection.ts';
import { compiled } from './optimizer.ts';
import { runtime } from './runtime.ts';
import type { CompileOptions, KerasConfig } from './types.ts';

/** What a model trains with that nobody compiled. */
export const USUAL = compiled();

/** What a lost worker's successor begins with: the weights that the page knows, or else the seed's. */
export interface Known {
  readonly seed: number;
  readonly weights: Float32Array | null;
}

interface Remote {
  readonly connection: Connection;
  readonly created: Promise<unknown>;
  /** What it was compiled with last, once `compiling` has resolved. */
  compiled: Required<CompileOptions> | null;
  compiling: Promise<unknown>;
}

let nextId = 1;

export class RemoteModel {
  readonly id = nextId++;
  /** The model in the worker; null before it is asked for, and where it could not be made. */
  #remote: Remote | null = null;
  /** Lets the worker end; nothing before the model is there. */
  #release = () => {};
  #gone = false;

  /** `wanted`: what the next call is to find it compiled with. */
  constructor(
    private readonly name: string,
    private readonly config: KerasConfig,
    private known: Known,
    private readonly wanted: () => Required<CompileOptions>,
  ) {}

  know(known: Known): void {
    this.known = known;
  }

  async ask<T extends RequestType>(type: T, args: Omit<Args<T>, 'model'>): Promise<Reply<T>> {
    const { connection } = await this.there();
    return connection.request(type, { ...args, model: this.id } as unknown as Args<T>);
  }

  /** As `there`, and the optimizer there is the one that is wanted. */
  async compiledThere(): Promise<Connection> {
    const { compileOptionsInKeras } = await runtime();
    const remote = await this.there();
    const wanted = this.wanted();
    if (remote.compiled !== wanted) {
      const options = compileOptionsInKeras(wanted);
      remote.compiled = wanted;
      remote.compiling = remote.connection.request('model.compile', { model: this.id, options });
      // What was refused is sent again by the next call, so that no fit goes on with another optimizer than `compiled` names.
      remote.compiling.catch(() => {
        if (remote.compiled === wanted) remote.compiled = null;
      });
    }
    await remote.compiling;
    return remote.connection;
  }

  /** It is made there if need be. */
  async there(): Promise<Remote> {
    const { connect, hold, release } = await runtime();
    if (this.#gone) throw new ZifferError('disposed', `model "${this.name}": it was disposed.`);
    const connection = connect();
    if (this.#remote?.connection !== connection) {
      hold(this);
      this.#release = () => release(this);
      const config = JSON.stringify(this.config);
      const args = { model: this.id, config, ...this.known };
      const created = connection.request('model.create', args);
      const remote = { connection, created, compiled: null, compiling: created };
      this.#remote = remote;
      // A failure is not kept: the next call tries again.
      created.catch(() => {
        if (this.#remote === remote) this.#remote = null;
      });
    }
    const remote = this.#remote!;
    await remote.created;
    return remote;
  }

  end(): void {
    if (this.#gone) return;
    this.#gone = true;
    const connection = this.#remote?.connection;
    if (connection && !connection.lost) {
      connection.request('model.dispose', { model: this.id }).catch(() => {});
    }
    this.#release();
  }
}

/** Where the worker was lost between two calls, what the first has found there is gone. */
export function requireOneWorker(connection: Connection, others: readonly Connection[]): void {
  for (const other of others) if (other !== connection && other.lost) throw other.lost;
}
