// The run of one lab, kept from epoch to epoch, and the interrupted one that it offers to go on with. Without storage nothing is kept
// and nothing offered, and the training does not notice.

import { Observable } from '../observable/observable.ts';
import { type KeptRun, readKeptRun } from './kept_run.ts';
import { hold, ifFree, type Release } from './run_lock.ts';
import { FORGOTTEN_AFTER, isFull, type RunKey, RunStore, silently } from './run_store.ts';

const STORE = new RunStore('ziffer-runs', 'runs');

interface Held {
  readonly key: RunKey;
  readonly release: Release;
}

export class KeptRuns extends Observable {
  /** An interrupted run that can go on here. */
  offer: KeptRun | null = null;
  /** Where the browser's storage is full: the last epoch of this training that is kept, 0 for none. */
  full: number | null = null;
  /** The last epoch that was written. */
  #written = 0;
  #looking = new AbortController();
  /** The run that trains here, or the one that is offered; no other lab has it meanwhile. */
  #held: Promise<Held> | null = null;
  #training = false;
  #last: KeptRun | null = null;
  #next: KeptRun | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly place: () => string) {
    super();
  }

  /** Offers the last run of this place that was interrupted, also one that another tab leaves behind later. */
  async look(): Promise<void> {
    const { signal } = this.#looking;
    const place = this.place();
    await silently(async () => {
      const keys = await STORE.keys();
      const old = Date.now() - FORGOTTEN_AFTER;
      await drop(keys.filter(([, begun]) => begun < old));
      const here = keys.filter((key) => key[0] === place && key[1] >= old);
      for (const key of here.reverse()) void silently(() => this.#await(key, signal));
    });
  }

  /** The offered run, from now on the one that trains here. */
  take(): KeptRun | null {
    const run = this.offer;
    if (!run) return null;
    this.offer = null;
    this.#training = true;
    this.#looking.abort();
    this.#last = run;
    this.#written = run.backup.epoch;
    void silently(async () => dropOlder((await this.#held)?.key));
    this.changed();
    return run;
  }

  /** The offered run shall not go on; nor is an older one offered in its stead. */
  async discard(): Promise<void> {
    if (!this.offer) return;
    this.offer = null;
    this.changed();
    const held = this.#held;
    await this.#end(true);
    await silently(async () => dropOlder((await held)?.key));
  }

  /** A new run trains here. One that is offered stays for another time. */
  begin(): void {
    this.offer = null;
    this.#looking.abort();
    void this.#end(false);
    this.#training = true;
    this.changed();
  }

  /** Keeps the run as it is now; while the last is still being written, the newest waits. */
  keep(run: KeptRun): void {
    if (!this.#training) return;
    this.#last = run;
    const waits = this.#next !== null;
    this.#next = run;
    if (!waits) this.#writing = this.#writing.then(() => silently(() => this.#write()));
  }

  /** The run that trained here is over, or is not wanted any more. */
  forget(): void {
    if (this.#training) void this.#end(true);
  }

  /** The run that trained here broke off, and can go on from what is kept of it. */
  interrupted(): void {
    this.#training = false;
    this.offer = this.#last;
    this.changed();
  }

  /** The lab goes; what it trained or offered is there for the next one. */
  leave(): void {
    this.offer = null;
    this.#looking.abort();
    void this.#end(false);
    this.#looking = new AbortController();
  }

  async #await(key: RunKey, signal: AbortSignal): Promise<void> {
    const release = await hold(key, signal);
    if (this.#held || signal.aborted) return release();
    const held = { key, release };
    this.#held = Promise.resolve(held);
    const mine = this.#held;
    const run = await STORE.read(key).then(readKeptRun, () => null);
    if (this.#held !== mine) return;
    if (!run) return this.#end(true);
    this.offer = run;
    this.changed();
  }

  async #write(): Promise<void> {
    const run = this.#next;
    this.#next = null;
    if (!run || !this.#training) return;
    this.#held ??= this.#own();
    const { key } = await this.#held;
    const mine = () => this.#training && this.#last?.name === run.name;
    try {
      await STORE.write(key, run);
      if (mine()) this.#say(null, run.backup.epoch);
    } catch (error) {
      if (isFull(error) && mine()) this.#say(this.#written, this.#written);
    }
  }

  #say(full: number | null, written: number): void {
    this.#written = written;
    if (this.full === full) return;
    this.full = full;
    this.changed();
  }

  async #own(): Promise<Held> {
    const key: RunKey = [this.place(), Date.now(), crypto.randomUUID()];
    return { key, release: await hold(key) };
  }

  /** Lets go of the run that trained or was offered here. */
  async #end(remove: boolean): Promise<void> {
    const held = this.#held;
    const written = this.#writing;
    this.#held = null;
    this.#training = false;
    this.#last = null;
    this.#next = null;
    this.#say(null, 0);
    await silently(async () => {
      await written;
      const own = await held;
      if (!own) return;
      if (remove) await STORE.delete(own.key).finally(own.release);
      else own.release();
    });
  }
}

/** What is older than a run that was gone on with or discarded, at the same place, has been passed over. */
async function dropOlder(key?: RunKey): Promise<void> {
  if (!key) return;
  const [place, begun] = key;
  await drop((await STORE.keys()).filter((other) => other[0] === place && other[1] < begun));
}

async function drop(keys: readonly RunKey[]): Promise<void> {
  await Promise.all(keys.map((key) => ifFree(key, () => STORE.delete(key))));
}
