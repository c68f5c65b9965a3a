// Where the workers, the module, the data and the models are: beside ziffer.js, unless `configure` says otherwise.
import { ZifferError } from '../protocol/errors.ts';
import { configured } from './configured.ts';
import type { Configuration } from './types.ts';

/** By a name of its own where bundlers shall not look for a file. */
const HERE = import.meta.url;

const DEFAULTS: Required<Configuration> = {
  workerUrl: 'worker.js',
  wasmUrl: 'ziffer-core.wasm',
  scalarWasmUrl: 'ziffer-core-scalar.wasm',
  readerUrl: 'reader.js',
  hdf5Url: 'hdf5.js',
  pictureUrl: 'picture.js',
  pictureWasmUrl: 'ziffer-picture.wasm',
  dataUrl: 'data/mnist/',
  modelsUrl: 'models/',
};

export const PLACE_NAMES = Object.keys(DEFAULTS) as (keyof Configuration)[];

/** The absolute URL of one of them; folders end with a slash. */
export function place(what: keyof Configuration): string {
  const own = configured()[what];
  const url = own ? absolute(own) : beside(what);
  return DEFAULTS[what].endsWith('/') && !url.endsWith('/') ? `${url}/` : url;
}

/** Bundlers find the files where they are written out like this, and take them along; the folders are too large for that. */
function beside(what: keyof Configuration): string {
  if (what === 'workerUrl') return new URL('./worker.js', import.meta.url).href;
  if (what === 'wasmUrl') return new URL('./ziffer-core.wasm', import.meta.url).href;
  if (what === 'readerUrl' || what === 'hdf5Url') {
    if (configured().workerUrl) return new URL(DEFAULTS[what], place('workerUrl')).href;
    if (what === 'readerUrl') return new URL('./reader.js', import.meta.url).href;
    return new URL('./hdf5.js', import.meta.url).href;
  }
  if (what === 'scalarWasmUrl') {
    if (configured().wasmUrl) return new URL(DEFAULTS[what], place('wasmUrl')).href;
    return new URL('./ziffer-core-scalar.wasm', import.meta.url).href;
  }
  if (what === 'pictureUrl') return new URL('./picture.js', import.meta.url).href;
  if (what === 'pictureWasmUrl') return new URL('./ziffer-picture.wasm', import.meta.url).href;
  return new URL(DEFAULTS[what], HERE).href;
}

/** A page's relative URLs are relative to the page. Errors: `invalid_argument`. */
export function absolute(url: string | URL): string {
  const base = typeof document === 'object' ? document.baseURI : HERE;
  try {
    return new URL(url, base).href;
  } catch (cause) {
    throw new ZifferError('invalid_argument', `${url}: expected the address of a file.`, { cause });
  }
}
