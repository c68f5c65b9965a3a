// The name that was probably meant.

/**
 * The known name that goes on or ends like the word, or differs in a letter or two; null where none is near. Capitals and
 * underscores count for nothing.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = (name: string) => name.slice(0, 64).replaceAll('_', '').toLowerCase();
  const wanted = plain(word);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 0.5;
  for (const name of known) {
    const other = plain(name);
    const part = wanted.length > 2 && (other.startsWith(wanted) || other.endsWith(wanted));
    const edits = part ? Math.min(0.5, editsBetween(wanted, other)) : editsBetween(wanted, other);
    if (edits >= least) continue;
    least = edits;
    best = name;
  }
  return best;
}

/** Letters to insert, remove or replace. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
