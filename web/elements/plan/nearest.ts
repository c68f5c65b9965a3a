// The word that somebody may have meant.

/** The nearest of `words` to `text`, one of them that goes on or ends like it before others; null where none is near. */
export function nearest(text: string, words: readonly string[]): string | null {
  const given = text.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 0.5;
  for (const word of words) {
    const other = word.toLowerCase();
    const part = given.length > 2 && (other.startsWith(given) || other.endsWith(given));
    const far = part ? 0.5 : distance(given, other);
    if (far < least) {
      least = far;
      best = word;
    }
  }
  return best;
}

/** Letters to put in, take out or change (Levenshtein). Long texts are no misspelt words. */
function distance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
    }
    row = next;
  }
  return row[b.length]!;
}
