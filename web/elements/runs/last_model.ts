// The last finished model of a place, kept by the lab that trained it and offered after a reload. A lab holds its record while it lives,
// so that no other tab has it meanwhile. Without storage nothing is kept and nothing offered.
import { Observable } from '../observable/observable.ts';
import { type KeptModel, keepable, readKeptModel } from './kept_model.ts';
import { hold, ifFree, type Release } from './run_lock.ts';
import type { Run } from './run_log.ts';
import { FORGOTTEN_AFTER, isFull, type RunKey, RunStore, silently } from './run_store.ts';

const STORE = new RunStore('ziffer-models', 'models');

interface Held {
  readonly key: RunKey;
  readonly release: Release;
}

export class LastModel extends Observable {
  /** What was finished here before the page was loaded. */
  offer: KeptModel | null = null;
  /** Whether the browser's storage was full when the last model was to be kept. */
  full = false;
  /** Hears of an offer. */
  found: (model: KeptModel) => void = () => {};
  #looking = new AbortController();
  /** The record that is offered, and the one of what was finished or opened here. */
  #offered: Held | null = null;
  #own: Promise<Held> | null = null;
  #kept: KeptModel | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly place: () => string) {
    super();
  }

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

  /** The offered model, from now on this lab's own. */
  take(): KeptModel | null {
    const { offer } = this;
    if (!offer) return null;
    this.#looking.abort();
    void release(this.#own);
    this.#own = this.#offered && Promise.resolve(this.#offered);
    this.#kept = offer;
    this.#offered = null;
    this.offer = null;
    this.changed();
    return offer;
  }

  /** Deletes what is offered, and what is older at the same place. */
  async forget(): Promise<void> {
    const held = this.#offered;
    this.#offered = null;
    this.offer = null;
    this.#looking.abort();
    this.changed();
    if (!held) return;
    await silently(() => STORE.delete(held.key).finally(held.release));
    await silently(() => dropOlder(held.key));
  }

  /** A training begins: what is offered stays, and nothing else comes. */
  begin(): void {
    this.#looking.abort();
    this.#say(false);
  }

  /** What has just been finished here. */
  keep(model: KeptModel): void {
    this.#kept = model;
    this.#write();
  }

  /** The list of runs has changed. */
  keepRuns(runs: readonly Run[]): void {
    if (!this.#kept || this.#kept.runs === runs) return;
    this.#kept = { ...this.#kept, runs };
    this.#write();
  }

  /** The lab goes; what it finished is there for the next one. */
  leave(): void {
    this.#looking.abort();
    this.#looking = new AbortController();
    const own = this.#own;
    this.#offered?.release();
    this.#own = null;
    this.#offered = null;
    this.#kept = null;
    this.offer = null;
    this.#say(false);
    void this.#writing.then(() => release(own));
  }

  async #await(key: RunKey, signal: AbortSignal): Promise<void> {
    const release = await hold(key, signal);
    if (this.#offered || signal.aborted) return release();
    this.#offered = { key, release };
    const mine = this.#offered;
    const found = await STORE.read(key).then(readKeptModel, () => null);
    if (this.#offered !== mine) return;
    if (found) {
      this.offer = found;
      this.found(found);
      this.changed();
      return;
    }
    this.#offered = null;
    await STORE.delete(key).finally(release);
  }

  /** What is kept now; the lab may be gone before a slow storage has it. */
  #write(): void {
    const kept = this.#kept && keepable(this.#kept);
    if (!kept) return;
    this.#own ??= this.#newRecord();
    const own = this.#own;
    this.#writing = this.#writing.then(() => silently(() => this.#writeTo(own, kept)));
  }

  async #writeTo(own: Promise<Held>, kept: KeptModel): Promise<void> {
    const mine = () => this.#own === own;
    const { key } = await own.catch((error) => {
      // Without a lock none is kept; the next model may find one.
      if (mine()) this.#own = null;
      throw error;
    });
    try {
      await STORE.write(key, kept);
      if (mine()) this.#say(false);
    } catch (error) {
      if (isFull(error) && mine()) this.#say(true);
      return;
    }
    await dropOlder(key);
  }

  #say(full: boolean): void {
    if (this.full === full) return;
    this.full = full;
    this.changed();
  }

  async #newRecord(): Promise<Held> {
    const key: RunKey = [this.place(), Date.now(), crypto.randomUUID()];
    return { key, release: await hold(key) };
  }
}

async function release(held: Promise<Held> | null): Promise<void> {
  await silently(async () => (await held)?.release());
}

/** What is older at the same place, and in nobody's hands. */
async function dropOlder([place, begun]: RunKey): Promise<void> {
  await drop((await STORE.keys()).filter((other) => other[0] === place && other[1] < begun));
}

async function drop(keys: readonly RunKey[]): Promise<void> {
  await Promise.all(keys.map((key) => ifFree(key, () => STORE.delete(key))));
}
