// Calls of Python's own modules, and of NumPy with plain numbers, that settings are computed with.
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import {
  type Args,
  Class,
  Curried,
  Instance,
  Made,
  text,
  tuple,
  Unknown,
  type Value,
} from './values.ts';

type Module = (m: Machine, args: Args) => Value | undefined;

/** What the module's function gives; undefined where it is not read. */
export function callModule(m: Machine, path: string, args: Args): Value | undefined {
  const name = path.replace(/^(?:math|numpy|tf\.math|keras\.ops|keras\.backend)\./, '');
  const [a, b] = args.list;
  if (path !== name && typeof a === 'number') {
    if (typeof b === 'number' && Object.hasOwn(OF_TWO, name)) return OF_TWO[name]!(a, b);
    if (args.list.length === 1 && Object.hasOwn(OF_ONE, name)) return OF_ONE[name]!(a);
  }
  return Object.hasOwn(MODULES, path) ? MODULES[path]!(m, args) : undefined;
}

const OF_ONE: Readonly<Record<string, (n: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  cos: Math.cos,
  sin: Math.sin,
  abs: Math.abs,
  fabs: Math.abs,
  round: Math.round,
};
const OF_TWO: Readonly<Record<string, (a: number, b: number) => number>> = {
  pow: (a, b) => a ** b,
  power: (a, b) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
};

/** Objects whose attributes are what they were made with. */
export function namespace(at: Args['at'], values: Iterable<readonly [string, Value]>): Instance {
  const made = new Instance(new Class('Namespace', at, '', new Map()));
  for (const [name, value] of values) made.attributes.set(name, value);
  return made;
}

const spaced: Module = (_, args) => {
  const [first] = args.list;
  const told = first instanceof Map ? [...first] : [];
  const words = told.filter((pair): pair is [string, Value] => typeof pair[0] === 'string');
  return namespace(args.at, [...words, ...args.named]);
};

/** What is not set where nothing runs, so that the default holds. */
const unset: Module = (_, args) => argument(args, 1, 'default') ?? null;

const MODULES: Readonly<Record<string, Module>> = {
  'functools.partial': (_, { list: [callee, ...list], named, at }) =>
    callee === undefined ? undefined : new Curried(callee, { list, named, at }),
  'types.SimpleNamespace': spaced,
  'argparse.Namespace': spaced,
  'easydict.EasyDict': spaced,
  'argparse.ArgumentParser': (_, args) => new Made('argparse.ArgumentParser', args),
  'os.environ.get': unset,
  'os.getenv': unset,
  'os.path.join': (_, args) => args.list.map((part) => text(part) ?? '').join('/'),
  'collections.OrderedDict': (_, { list: [first] }) => pairs(first),
};

function pairs(value: Value | undefined): Value | undefined {
  if (value === undefined) return new Map();
  if (value instanceof Map) return new Map(value);
  const known = Array.isArray(value) && value.every((pair) => Array.isArray(pair));
  return known ? new Map(value as unknown as [Value, Value][]) : undefined;
}

/** Methods of a parser of the command line: its defaults are what is read, since there is no command line. */
export function parserMethod(m: Machine, parser: Made, name: string, args: Args): Value {
  const told = parser.args.named as Map<string, Value>;
  if (name === 'add_argument') {
    const key = keyOf(args);
    const action = args.named.get('action');
    const usual = action === 'store_true' ? false : action === 'store_false' ? true : null;
    if (key) told.set(key, defaultOf(m, args) ?? usual);
    return null;
  }
  if (name === 'add_argument_group' || name === 'add_mutually_exclusive_group') return parser;
  if (name === 'set_defaults') {
    for (const [key, value] of args.named) told.set(key, value);
    return null;
  }
  if (name === 'parse_args' || name === 'parse_known_args') {
    m.remark(args.at, 'the command line is empty here: its defaults are read');
    const out = namespace(
      args.at,
      [...told].filter(([key]) => !OF_PARSER.has(key)),
    );
    return name === 'parse_args' ? out : tuple([out, []]);
  }
  return m.unknown(args.at, `${name} is not read`);
}

const OF_PARSER = new Set(
  'prog usage description epilog parents formatter_class prefix_chars add_help'.split(' '),
);

/** `--batch-size` is `batch_size`. */
function keyOf({ list, named }: Args): string | null {
  const dest = named.get('dest');
  if (typeof dest === 'string') return dest;
  const flags = list.filter((flag) => typeof flag === 'string');
  const long = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
  return long?.replace(/^-+/, '').replaceAll('-', '_') ?? null;
}

/** A default that is a text is given to its type, as argparse does. */
function defaultOf(m: Machine, args: Args): Value | undefined {
  const value = args.named.get('default');
  const type = args.named.get('type');
  if (typeof value !== 'string' || type === undefined) return value;
  const made = m.call(type, { list: [value], named: new Map(), at: args.at });
  return made instanceof Unknown ? value : made;
}
