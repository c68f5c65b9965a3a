// A sum of many terms as it is shown: the strongest by themselves, the rest as one.

export interface Strongest {
  /** Their numbers, the strongest first. */
  readonly shown: readonly number[];
  readonly others: number;
  /** What the others add up to. */
  readonly rest: number;
}

export function strongest(values: ArrayLike<number>, most: number): Strongest {
  const order = Array.from(values, (_, i) => i).sort(
    (a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b,
  );
  // One alone takes as much room as its own line.
  const shown = order.slice(0, order.length === most + 1 ? most + 1 : most);
  const others = order.slice(shown.length);
  return { shown, others: others.length, rest: others.reduce((sum, i) => sum + values[i]!, 0) };
}

/** A window's terms [height, width, channels] added up by channel. */
export function byChannel(products: ArrayLike<number>, channels: number): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < products.length; i++) sums[i % channels]! += products[i]!;
  return sums;
}

/** Where number `index` of a flattened [height, width, channels] came from. */
export function unflattened(index: number, shape: readonly number[]): [number, number, number] {
  const [, width = 1, channels = 1] = shape;
  const cell = Math.floor(index / channels);
  return [Math.floor(cell / width), cell % width, index % channels];
}
