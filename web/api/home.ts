// The page's one trainer worker: started by the first who needs it, ended when nobody does.
import { Connection } from './connection.ts';

/** A worker without users lingers so long: the next model or digit often follows the last. */
const LINGER_MS = 1_000;

let connection: Connection | null = null;
let ending: ReturnType<typeof setTimeout> | undefined;
const users = new Set<object>();

/** The running worker, or a new one. */
export function connect(): Connection {
  if (connection && !connection.lost) return connection;
  const made = new Connection();
  connection = made;
  made.onQuiet = () => endIfUnused();
  return made;
}

/** Keeps the worker running until `release`. */
export function hold(user: object): void {
  users.add(user);
  clearTimeout(ending);
}

export function release(user: object): void {
  if (users.delete(user)) endIfUnused();
}

function endIfUnused(): void {
  if (users.size > 0 || !connection || connection.lost) return;
  clearTimeout(ending);
  ending = setTimeout(() => {
    if (users.size > 0 || !connection || connection.busy) return;
    connection.end();
    connection = null;
  }, LINGER_MS);
}
