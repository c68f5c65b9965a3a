// What a call was given: arguments in Keras's order, settings in either spelling. Nothing that is not understood is passed over.
import { ZifferError } from '../protocol/errors.ts';
import type { Fields } from './fields.ts';
import { camelCase } from './names.ts';
import { nearest } from './nearest.ts';
import { ConfigReader, isPlain, shown } from './reader.ts';

/** More arguments than any call of ours has. */
const MOST_ARGUMENTS = 32;

/**
 * The settings that were given, checked, under JavaScript's names. Arguments may stand in the order of `fields`, and an object with
 * the rest of them may come last. `example`: a right call. Errors: `invalid_config`, `invalid_argument` for what cannot be read.
 */
export function given(
  where: string,
  fields: Fields,
  args: readonly unknown[],
  example: string,
): Record<string, unknown> {
  return reading(where, () => {
    const { values, spelling } = named(where, fields, args, example);
    const spelled = (key: string) => spelling.get(key) ?? camelCase(key);
    const r = new ConfigReader(values, where, spelled);
    const out: Record<string, unknown> = {};
    const config: Record<string, unknown> = {};
    try {
      for (const [key, field] of Object.entries(fields)) {
        const value = values[key];
        if (value === undefined) {
          if (field.required) r.present(key);
          continue;
        }
        if (value === null && field.none) continue;
        if (value === null) r.expected('a value', key);
        config[key] = field.read(r, key, config);
        if (field.fixed) continue;
        // As it was written where it is one word or number; lists and objects as they were read, since they may change.
        const asRead = typeof value === 'object' || field.kind === 'other';
        out[camelCase(key)] = asRead ? config[key] : value;
      }
    } catch (error) {
      if (args.length === 0 || isPlain(args[0]) || !(error instanceof ZifferError)) throw error;
      throw new ZifferError(error.code, `${error.message} Such as: ${example}.`);
    }
    return out;
  });
}

/** Runs what looks at a caller's values, which may throw whatever they like. */
export function reading<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZifferError) throw error;
    const message = `${where}: expected plain values, got something that fails when it is read.`;
    throw new ZifferError('invalid_argument', message, { cause: error });
  }
}

function named(where: string, fields: Fields, args: readonly unknown[], example: string) {
  const keys = Object.keys(fields);
  const values: Record<string, unknown> = {};
  const spelling = new Map<string, string>();
  const last = args.at(-1);
  const options = isPlain(last) ? last : null;
  const inOrder = options ? args.slice(0, -1) : args;
  if (inOrder.length > Math.min(keys.length, MOST_ARGUMENTS)) {
    const message = `${where}: expected at most ${keys.length} arguments, got ${args.length}. Such as: ${example}.`;
    throw new ZifferError('invalid_argument', message);
  }
  for (const [i, value] of inOrder.entries()) values[keys[i]!] = value;
  const names = new Map(
    keys.flatMap((key) =>
      [key, camelCase(key), ...(fields[key]!.formerly ?? [])].map((name) => [name, key] as const),
    ),
  );
  for (const name of Object.keys(options ?? {})) {
    const key = names.get(name);
    if (!key) throw unknown(where, name, keys);
    const value = options![name];
    if (value === undefined) continue;
    if (values[key] !== undefined && !same(values[key], value)) {
      const message = `${where}: ${camelCase(key)} is given twice, as ${shown(values[key])} and ${shown(value)}.`;
      throw new ZifferError('invalid_config', message);
    }
    values[key] = value;
    spelling.set(key, name);
  }
  return { values, spelling };
}

function same(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === 'object' && shown(a) === shown(b));
}

function unknown(where: string, name: string, keys: readonly string[]): ZifferError {
  const known = keys.map(camelCase);
  const near = nearest(name, known);
  const cure = near ? `Did you mean ${near}?` : `Known are ${known.join(', ')}.`;
  return new ZifferError('invalid_config', `${where}: there is no ${shown(name)}. ${cure}`);
}
