// One object of settings, read value by value. Errors say where, under which name, what was expected and what came.
import { type ErrorCode, ZifferError } from '../protocol/errors.ts';
import { type AllSides, type Extent, INITIALIZERS, type Interval } from './types.ts';

export const LONGEST_WORD = 64;
/** In bytes, of a model or a layer. */
export const LONGEST_NAME = 256;
/** More than a layer joins. */
const MOST_SOURCES = 256;
/** More than any shape has extents. */
const MOST_WHOLES = 16;
const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;

/** A configuration under Keras's names. */
export class ConfigReader {
  /** `spelled`: how errors write a name, where its author wrote another form of it. */
  constructor(
    private readonly config: Readonly<Record<string, unknown>>,
    readonly where: string,
    private readonly spelled: (key: string) => string = (key) => key,
  ) {}

  value(key: string): unknown {
    return this.config[key];
  }

  has(key: string): boolean {
    return this.config[key] !== undefined && this.config[key] !== null;
  }

  fail(message: string, code: ErrorCode = 'invalid_config'): never {
    throw new ZifferError(code, `${this.where}: ${message}`);
  }

  expected(what: string, key: string): never {
    this.fail(`expected ${what} for ${this.spelled(key)}, got ${shown(this.config[key])}.`);
  }

  present(key: string): void {
    if (!this.has(key)) this.fail(`expected ${this.spelled(key)}, which is missing.`);
  }

  integer(key: string): number {
    this.present(key);
    return this.#whole(key, this.config[key]);
  }

  number(key: string, otherwise: number): number {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'number' && Math.abs(value) <= LARGEST_FLOAT) return shortest(value);
    return this.expected('a number', key);
  }

  between(key: string, value: number, min: number, max: number): number {
    if (value >= min && value <= max) return value;
    return this.expected(`a number from ${min} to ${max}`, key);
  }

  flag(key: string, otherwise: boolean): boolean {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (typeof value === 'boolean') return value;
    return this.expected('true or false', key);
  }

  /** `3` or `[3, 3]`. */
  extent(key: string, otherwise: Extent): Extent {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    if (Array.isArray(value)) {
      if (value.length !== 2) this.expected('two numbers', key);
      return [this.#whole(key, value[0]), this.#whole(key, value[1])];
    }
    const n = this.#whole(key, value);
    return [n, n];
  }

  /** `1`, `[1, 2]` or `[[1, 1], [2, 2]]`. */
  sides(key: string, otherwise: number): AllSides {
    const value = this.has(key) ? this.config[key] : otherwise;
    const [rows, columns] = this.#two(key, value);
    const pair = (side: unknown) =>
      this.#two(key, side).map((one) => this.#whole(key, one)) as [number, number];
    return [pair(rows), pair(columns)];
  }

  #two(key: string, value: unknown): [unknown, unknown] {
    if (!Array.isArray(value)) return [value, value];
    if (value.length !== 2) this.expected('two numbers', key);
    return [value[0], value[1]];
  }

  /** `[1, 2]`, or `1` for a list of it alone. */
  wholes(key: string, otherwise: readonly number[]): readonly number[] {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    const list = Array.isArray(value) ? value : [value];
    if (list.length > MOST_WHOLES) this.expected(`at most ${MOST_WHOLES} numbers`, key);
    return list.map((one) => this.#whole(key, one));
  }

  /** `[0.1, 0.2]`, in either order, or one number, which stands for `of` it, where it may. */
  interval(key: string, of: ((n: number) => Interval) | null): Interval {
    const value = this.config[key];
    const right = (n: unknown) => typeof n === 'number' && Math.abs(n) <= LARGEST_FLOAT;
    if (of && right(value))
      return of(shortest(value as number)).map(shortest) as unknown as Interval;
    if (!Array.isArray(value) || value.length !== 2 || !value.every(right)) {
      return this.expected(of ? 'a number or two' : 'two numbers', key);
    }
    const [a, b] = value.map(shortest) as [number, number];
    return a <= b ? [a, b] : [b, a];
  }

  /** One image: [28, 28, 1]. */
  shape(key: string): number[] {
    const value = this.config[key];
    if (!Array.isArray(value) || value.length < 1 || value.length > 3) {
      this.expected('one image as [height, width, channels]', key);
    }
    return Array.from(value, (extent) => this.#whole(key, extent));
  }

  /** Of layers. */
  names(key: string): string[] {
    const value = this.config[key];
    const right = Array.isArray(value) && value.length > 0 && value.length <= MOST_SOURCES;
    if (!right || value.some((name) => typeof name !== 'string')) {
      this.expected('a list of names of layers', key);
    }
    return [...(value as string[])];
  }

  /** [null, 28, 28, 1] → [28, 28, 1]. */
  batchShape(key: string): number[] {
    const value = this.config[key];
    if (!Array.isArray(value) || value.length < 2 || value.length > 4) {
      this.fail(`expected an input shape such as [null, 28, 28, 1], got ${shown(value)}.`);
    }
    return value.slice(1).map((extent) => this.#whole('the input shape', extent));
  }

  only(key: string, supported: unknown): void {
    if (!this.has(key) || dump(this.config[key]) === dump(supported)) return;
    const got = shown(this.config[key]);
    const message = `${this.spelled(key)} = ${got} is not supported; only ${shown(supported)} is.`;
    this.fail(message, 'unsupported_layer');
  }

  /** `aliases`: other names that Keras has for some of them. */
  oneOf<T extends string>(
    key: string,
    known: readonly T[],
    otherwise: T,
    aliases: Readonly<Record<string, T>> = {},
  ): T {
    const word = this.#word(key, otherwise);
    return this.#among(key, known, Object.hasOwn(aliases, word) ? aliases[word]! : word);
  }

  initializer(key: string, otherwise: string): string {
    const word = this.#word(key, otherwise);
    const name = word === 'variance_scaling' ? varianceScaling(this.config[key]) : word;
    return this.#among(key, INITIALIZERS, name);
  }

  /** A word, or Keras's serialised object {"class_name": "GlorotUniform", …}, read as `glorot_uniform`. */
  #word(key: string, otherwise: string): string {
    if (!this.has(key)) return otherwise;
    const value = this.config[key];
    const text = isObject(value) && 'class_name' in value ? value.class_name : value;
    if (typeof text !== 'string' || bytesIn(text) > LONGEST_WORD) this.expected('a word', key);
    if (typeof value === 'string') return value;
    return text.replace(/[A-Z]/g, (c, at) => (at ? '_' : '') + c.toLowerCase());
  }

  #among<T extends string>(key: string, known: readonly T[], text: string): T {
    const found = known.find((word) => word === text);
    if (found) return found;
    const message = `expected ${this.spelled(key)} to be one of ${known.join(', ')}, got ${shown(text)}.`;
    this.fail(message);
  }

  #whole(key: string, value: unknown): number {
    if (Number.isInteger(value) && Math.abs(value as number) <= 1e9) return value as number;
    const got = shown(value);
    this.fail(`expected a whole number for ${this.spelled(key)}, got ${got}.`);
  }
}

/** TensorFlow.js and older Keras write the whole family as VarianceScaling with its three settings. */
function varianceScaling(value: unknown): string {
  const config = isObject(value) ? (value.config ?? null) : null;
  if (!isObject(config)) return 'variance_scaling';
  const { scale = 1, mode = 'fan_in', distribution = 'truncated_normal' } = config;
  const kind = distribution === 'uniform' ? '_uniform' : '_normal';
  if (distribution === 'untruncated_normal') return 'variance_scaling';
  if (mode === 'fan_avg' && scale === 1) return `glorot${kind}`;
  if (mode === 'fan_in' && scale === 1) return `lecun${kind}`;
  if (mode === 'fan_in' && scale === 2) return `he${kind}`;
  return 'variance_scaling';
}

/** The double whose text is the shortest that reads back as this 32-bit float: 0.3, not 0.30000001192092896. */
export function shortest(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return Number(float.toPrecision(9));
}

/** Short enough, and nothing in it that would garble a line of text. */
export function isPresentable(text: string, longest: number): boolean {
  if (text.length > longest) return false;
  const controls = [...text].some((c) => c < ' ' || c === '\x7f');
  return bytesIn(text) <= longest && !controls;
}

export function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Any value as errors show it: plain ASCII, of bearable length, whatever the value does when it is read. */
export function shown(value: unknown): string {
  const text = dump(value).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

function dump(value: unknown): string {
  try {
    return written(value, 200);
  } catch {
    return 'something that cannot be read';
  }
}

/** As JSON where it is data; not much longer than `room`, however large the value is. */
function written(value: unknown, room: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.slice(0, room));
    case 'function':
      return 'a function';
    case 'bigint':
      return 'a BigInt';
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const items = listed(value.length, room, (i) => written(value[i], room - 2));
    return `[${items}]`;
  }
  if (!isPlain(value)) return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
  const entries = Object.entries(value);
  const words = listed(entries.length, room, (i) => {
    const [key, item] = entries[i]!;
    return `${JSON.stringify(key.slice(0, room))}:${written(item, room - 2)}`;
  });
  return `{${words}}`;
}

function listed(count: number, room: number, text: (i: number) => string): string {
  let out = '';
  for (let i = 0; i < count && out.length < room; i++) out += (i ? ',' : '') + text(i);
  return out;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object such as `{ units: 10 }`, which no class has made. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const made = Object.getPrototypeOf(value);
  // Another frame has an Object of its own.
  return made === null || Object.getPrototypeOf(made) === null;
}
