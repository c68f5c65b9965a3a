// Python's own functions, and the methods of its lists, texts and dictionaries.
import { argument, unknownIn } from './arguments.ts';
import { iterated } from './collections.ts';
import { type Machine, MOST_ITEMS } from './machine.ts';
import { binary, compare } from './operators.ts';
import {
  type Args,
  Data,
  Layer,
  Model,
  text,
  truth,
  tuple,
  Unknown,
  type Value,
} from './values.ts';

type Builtin = (m: Machine, args: Args) => Value;

export function callBuiltin(m: Machine, name: string, args: Args): Value {
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (!builtin) {
    // What prints and shows gives back nothing.
    if (['print', 'display', 'help', 'exit', 'quit'].includes(name)) {
      m.skip(args.at, name === 'print' ? 'printing' : `${name} is not needed`);
      return null;
    }
    return m.unknown(args.at, `${name} is known only when the script runs`);
  }
  return unknownIn(args) ?? builtin(m, args);
}

const number = (m: Machine, args: Args, made: (n: number) => number): Value => {
  const [value = 0] = args.list;
  const n = typeof value === 'string' ? Number(value) : Number(value === true ? 1 : value);
  const known = ['number', 'string', 'boolean'].includes(typeof value) && !Number.isNaN(n);
  return known ? made(n) : m.unknown(args.at, 'a number known only when the script runs');
};

const items = (m: Machine, args: Args, made: (list: readonly Value[]) => Value): Value => {
  const list = args.list.length > 0 ? iterated(m, args.list[0]!, args.at) : [];
  return list instanceof Unknown ? list : made(list);
};

const largest =
  (op: string): Builtin =>
  (m, args) => {
    const list = args.list.length > 1 ? args.list : iterated(m, args.list[0] ?? null, args.at);
    if (list instanceof Unknown) return list;
    const none = m.unknown(args.at, 'of nothing');
    return list.reduce<Value>(
      (a, b) => (a === none || compare(m, op, b, a, args.at) === true ? b : a),
      none,
    );
  };

const BUILTINS: Readonly<Record<string, Builtin>> = {
  abs: (m, args) => number(m, args, Math.abs),
  int: (m, args) => number(m, args, Math.trunc),
  float: (m, args) => number(m, args, (n) => n),
  round: (m, args) => {
    const digits = args.list[1];
    const by = typeof digits === 'number' ? 10 ** digits : 1;
    return number(m, args, (n) => Math.round(n * by) / by);
  },
  str: (m, args) => text(args.list[0] ?? '') ?? m.unknown(args.at, 'a text known only later'),
  bool: (_, args) => truth(args.list[0] ?? false),
  len: (m, args) => lengthOf(m, args),
  list: (m, args) => items(m, args, (list) => [...list]),
  tuple: (m, args) => items(m, args, (list) => tuple([...list])),
  set: (m, args) => items(m, args, (list) => [...new Set(list)]),
  sorted: (m, args) => items(m, args, (list) => [...list].sort((a, b) => (a! < b! ? -1 : 1))),
  reversed: (m, args) => items(m, args, (list) => [...list].reverse()),
  iter: (_, args) => args.list[0] ?? null,
  dict: (_, args) => {
    const [first] = args.list;
    return new Map<Value, Value>([...pairsOf(first), ...args.named]);
  },
  range,
  xrange: range,
  enumerate: (m, args) =>
    items(m, args, (list) => {
      const start = Number(argument(args, 1, 'start') ?? 0);
      return list.map((item, i) => tuple([i + start, item]));
    }),
  zip: (m, args) => {
    const lists = args.list.map((list) => iterated(m, list, args.at));
    const unknown = lists.find((list) => list instanceof Unknown);
    if (unknown) return unknown as Unknown;
    const known = lists as readonly (readonly Value[])[];
    const length = Math.min(...known.map((list) => list.length));
    return Array.from({ length: known.length ? length : 0 }, (_, i) =>
      tuple(known.map((list) => list[i]!)),
    );
  },
  map: (m, args) => {
    const list = iterated(m, args.list[1] ?? null, args.at);
    if (list instanceof Unknown) return list;
    const call = (item: Value) =>
      m.call(args.list[0]!, { list: [item], named: new Map(), at: args.at });
    return list.map(call);
  },
  sum: (m, args) =>
    items(m, args, (list) => list.reduce<Value>((a, b) => binary(m, '+', a, b, args.at), 0)),
  max: largest('>'),
  min: largest('<'),
  all: (m, args) => items(m, args, (list) => list.every((item) => truth(item) === true)),
  any: (m, args) => items(m, args, (list) => list.some((item) => truth(item) === true)),
};

function lengthOf(m: Machine, args: Args): Value {
  const [value] = args.list;
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  if (value instanceof Map) return value.size;
  if (value instanceof Data) return value.more.to - value.more.from;
  return m.unknown(args.at, 'a length known only when the script runs');
}

function range(m: Machine, args: Args): Value {
  const numbers = args.list.filter((n) => typeof n === 'number');
  if (numbers.length !== args.list.length || numbers.length === 0) {
    return m.unknown(args.at, 'a range known only when the script runs');
  }
  const [from, to, step = 1] = numbers.length === 1 ? [0, numbers[0]!] : (numbers as number[]);
  const length = step === 0 ? 0 : Math.max(0, Math.ceil((to! - from!) / step!));
  if (length > MOST_ITEMS) return m.unknown(args.at, `a range of more than ${MOST_ITEMS}`);
  return Array.from({ length }, (_, i) => from! + i * step!);
}

/** A method of a list, text or dictionary. */
export function callMethod(m: Machine, self: Value, name: string, args: Args): Value {
  const [first] = args.list;
  if (Array.isArray(self)) {
    if (name === 'append' && first !== undefined) {
      self.push(first);
      return null;
    }
    if (name === 'extend' && Array.isArray(first)) {
      self.push(...first);
      return null;
    }
    if (name === 'insert' && typeof first === 'number') {
      self.splice(first, 0, args.list[1] ?? null);
      return null;
    }
    if (name === 'pop' && self.length > 0) return self.splice(Number(first ?? -1), 1)[0]!;
    if (name === 'copy') return [...self];
    if (name === 'index') return self.indexOf(first ?? null);
  }
  if (self instanceof Map) {
    if (name === 'items') return [...self].map(([key, value]) => tuple([key, value]));
    if (name === 'keys') return [...self.keys()];
    if (name === 'values') return [...self.values()];
    if (name === 'get') return self.get(first ?? null) ?? args.list[1] ?? null;
    if (name === 'copy') return new Map(self);
    if (name === 'update' && first instanceof Map) {
      for (const [key, value] of first) self.set(key, value);
      return null;
    }
  }
  if (typeof self === 'string') {
    if (name === 'lower') return self.toLowerCase();
    if (name === 'upper') return self.toUpperCase();
    if (name === 'strip') return self.trim();
    if (name === 'format') return formatText(m, self, args);
    if (name === 'split' && (first === undefined || typeof first === 'string')) {
      return first ? self.split(first) : self.trim().split(/\s+/);
    }
    if (name === 'join' && Array.isArray(first))
      return first.map((part) => text(part) ?? '').join(self);
  }
  const touched = [...args.list, ...args.named.values()].find(
    (v) => v instanceof Model || v instanceof Layer,
  );
  if (touched) m.block(args.at, `${name} is not read`);
  return m.unknown(args.at, `${name} is not read`);
}

function formatText(m: Machine, pattern: string, args: Args): Value {
  let next = 0;
  let known = true;
  const out = pattern.replace(/\{(\w*)[^{}]*\}/g, (_, key: string) => {
    const named = /^\d/.test(key) ? args.list[Number(key)] : args.named.get(key);
    const shown = text(key === '' ? (args.list[next++] ?? null) : (named ?? null));
    known &&= shown !== null;
    return shown ?? '';
  });
  return known ? out : m.unknown(args.at, 'a text known only when the script runs');
}

/** What dict() is made of: another one, or pairs. */
function pairsOf(value: Value | undefined): [Value, Value][] {
  if (value instanceof Map) return [...value];
  const pairs = Array.isArray(value) ? value : [];
  return pairs.flatMap((pair) =>
    Array.isArray(pair) && pair.length === 2 ? [[pair[0]!, pair[1]!] as [Value, Value]] : [],
  );
}
