// Images chosen by their places: cross-validation, and orders that are drawn.
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import { type Args, Data, Made, Places, tuple, type Value } from './values.ts';

const FOLDS = /(?:^|\.)(?:Stratified|Repeated)?KFold$/;

export function isFolds(value: Value): value is Made {
  return value instanceof Made && FOLDS.test(value.path);
}

/** What a library's call gives for places; undefined where it is none. */
export function callPlaces(m: Machine, path: string, args: Args): Value | undefined {
  const [first] = args.list;
  if (FOLDS.test(path)) return new Made(path, args);
  if (/^(?:numpy|tf)\.random\.permutation$|^(?:numpy|tf)\.random\.shuffle$/.test(path)) {
    return shuffled(m, path.endsWith('permutation'), first, args);
  }
  if (path === 'numpy.arange' && args.list.length === 1 && typeof first === 'number' && first > 999)
    return new Places(0, first, first);
  if (/(?:^sklearn\.utils|^sklearn)\.shuffle$/.test(path)) {
    const data = args.list.every((one) => one instanceof Data);
    return data ? tuple([...args.list]) : undefined;
  }
  return undefined;
}

function shuffled(
  m: Machine,
  gives: boolean,
  what: Value | undefined,
  args: Args,
): Value | undefined {
  if (what instanceof Places) return gives ? what : null;
  if (gives && typeof what === 'number') return new Places(0, what, what);
  // Pictures without their labels would have others.
  if (what instanceof Data) m.block(args.at, 'images and labels are drawn apart from each other');
  return undefined;
}

/** `for train, test in folds.split(x):` each time other images are held out; here it is the last ones. */
export function foldsOf(m: Machine, folds: Made, args: Args): Value {
  const [x] = args.list;
  const n = argument(folds.args, 0, 'n_splits', 'n_folds') ?? 5;
  if (!(x instanceof Data) || typeof n !== 'number' || n < 2) {
    return m.unknown(args.at, 'folds of what is known only when the script runs');
  }
  const count = x.more.to - x.more.from;
  const cut = count - Math.floor(count / n);
  m.remark(args.at, 'each fold holds out other images there; here it is the last ones');
  const one = () => tuple([new Places(0, cut, count), new Places(cut, count, count)]);
  return Array.from({ length: Math.min(n, 20) }, one);
}

/** `x[places]` */
export function chosen(m: Machine, data: Data, { from, to, of }: Places, at: Args['at']): Value {
  const { more } = data;
  if (of !== more.to - more.from) return m.unknown(at, 'these are not places of these pictures');
  const some = to - from < of;
  return data.with({
    from: more.from + from,
    to: more.from + to,
    drawn: some && from > 0 ? (to - from) / of : null,
  });
}
