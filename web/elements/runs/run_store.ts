// What labs keep in the browser's IndexedDB: interrupted runs, and the last finished model of each place. Storage is denied in some
// frames and private windows: then whatever is asked for rejects, and nobody is told. The library comes with the first question.
import type { IDBPDatabase } from 'idb';
import { part } from '../../platform/parts.ts';

/** Where the lab is, when the record was begun, and what tells two of the same moment apart; sorts by place, then by age. */
export type RunKey = [place: string, begun: number, random: string];

/** What nobody came back for in so many milliseconds is cleared away. */
export const FORGOTTEN_AFTER = 30 * 24 * 3600 * 1000;

export class RunStore {
  #opened: Promise<IDBPDatabase> | null = null;

  constructor(
    private readonly name: string,
    private readonly store: string,
  ) {}

  /** All there are, without their contents. */
  async keys(): Promise<RunKey[]> {
    const keys = await (await this.#database()).getAllKeys(this.store);
    return keys.filter(isRunKey);
  }

  async read(key: RunKey): Promise<unknown> {
    return (await this.#database()).get(this.store, key);
  }

  async write(key: RunKey, record: unknown): Promise<void> {
    await (await this.#database()).put(this.store, record, key);
  }

  async delete(key: RunKey): Promise<void> {
    await (await this.#database()).delete(this.store, key);
  }

  #database(): Promise<IDBPDatabase> {
    if (this.#opened) return this.#opened;
    const forget = () => {
      if (this.#opened === opened) this.#opened = null;
    };
    const opened = this.#open(() => forget());
    this.#opened = opened;
    // What could not be opened, or fetched, may be the next time.
    opened.catch(forget);
    return opened;
  }

  async #open(closed: () => void): Promise<IDBPDatabase> {
    const { openDB } = await part('what keeps runs', () => import('idb'));
    const open = async (version?: number) => {
      const db = await openDB(this.name, version, {
        upgrade: (db) => void db.createObjectStore(this.store),
        // Somebody clears what is stored: it must not wait for this page.
        blocking: () => {
          db.close();
          closed();
        },
        terminated: closed,
      });
      return db;
    };
    const db = await open();
    if (db.objectStoreNames.contains(this.store)) return db;
    // Whoever else opened it by its name, after it was cleared, made it without the store.
    db.close();
    return open(db.version + 1);
  }
}

/** Whether a write failed because no more room is left. */
export function isFull(error: unknown): boolean {
  return (error as Partial<Error> | null)?.name === 'QuotaExceededError';
}

function isRunKey(key: unknown): key is RunKey {
  if (!Array.isArray(key) || key.length !== 3) return false;
  const [place, begun, random] = key as unknown[];
  return typeof place === 'string' && typeof begun === 'number' && typeof random === 'string';
}

/** Storage that is denied, full or broken is none. */
export async function silently(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {}
}
