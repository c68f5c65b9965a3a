// The half of the API that speaks with the trainer worker: fetched when something is to be computed.
import { ZifferError } from '../protocol/errors.ts';

let loaded: Promise<typeof import('./remote.ts')> | undefined;

/** One promise for all, so that calls go on in the order in which they were made; a failure is forgotten. */
export function runtime(): Promise<typeof import('./remote.ts')> {
  loaded ??= import('./remote.ts').catch((cause) => {
    loaded = undefined;
    const message =
      'ziffer: a part of it could not be fetched. Check the connection, and that the whole dist/ folder was uploaded.';
    throw new ZifferError('data_unreachable', message, { cause });
  });
  return loaded;
}
