// The half of the API that speaks with the trainer worker: fetched when something is to be computed.
import { part } from '../platform/parts.ts';

let loaded: Promise<typeof import('./remote.ts')> | undefined;

/** One promise for all, so that calls go on in the order in which they were made; a failure is forgotten. */
export function runtime(): Promise<typeof import('./remote.ts')> {
  loaded ??= part('ziffer: what speaks with its worker', () => import('./remote.ts')).catch(
    (error) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}
