// What a file of somebody else's names is fetched from beside that file, and from nowhere else: else a stranger's file could
// name what only the page's visitor may read.

/**
 * The URL of a file that lies beside another or below, or null where the path leads elsewhere. `path`: names with slashes between
 * them; no scheme, host, query, escape or step upwards. `base`: where the naming file came from.
 */
export function besideUrl(path: string, base: string): string | null {
  const names = path.replace(/^\.\//, '').split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them before they resolve a path.
  const odd = /[\u0000-\u001f\u007f\\%?#:]|^\.{1,2}$|^$/;
  if (path.length > 1024 || names.some((name) => odd.test(name))) return null;
  const folder = new URL('.', base);
  const url = new URL(names.map(encodeURIComponent).join('/'), folder);
  return url.origin === folder.origin && url.href.startsWith(folder.href) ? url.href : null;
}

/** Whether an answer comes from the host of the file that named it: redirects can lead elsewhere. */
export function isSameHost(from: string, base: string): boolean {
  return new URL(from).origin === new URL(base).origin;
}
