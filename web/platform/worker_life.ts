// A worker that ends by itself is noticed by a lock that it held.

/**
 * A worker that ends by itself tells nobody: `error` events are for scripts that throw. But a lock that it holds is released
 * then. Resolves when this thread holds the lock, or where there are no locks (sandboxed frames, old browsers, Node).
 */
export async function holdLife(name: string): Promise<void> {
  await new Promise<void>((held) => {
    const locks = typeof navigator === 'object' ? navigator.locks : undefined;
    if (!locks) held();
    else {
      const forever = new Promise<void>(() => {});
      const granted = () => {
        held();
        return forever;
      };
      locks.request(name, granted).catch(() => held());
    }
  });
}

/** Calls `dead` when whoever held the lock has ended. To be called when it is held. */
export function watchLife(name: string, signal: AbortSignal, dead: () => void): void {
  const locks = typeof navigator === 'object' ? navigator.locks : undefined;
  locks?.request(name, { signal }, dead).catch(() => {});
}
