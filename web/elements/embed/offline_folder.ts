// The site's own files and a page with the chosen lab, in one zip that works from any static host.
import { ZifferError } from '../../api/index.ts';
import { fetchBytes, fetchChecked } from '../../platform/fetch.ts';
import { part } from '../../platform/parts.ts';

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
  const from = { signal, credentials: 'same-origin' } as const;
  const [{ zip, strToU8 }, manifest] = await Promise.all([
    part('what packs a folder', () => import('fflate')),
    fetchChecked(`${site}site.json`, from, listIn),
  ]);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const entries: Record<string, Uint8Array> = { 'index.html': strToU8(page) };
  const left = [...manifest.files];
  let done = 0;
  const fetchNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      entries[`ziffer/${next.path}`] = await fetchBytes(site + next.path, from);
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

function listIn(bytes: Uint8Array): SiteFiles {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as SiteFiles;
  } catch (cause) {
    const message = "site.json: expected the list of the site's files, got no JSON.";
    throw new ZifferError('data_corrupt', message, { cause });
  }
}
