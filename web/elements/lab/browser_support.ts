// What a browser must have, and the first of it that this one has not. Storage, locks and more threads are not in the list: the
// lab works without them.

const NEEDED = {
  wasm: () => typeof WebAssembly === 'object',
  workers: () => typeof Worker === 'function',
  gzip: () => typeof DecompressionStream === 'function',
};

export type Lacking = keyof typeof NEEDED;

export function lacking(): Lacking | null {
  const names = Object.keys(NEEDED) as Lacking[];
  return names.find((name) => !NEEDED[name]()) ?? null;
}
