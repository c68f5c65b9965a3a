// The site's own files and a page with the chosen lab, in one zip that works from any static host.
import { fetchBytes } from '../../platform/fetch.ts';
import { part } from '../../platform/parts.ts';
import { FROM_SITE, siteFiles } from './site_files.ts';

/** Fetched at once: more would only share the line. */
const PARALLEL = 4;

/** Hears which share is done. */
export type Progress = (share: number) => void;

/** What a zip holds, by paths. */
export type Entries = Record<string, Uint8Array>;

/** `pages` stand at the top, the site's files in the folder `ziffer`. Errors: those of fetching. */
export async function offlineFolder(
  site: string,
  pages: Readonly<Record<string, string>>,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<Blob> {
  const entries = await siteEntries(site, onProgress, signal);
  return zipped({ ...textEntries(pages), ...entries });
}

export function textEntries(pages: Readonly<Record<string, string>>): Entries {
  const encoder = new TextEncoder();
  return Object.fromEntries(
    Object.entries(pages).map(([path, text]) => [path, encoder.encode(text)]),
  );
}

/** All files of the site, below `ziffer/`. */
async function siteEntries(
  site: string,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<Entries> {
  const { files } = await siteFiles(site, { signal });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const entries: Entries = {};
  const left = [...files];
  let done = 0;
  const fetchNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      entries[`ziffer/${next.path}`] = await fetchBytes(site + next.path, { ...FROM_SITE, signal });
      done += next.bytes;
      onProgress(done / total);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  return entries;
}

export async function zipped(entries: Entries): Promise<Blob> {
  const { zip } = await part('what packs a folder', () => import('fflate'));
  // Most of it is packed already.
  const packed = await new Promise<Uint8Array>((resolve, reject) => {
    zip(entries, { level: 0 }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  return new Blob([packed as BlobPart], { type: 'application/zip' });
}
