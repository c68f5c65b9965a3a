// Python's texts and numbers as they are written.

/** `1_000`, `0x1F`, `1e-3`, `255.`; null for complex ones. */
export function numberOf(text: string): number | null {
  const plain = text.replaceAll('_', '').trim();
  if (/^0[xob]/i.test(plain)) return Number(plain);
  const value = Number(plain);
  return Number.isNaN(value) ? null : value;
}

/** What stands between the quotes, escapes read; `f`, `r`, `b` and `u` may stand before them. */
export function stringOf(text: string): string {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(text) ?? [];
  const inner = text.slice(prefix.length + quote.length, text.length - quote.length);
  return /r/i.test(prefix) ? inner : unescaped(inner);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  '0': '\0',
};

export function unescaped(text: string): string {
  return text.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([\s\S]))/g, (_, x, u, c) => {
    if (x || u) return String.fromCharCode(Number.parseInt(x ?? u, 16));
    return ESCAPES[c] ?? (/["'\\]/.test(c) ? c : `\\${c}`);
  });
}
