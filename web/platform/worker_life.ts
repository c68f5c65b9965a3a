// A worker that ends by itself is noticed by a lock that it held. `error` events are for scripts that throw, and a worker that
// the browser ends, or that closes itself, tells nobody; but its locks are released.
//
// Where there are no locks (frames without an origin, plain http, old browsers, Node) such an end is not noticed so: Node tells of
// it by itself, and a compute worker is given up when it has been silent for long.

/** What this needs of `navigator.locks`. */
type Locks = Pick<LockManager, 'request'>;

function ownLocks(): Locks | undefined {
  return typeof navigator === 'object' ? navigator.locks : undefined;
}

/** Holds the lock as long as this thread lives. Resolves to true when it does, to false where there are no locks. */
export function holdLife(name: string, locks: Locks | undefined = ownLocks()): Promise<boolean> {
  if (!locks) return Promise.resolve(false);
  return new Promise((settle) => {
    const granted = () => {
      settle(true);
      return new Promise<void>(() => {});
    };
    locks.request(name, granted).catch(() => settle(false));
  });
}

/** Calls `dead` when whoever holds the lock has ended. To be called when it is held. */
export function watchLife(
  name: string,
  signal: AbortSignal,
  dead: () => void,
  locks: Locks | undefined = ownLocks(),
): void {
  locks?.request(name, { signal }, dead).catch(() => {});
}

/** A name that no other worker has. */
export function newLife(): string {
  return `ziffer-${Math.random().toString(36).slice(2)}`;
}
