// Interrupted runs in the browser's IndexedDB. Storage is denied in some frames and private windows: then whatever is asked for
// rejects, and nobody is told. The library comes with the first question.
import type { IDBPDatabase } from 'idb';

/** Where the lab is, when the run began, and what tells two of the same moment apart; sorts by place, then by age. */
export type RunKey = [place: string, begun: number, random: string];

const NAME = 'ziffer-runs';
const RUNS = 'runs';

let opened: Promise<IDBPDatabase> | null = null;

function database(): Promise<IDBPDatabase> {
  opened ??= import('idb').then(({ openDB }) =>
    openDB(NAME, 1, {
      upgrade: (db) => void db.createObjectStore(RUNS),
      terminated: () => {
        opened = null;
      },
    }),
  );
  return opened;
}

/** All there are, without their contents. */
export async function keptKeys(): Promise<RunKey[]> {
  const keys = await (await database()).getAllKeys(RUNS);
  return keys.filter(isRunKey);
}

export async function readRun(key: RunKey): Promise<unknown> {
  return (await database()).get(RUNS, key);
}

export async function writeRun(key: RunKey, run: unknown): Promise<void> {
  await (await database()).put(RUNS, run, key);
}

export async function deleteRun(key: RunKey): Promise<void> {
  await (await database()).delete(RUNS, key);
}

function isRunKey(key: unknown): key is RunKey {
  if (!Array.isArray(key) || key.length !== 3) return false;
  const [place, begun, random] = key as unknown[];
  return typeof place === 'string' && typeof begun === 'number' && typeof random === 'string';
}
