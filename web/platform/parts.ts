// Parts of the program that are fetched when they are first needed: every import() of the site goes through here, so that one that
// fails says so, and may succeed the next time.
import { ZifferError } from '../protocol/ziffer_error.ts';

/** By the addresses that have failed, what came under another one. */
const renewed = new Map<string, unknown>();
let tries = 0;

/**
 * What `load` imports. `what` names it in the error, which is `data_unreachable`. A browser may remember for the life of a page that an
 * address has failed (Firefox and Chromium before 2026): from the second time on the same file is asked for under a new one.
 */
export async function part<T>(what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    const url = /http\S+/.exec(`${cause}`)?.[0];
    if (url) {
      const again = renewed.has(url) ? await anew(url) : null;
      renewed.set(url, again);
      if (again) return again as T;
    }
    const message = `${what} could not be fetched; check the connection and try again.`;
    throw new ZifferError('data_unreachable', message, { cause });
  }
}

const anew = (url: string): unknown =>
  renewed.get(url) ??
  import(/* @vite-ignore */ /* webpackIgnore: true */ `${url}?${++tries}`).catch(() => null);
