// Values of arguments as Keras's configurations write them: words, numbers and lists.
import { snakeCase } from '../keras/names.ts';
import { SCHEDULES } from '../keras/schedules.ts';
import { bound, plain } from './arguments.ts';
import { Layer, Made, Ref, Unknown, type Value } from './values.ts';

/** `HeNormal` → `he_normal`, `ReLU` → `relu` */
function lowered(name: string): string {
  if (/^[A-Z]+[a-z]?[A-Z]*$/.test(name)) return name.toLowerCase();
  return snakeCase(name[0]!.toLowerCase() + name.slice(1));
}

/** A function or an object by its name, as configurations have it; undefined for what has none. */
export function worded(value: Value): unknown {
  if (value instanceof Ref) return lowered(value.path.split('.').at(-1)!);
  if (value instanceof Made) {
    const name = value.path.split('.').at(-1)!;
    const told = settingsOf(value, SETTINGS[lowered(name)] ?? []);
    delete told.seed;
    if (Object.keys(told).length === 0) return lowered(name);
    return { class_name: name, config: told };
  }
  if (value instanceof Layer && value.args.list.length + value.args.named.size === 0) {
    return lowered(value.className);
  }
  return value instanceof Unknown ? undefined : plain(value);
}

/** By their places, in Keras's order. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  variance_scaling: ['scale', 'mode', 'distribution'],
  l1: ['l1'],
  l2: ['l2'],
  l1_l2: ['l1', 'l2'],
  ...Object.fromEntries(
    Object.entries(SCHEDULES).map(([name, { fields }]) => [lowered(name), Object.keys(fields)]),
  ),
};

export function settingsOf(made: Made, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    [...bound(made.args, names)].map(([key, value]) => [key, worded(value)]),
  );
}
