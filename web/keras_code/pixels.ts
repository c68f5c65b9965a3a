// Arithmetic with all pixels of a data set at once: each stays `pixel · scale + offset`, or is not read.
import type { Machine } from './machine.ts';
import { sizesOf } from './pictures.ts';
import type { Node } from './tree.ts';
import { Data, Stat, type Value } from './values.ts';

/** Mean and deviation of the training pictures, of pixels 0–255: what their authors' scripts compute. */
const STATISTICS: Readonly<Record<string, readonly [mean: number, deviation: number]>> = {
  mnist: [33.318421449829934, 78.56748998339798],
  fashion_mnist: [72.94035223214286, 90.02118235130519],
};

export function pixelArithmetic(m: Machine, op: string, a: Value, b: Value, at: Node): Value {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (typeof x === 'string') return m.unknown(at, x);
  if (typeof y === 'string') return m.unknown(at, y);
  if (typeof x === 'number' && typeof y === 'number') {
    return scalars(op, x, y) ?? m.unknown(at, `${op} of these is not read`);
  }
  if (x instanceof Data && x.kind === 'x' && typeof y === 'number') {
    const made = withNumber(x, op, y);
    if (made) return made;
  }
  if (y instanceof Data && y.kind === 'x' && typeof x === 'number') {
    if (op === '+' || op === '*') return withNumber(y, op, x)!;
    if (op === '-') return withNumber(withNumber(y, '*', -1)!, '+', x)!;
  }
  return m.unknown(at, `${op} of pictures or labels and this is not read`);
}

function withNumber(data: Data, op: string, n: number): Data | null {
  const { scale, offset } = data.more;
  if (op === '+') return data.with({ offset: offset + n });
  if (op === '-') return data.with({ offset: offset - n });
  if (op === '*') return data.with({ scale: scale * n, offset: offset * n });
  return op === '/' && n !== 0 ? data.with({ scale: scale / n, offset: offset / n }) : null;
}

function scalars(op: string, x: number, y: number): number | null {
  return op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : op === '/' ? x / y : null;
}

/** What a mean or deviation of all pixels is; null where it is not known. */
export function statNumber(value: Stat): number | null {
  const found = numberOf(value);
  return typeof found === 'number' ? found : null;
}

/** A mean or deviation as the number that it is; a text says why it is not known. */
function numberOf(value: Value): number | Data | string | null {
  if (typeof value === 'number' || value instanceof Data) return value;
  if (!(value instanceof Stat)) return null;
  const { set, part, more } = value.of;
  const known = Object.hasOwn(STATISTICS, set) ? STATISTICS[set]! : null;
  const whole = part === 'train' && more.from === 0 && more.to === sizesOf(set).train && !more.pad;
  if (!known || !whole) {
    return 'the mean or deviation of these pictures is known only when the script runs';
  }
  return value.kind === 'mean'
    ? known[0] * more.scale + more.offset
    : known[1] * Math.abs(more.scale);
}
