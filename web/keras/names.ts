// Names as Python spells them and as JavaScript does.

/** `kernelSize` → `kernel_size`, `reduceLROnPlateau` → `reduce_lr_on_plateau` */
export function snakeCase(word: string): string {
  return word.replace(/NaN|[A-Z]+(?![a-z])|[A-Z]/g, (c) => `_${c.toLowerCase()}`);
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
