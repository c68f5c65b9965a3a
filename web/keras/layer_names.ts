// How Keras names layers that were given no name.

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
