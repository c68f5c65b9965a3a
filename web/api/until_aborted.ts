// Waiting that a signal can end, whatever becomes of what is waited for.
import { ZifferError } from '../protocol/errors.ts';

/** What `work` resolves to; rejects with `aborted` at once when the signal aborts. `call` is what was aborted. */
export function untilAborted<T>(
  call: string,
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(new ZifferError('aborted', `${call}: it was aborted by its signal.`));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
