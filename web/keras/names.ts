// Names as Python spells them and as JavaScript does, and the name that was probably meant.

/** `kernelSize` → `kernel_size`, `reduceLROnPlateau` → `reduce_lr_on_plateau` */
export function snakeCase(word: string): string {
  return word.replace(/NaN|[A-Z]+(?![a-z])|[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** A class as Keras names its layers: `MaxPooling2D` → `max_pooling2d`, `ReLU` → `re_lu`, `PReLU` → `p_re_lu`. */
export function layerWord(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Names of layers that were given none: the second Conv2D is `conv2d_1`. As in Keras, layers with a name do not count. */
export class LayerNames {
  readonly #times = new Map<string, number>();
  readonly #taken: ReadonlySet<string | undefined>;

  /** `taken`: names that are not given again. */
  constructor(taken: readonly (string | undefined)[] = []) {
    this.#taken = new Set(taken);
  }

  next(className: string): string {
    const base = layerWord(className);
    const nth = this.#times.get(base) ?? 0;
    this.#times.set(base, nth + 1);
    const name = nth === 0 ? base : `${base}_${nth}`;
    return this.#taken.has(name) ? this.next(className) : name;
  }
}

/** `kernel_size` → `kernelSize`, `beta_1` → `beta1` */
export function camelCase(word: string): string {
  return word.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}

/** The same settings under Python's names. */
export function inSnakeCase(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [snakeCase(key), value]),
  );
}

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
