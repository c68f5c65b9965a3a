// What a browser must have, and the first of it that this one has not. Storage, locks and more threads are not in the list: Ziffer
// works without them.
import { ZifferError } from '../protocol/errors.ts';
import { isNode } from './node.ts';

const NEEDED = {
  wasm: () => typeof WebAssembly === 'object',
  workers: () => isNode || typeof Worker === 'function',
  gzip: () => typeof DecompressionStream === 'function',
};

const NAMES = { wasm: 'WebAssembly', workers: 'workers', gzip: 'DecompressionStream' };

export type Lacking = keyof typeof NEEDED;

export function lacking(): Lacking | null {
  const names = Object.keys(NEEDED) as Lacking[];
  return names.find((name) => !NEEDED[name]()) ?? null;
}

export function unsupported(missing: Lacking): ZifferError {
  const message = `browser: expected ${NAMES[missing]}, which is missing or switched off. Lockdown Mode (Apple) and Edge's enhanced security switch it off: make an exception for this page, or use Chrome or Edge from 111, Firefox from 121, Safari from 16.4.`;
  return new ZifferError('unsupported_browser', message);
}
