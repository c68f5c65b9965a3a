// What tells Node from browsers and workers, and its own modules. Nothing but this room asks where it runs.

export const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';

/** One of Node's own modules, by a name that bundlers for browsers do not look for. */
export function nodeModule<T>(name: string): Promise<T> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`);
}
