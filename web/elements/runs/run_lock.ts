// Whose a run is: the lab that trains or offers it holds a Web Lock of its name, which the browser gives back when the page ends in
// whatever way. So what is kept and not held was interrupted. Pages without locks (no https) keep no runs.
import type { RunKey } from './run_store.ts';

/** Gives the run back. */
export type Release = () => void;

/** Waits until nobody else has the run, and takes it. Rejects when `signal` fires first. */
export function hold(key: RunKey, signal?: AbortSignal): Promise<Release> {
  return new Promise((granted, refused) => {
    const held = () => new Promise<void>((release) => granted(release));
    navigator.locks.request(nameOf(key), signal ? { signal } : {}, held).catch(refused);
  });
}

/** Does `work` with the run if nobody has it now. */
export async function ifFree(key: RunKey, work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(nameOf(key), { ifAvailable: true }, (lock) =>
    lock ? work() : undefined,
  );
}

function nameOf(key: RunKey): string {
  return `ziffer-run ${JSON.stringify(key)}`;
}
