// The site's own files and a page with the chosen lab, in one zip that works from any static host.
import { ZifferError } from '../../api/index.ts';

/** What the build writes to site.json. */
interface SiteFiles {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Fetched at once: more would only share the line. */
const PARALLEL = 4;

/** `page` becomes index.html, the site's files the folder `ziffer`. Errors: those of fetching. */
export async function offlineFolder(
  site: string,
  page: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const [{ zip, strToU8 }, manifest] = await Promise.all([
    import('fflate'),
    get(`${site}site.json`, signal).then((r) => r.json() as Promise<SiteFiles>),
  ]);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const entries: Record<string, Uint8Array> = { 'index.html': strToU8(page) };
  const left = [...manifest.files];
  let done = 0;
  const fetchNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const response = await get(site + next.path, signal);
      entries[`ziffer/${next.path}`] = new Uint8Array(await response.arrayBuffer());
      done += next.bytes;
      onProgress(done / total);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  // Most of it is packed already.
  const packed = await new Promise<Uint8Array>((resolve, reject) => {
    zip(entries, { level: 0 }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  return new Blob([packed as BlobPart], { type: 'application/zip' });
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((cause) => {
    signal.throwIfAborted();
    throw new ZifferError('data_unreachable', `${url}: no answer. Check the connection.`, {
      cause,
    });
  });
  if (response.ok) return response;
  throw new ZifferError('data_missing', `${url}: the server answered ${response.status}.`);
}
