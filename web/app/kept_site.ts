// Keeps the site for visits without a connection, and says truly whether it is kept: offline.js tells which files it could not keep.
import type { Locale } from '../elements/lab/index.ts';

export interface Kept {
  /** Whether the page opens without a connection. */
  readonly opens: boolean;
  readonly missing: readonly string[];
}

/** More names would only fill the line. */
const NAMED = 3;

/** Null where nothing is to be kept, or it is not known: data are dear, or it is denied by a frame, a private window or a policy. */
export async function keepSite(): Promise<Kept | null> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return null;
  try {
    const registration = await navigator.serviceWorker.register('offline.js');
    const coming = registration.installing ?? registration.waiting;
    const worker = registration.active ?? (coming && (await activated(coming)));
    return worker && (await stateOf(worker));
  } catch {
    return null;
  }
}

function activated(worker: ServiceWorker): Promise<ServiceWorker | null> {
  return new Promise((done) => {
    const look = () => {
      if (worker.state === 'activated') done(worker);
      if (worker.state === 'redundant') done(null);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** Asks for what is missing once more, and what is then. */
function stateOf(worker: ServiceWorker): Promise<Kept> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage('ziffer-keep', [port2]);
  });
}

export function keptText({ opens, missing }: Kept, { t, f }: Locale): string {
  if (missing.length === 0) return t.kept.all;
  const names = missing
    .slice(0, NAMED)
    .map((path) => path || 'index.html')
    .join(', ');
  const more = missing.length - NAMED;
  const files = more > 0 ? t.kept.some(names, f.int(more)) : names;
  return opens ? t.kept.without(files) : t.kept.not(files);
}
