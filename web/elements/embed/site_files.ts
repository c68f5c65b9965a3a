// What the build says of the site in site.json: its files, for packages, and the fingerprint of its script, for tags.
import { ZifferError } from '../../api/index.ts';
import { type FetchOptions, fetchChecked } from '../../platform/fetch.ts';

export interface SiteFiles {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Of ziffer-lab.js, as a tag's `integrity` has it. */
  readonly integrity: string;
}

/** The site's own, so with its visitor's cookies. */
export const FROM_SITE = { credentials: 'same-origin' } as const;

/** Errors: those of fetching, and `data_corrupt`. */
export function siteFiles(site: string, options: FetchOptions = {}): Promise<SiteFiles> {
  return fetchChecked(`${site}site.json`, { ...FROM_SITE, ...options }, listIn);
}

function listIn(bytes: Uint8Array): SiteFiles {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as SiteFiles;
  } catch (cause) {
    const message = "site.json: expected the list of the site's files, got no JSON.";
    throw new ZifferError('data_corrupt', message, { cause });
  }
}
