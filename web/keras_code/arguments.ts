// Arguments as Python binds them: by place in a list of names, or by name.
import { type Args, Unknown, type Value } from './values.ts';

/** Arguments under their names; what is one too many, or twice, is under its place. */
export function bound(args: Args, names: readonly string[]): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const [i, value] of args.list.entries()) out.set(names[i] ?? `argument ${i + 1}`, value);
  for (const [name, value] of args.named) {
    const twice = out.get(name);
    if (twice !== undefined) out.set(`argument ${names.indexOf(name) + 1}`, twice);
    out.set(name, value);
  }
  return out;
}

export function argument(
  args: Args,
  place: number,
  ...names: readonly string[]
): Value | undefined {
  for (const name of names) if (args.named.has(name)) return args.named.get(name)!;
  return args.list[place];
}

/** The first that is unknown. */
export function unknownIn(args: Args): Unknown | undefined {
  return [...args.list, ...args.named.values()].find((value) => value instanceof Unknown);
}

/** Plain JavaScript of a constant; undefined for what is none. */
export function plain(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const list = value.map(plain);
    return list.includes(undefined) ? undefined : list;
  }
  if (!(value instanceof Map)) return undefined;
  const entries = [...value].map(([key, item]) => [String(key), plain(item)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(entries);
}
