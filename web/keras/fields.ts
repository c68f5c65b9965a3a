// What a setting is: its kind, default and range. The readers of files and of calls, the forms and the Keras code follow from it.
import { type ConfigReader, shown } from './reader.ts';
import {
  ACTIVATIONS,
  type Activation,
  type AllSides,
  type CamelCase,
  type Extent,
  INITIALIZERS,
  type Initializer,
  type Interval,
} from './types.ts';

export interface Field<T = unknown> {
  readonly kind:
    | 'integer'
    | 'number'
    | 'flag'
    | 'word'
    | 'extent'
    | 'numbers'
    | 'wholes'
    | 'sides'
    | 'interval'
    | 'seed'
    | 'other';
  /** The value, or the default where it is not given; `before`: the settings that stand before it in the list. */
  read(r: ConfigReader, key: string, before: Readonly<Record<string, unknown>>): T;
  /** What a call must give, though files may leave it out. */
  readonly required?: boolean;
  /** Keras's None stands for the default. */
  readonly none?: boolean;
  /** What older releases call it. */
  readonly formerly?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** In the form of a layer's card; of a number, the largest that it takes there. */
  readonly form?: number | true;
  /** Links name it though no form shows it. */
  readonly linked?: boolean;
  /** Keras code gives it by its place. */
  readonly leads?: boolean;
  /** A value as its author writes it; left out: as it is read. */
  short?(value: unknown): unknown;
  /** Keras code names it also where it is Keras's default. */
  readonly always?: boolean;
  /** Not a setting of its own: an argument of Keras's that can have one value. Where it says nothing of the model, files may say anything. */
  readonly fixed?: 'everywhere' | 'in calls';
}

/** Under Keras's names, in the order of Keras's arguments. */
export type Fields = Readonly<Record<string, Field>>;

export type Resolved<F extends Fields> = { -readonly [K in keyof F]: ReturnType<F[K]['read']> };

/** What a call may say of them, in JavaScript's spelling. */
export type SettingsIn<F extends Fields> = {
  [K in keyof F as F[K] extends Field<infer T>
    ? [T] extends [never]
      ? never
      : CamelCase<K & string>
    : never]?: F[K] extends Field<infer T> ? T : never;
};

type More = Partial<Omit<Field, 'kind' | 'read'>>;

export function int(min: number, max: number, more: More = {}): Field<number> {
  const read: Field<number>['read'] = (r, key) => r.integer(key);
  return { kind: 'integer', read, min, max, required: true, ...more };
}

/** A whole number with a default, held to its range. */
export function count(min: number, max: number, usual: number, more: More = {}): Field<number> {
  const read: Field<number>['read'] = (r, key) =>
    r.has(key) ? r.between(key, r.integer(key), min, max) : usual;
  return { kind: 'integer', read, min, max, ...more };
}

export function number(usual: number, more: More = {}): Field<number> {
  const { min, max } = more;
  const read: Field<number>['read'] = (r, key) => {
    const value = r.number(key, usual);
    return min === undefined || max === undefined ? value : r.between(key, value, min, max);
  };
  return { kind: 'number', read, ...more };
}

export function flag(usual: boolean): Field<boolean> {
  return { kind: 'flag', read: (r, key) => r.flag(key, usual) };
}

export function oneOf<T extends string>(
  choices: readonly T[],
  usual: T,
  more: More = {},
): Field<T> {
  return { kind: 'word', read: (r, key) => r.oneOf(key, choices, usual), choices, ...more };
}

/** An activation function, under Keras's name or its other one. */
export function activationWord(more: More = {}): Field<Activation> {
  const choices = ACTIVATIONS;
  return {
    kind: 'word',
    read: (r, key) => r.oneOf(key, choices, 'linear', { swish: 'silu' }),
    choices,
    ...more,
  };
}

export function initializer(usual: Initializer, more: More = {}): Field<string> {
  const choices = INITIALIZERS;
  return { kind: 'word', read: (r, key) => r.initializer(key, usual), choices, ...more };
}

/** A number, or null where there is no limit. */
export function limit(more: More = {}): Field<number | null> {
  const read: Field<number | null>['read'] = (r, key) => (r.has(key) ? r.number(key, 0) : null);
  return { kind: 'number', read, none: true, ...more };
}

/** Whole numbers; a single one may stand for a list of it. */
export function wholes(usual: readonly number[], more: More = {}): Field<readonly number[]> {
  const read: Field<readonly number[]>['read'] = (r, key) => {
    if (more.required) r.present(key);
    return r.wholes(key, usual);
  };
  return { kind: 'wholes', read, ...more };
}

/** `usual` may be another setting's name: its value is the default. */
export function extent(usual: Extent | string, more: More = {}): Field<Extent> {
  const read: Field<Extent>['read'] = (r, key, before) => {
    if (more.required) r.present(key);
    return r.extent(key, typeof usual === 'string' ? (before[usual] as Extent) : usual);
  };
  return { kind: 'extent', read, min: 1, max: 255, ...more };
}

/** Two numbers, the lower one first; `of`: what one number alone stands for, where it may. */
export function interval(
  of: ((n: number) => Interval) | null,
  more: More & { readonly usual?: null },
): Field<Interval | null>;
export function interval(
  of: ((n: number) => Interval) | null,
  more: More & { readonly usual?: Interval },
): Field<Interval>;
export function interval(
  of: ((n: number) => Interval) | null,
  { usual, ...more }: More & { readonly usual?: Interval | null },
): Field<Interval | null> {
  return {
    kind: 'interval',
    read(r, key) {
      if (more.required) r.present(key);
      return r.has(key) ? r.interval(key, of) : (usual ?? null);
    },
    short(value) {
      if (!of || !Array.isArray(value)) return value;
      const one = Number((value[1] - (value[0] + value[1]) / 2).toPrecision(7));
      return [one, value[1] as number].find((n) => same(of(n), value)) ?? value;
    },
    ...more,
  };
}

function same(a: Interval, b: readonly unknown[]): boolean {
  return a.every((n, i) => Math.fround(n) === Math.fround(b[i] as number));
}

/** Of random numbers; null: the fit's. */
export function seed(): Field<number | null> {
  const read: Field<number | null>['read'] = (r, key) =>
    r.has(key) ? r.between(key, r.integer(key), 0, 1e9) : null;
  return { kind: 'seed', read, none: true };
}

/** What is added or cut at the sides of an image. */
export function sides(usual: number, more: More = {}): Field<AllSides> {
  const read: Field<AllSides>['read'] = (r, key) => r.sides(key, usual);
  return { kind: 'sides', read, min: 0, max: 255, ...more };
}

/** An argument of Keras's of which one value is supported. */
export function only(supported: unknown): Field<never> {
  return {
    kind: 'other',
    fixed: 'everywhere',
    none: true,
    read: (r, key) => r.only(key, supported) as never,
  };
}

/** An argument of Keras's that says nothing of the model: calls may give one of these values. */
export function idle(...supported: readonly unknown[]): Field<never> {
  const read: Field<never>['read'] = (r, key) => {
    if (!supported.includes(r.value(key))) r.only(key, supported[0]);
    return undefined as never;
  };
  return { kind: 'other', fixed: 'in calls', none: true, read };
}

/** What would change the training without a word. */
export function penalties<N extends string>(...names: readonly N[]): Record<N, Field<never>> {
  return Object.fromEntries(names.map((name) => [name, only(null)])) as Record<N, Field<never>>;
}

/** The settings of a file's configuration, with every default. */
export function readFields(fields: Fields, r: ConfigReader): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields)) {
    const old = r.has(key) ? undefined : field.formerly?.find((name) => r.has(name));
    if (!field.fixed) config[key] = field.read(r, old ?? key, config);
    else if (field.fixed === 'everywhere') field.read(r, key, config);
  }
  return config;
}

/** A function of the page's. */
export function callback(more: More = {}): Field {
  const read: Field['read'] = (r, key) =>
    typeof r.value(key) === 'function' ? r.value(key) : r.expected('a function', key);
  return { kind: 'other', read, ...more };
}

/** What `is` knows; `what`: how errors call it. */
export function kindOf(what: string, is: (value: unknown) => boolean, more: More = {}): Field {
  const read: Field['read'] = (r, key) => {
    const value = r.value(key);
    if (is(value)) return value;
    const got = shown(value);
    return r.fail(`expected ${key} to be ${what}, got ${got}.`, 'invalid_argument');
  };
  return { kind: 'other', read, ...more };
}
