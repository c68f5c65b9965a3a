// The halves of the API that are fetched when something is to be computed.
import { part } from '../platform/parts.ts';

/** One promise for all calls, so that they go on in the order in which they were made; a failure is forgotten. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/** What speaks with the trainer worker. */
export const runtime = once(() =>
  part('ziffer: what speaks with its worker', () => import('./remote.ts')),
);

/** What takes drawn strokes, pictures and models' files. */
export const filesRuntime = once(() =>
  part('ziffer: what reads files', () => import('./checked_files.ts')),
);
