// Python's operators on what the evaluator knows. Arithmetic with pictures is in pixels.ts.
import { type Machine, MOST_ITEMS } from './machine.ts';
import { pixelArithmetic } from './pixels.ts';
import { tensorArithmetic } from './tensors.ts';
import type { Node } from './tree.ts';
import { Data, isTuple, Stat, Tensor, text, truth, tuple, Unknown, type Value } from './values.ts';

export function binary(m: Machine, op: string, a: Value, b: Value, at: Node): Value {
  for (const value of [a, b]) if (value instanceof Unknown) return value;
  if (a instanceof Data || b instanceof Data || a instanceof Stat || b instanceof Stat) {
    return pixelArithmetic(m, op, a, b, at);
  }
  if (a instanceof Tensor || b instanceof Tensor) return tensorArithmetic(m, op, a, b, at);
  const x = typeof a === 'boolean' ? Number(a) : a;
  const y = typeof b === 'boolean' ? Number(b) : b;
  if (typeof x === 'number' && typeof y === 'number') return arithmetic(m, op, x, y, at);
  if (op === '+' && typeof a === 'string' && typeof b === 'string') {
    return short(m, a.length + b.length, at) ?? a + b;
  }
  if (op === '%' && typeof a === 'string') return formatted(m, a, b, at);
  if (op === '+' && Array.isArray(a) && Array.isArray(b)) {
    return short(m, a.length + b.length, at) ?? joined(a, [...a, ...b]);
  }
  if (op === '*') return repeated(m, a, b, at);
  return m.unknown(at, `${op} of these is not read`);
}

function arithmetic(m: Machine, op: string, x: number, y: number, at: Node): Value {
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return y === 0 ? m.unknown(at, 'a division by zero') : x / y;
    case '//':
      return y === 0 ? m.unknown(at, 'a division by zero') : Math.floor(x / y);
    case '%':
      return y === 0 ? m.unknown(at, 'a division by zero') : x - y * Math.floor(x / y);
    case '**':
      return x ** y;
    case '<<':
      return x * 2 ** y;
    case '>>':
      return Math.floor(x / 2 ** y);
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
    default:
      return m.unknown(at, `${op} is not read`);
  }
}

function repeated(m: Machine, a: Value, b: Value, at: Node): Value {
  const [list, times] = typeof a === 'number' ? [b, a] : [a, b];
  if (typeof times !== 'number') return m.unknown(at, '* of these is not read');
  const n = Math.max(0, Math.floor(times));
  if (typeof list === 'string') return short(m, list.length * n, at) ?? list.repeat(n);
  if (!Array.isArray(list)) return m.unknown(at, '* of these is not read');
  return (
    short(m, list.length * n, at) ?? joined(list, Array.from({ length: n }, () => list).flat(1))
  );
}

function short(m: Machine, length: number, at: Node): Unknown | null {
  return length > MOST_ITEMS ? m.unknown(at, `more than ${MOST_ITEMS} items`) : null;
}

function joined(like: Value[], list: Value[]): Value[] {
  return isTuple(like) ? tuple(list) : list;
}

/** `'%d epochs' % n`: its text says nothing of a model but names, so a number's format counts for little. */
function formatted(m: Machine, pattern: string, value: Value, at: Node): Value {
  const values = Array.isArray(value) ? [...value] : [value];
  let known = true;
  const out = pattern.replace(/%%|%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]/g, (spec) => {
    if (spec === '%%') return '%';
    const shown = text(values.shift() ?? null);
    known &&= shown !== null;
    return shown ?? '';
  });
  return known ? out : m.unknown(at, 'a text of what is known only when the script runs');
}

export function compare(m: Machine, op: string, a: Value, b: Value, at: Node): Value {
  for (const value of [a, b]) if (value instanceof Unknown) return value;
  switch (op) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case 'is':
      return a === b;
    case 'is not':
      return a !== b;
    case 'in':
    case 'not in':
      return contains(m, op, a, b, at);
  }
  const plain = (v: Value) => typeof v === 'number' || typeof v === 'string';
  if (!plain(a) || !plain(b) || typeof a !== typeof b) {
    return m.unknown(at, 'a comparison of what is known only when the script runs');
  }
  const [x, y] = [a as number, b as number];
  return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y;
}

function contains(m: Machine, op: string, a: Value, b: Value, at: Node): Value {
  const wanted = op === 'in';
  if (typeof a === 'string' && typeof b === 'string') return b.includes(a) === wanted;
  if (Array.isArray(b)) return b.some((item) => equal(a, item)) === wanted;
  if (b instanceof Map) return b.has(a) === wanted;
  return m.unknown(at, `"${op}" of what is known only when the script runs`);
}

function equal(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => equal(item, b[i]!));
  }
  return a === b;
}

export function unary(m: Machine, op: string, value: Value, at: Node): Value {
  if (value instanceof Unknown) return value;
  if (op === 'not') {
    const is = truth(value);
    return is instanceof Unknown ? is : !is;
  }
  if (value instanceof Data) return op === '-' ? binary(m, '*', value, -1, at) : value;
  if (typeof value !== 'number') return m.unknown(at, `${op} of this is not read`);
  return op === '-' ? -value : op === '~' ? ~value : value;
}
