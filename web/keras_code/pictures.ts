// Data sets, and what scripts do with pictures and labels before they train.
import { argument, unknownIn } from './arguments.ts';
import type { Machine } from './machine.ts';
import { type Args, Data, Dataset, Func, Stat, tuple, type Value } from './values.ts';

const SETS: Readonly<Record<string, readonly [train: number, test: number, classes: number]>> = {
  mnist: [60_000, 10_000, 10],
  fashion_mnist: [60_000, 10_000, 10],
};

export function load(
  m: Machine,
  set: string,
  args: Args,
  shape: readonly number[] = [28, 28],
): Value {
  const sizes = SETS[set];
  if (!sizes) return m.unknown(args.at, `the data set ${set} is not here`);
  const part = (part: 'train' | 'test', to: number) => {
    const more = { from: 0, to, shape, scale: 1, offset: 0, oneHot: null, drawn: null };
    return tuple([
      new Data(set, part, 'x', more),
      new Data(set, part, 'y', { ...more, shape: [] }),
    ]);
  };
  return tuple([part('train', sizes[0]), part('test', sizes[1])]);
}

export const CLASSES = 10;

/** An attribute of pictures or labels; undefined: a method. */
export function attributeOf(data: Data, name: string): Value | undefined {
  const { from, to, shape, oneHot } = data.more;
  const whole = [to - from, ...(oneHot === null ? shape : [oneHot])];
  if (name === 'shape') return tuple(whole);
  if (name === 'ndim') return whole.length;
  if (name === 'size') return whole.reduce((a, b) => a * b, 1);
  if (name === 'dtype') return data.more.scale === 1 ? 'uint8' : 'float32';
  if (name === 'values' || name === 'T') return name === 'values' ? data : undefined;
  return undefined;
}

/** What leaves pictures as they are. */
const SAME = new Set(
  'astype copy asarray array cast convert_to_tensor float32 float64 float16 uint8 int32 ascontiguousarray numpy to_numpy squeeze constant view tolist'.split(
    ' ',
  ),
);

/** Methods, and functions of NumPy and TensorFlow with the data first. */
export function process(m: Machine, name: string, data: Data, args: Args): Value {
  const { shape, from, to, scale, offset } = data.more;
  const unknown = unknownIn(args);
  if (SAME.has(name)) {
    if (name !== 'squeeze') return data;
    return data.with({ shape: shape.filter((n) => n !== 1) });
  }
  if (unknown) return unknown;
  const count = to - from;
  switch (name) {
    case 'reshape': {
      const [first] = args.list;
      const list = Array.isArray(first)
        ? first
        : args.list.length
          ? args.list
          : argument(args, 0, 'newshape', 'shape');
      const made = Array.isArray(list) ? reshaped(list, count, shape) : null;
      return made
        ? data.with({ shape: made })
        : m.unknown(args.at, 'this shape does not fit the pictures');
    }
    case 'expand_dims': {
      const axis = Number(argument(args, 0, 'axis') ?? -1);
      const whole = [count, ...shape];
      whole.splice(axis < 0 ? whole.length + 1 + axis : axis, 0, 1);
      return data.with({ shape: whole.slice(1) });
    }
    case 'divide':
    case 'true_divide':
    case 'multiply':
    case 'subtract':
    case 'add': {
      const [by] = args.list;
      if (typeof by !== 'number') return m.unknown(args.at, `${name} of this is not read`);
      if (name === 'divide' || name === 'true_divide')
        return data.with({ scale: scale / by, offset: offset / by });
      if (name === 'multiply') return data.with({ scale: scale * by, offset: offset * by });
      return data.with({ offset: name === 'add' ? offset + by : offset - by });
    }
    case 'max':
    case 'amax':
      return data.kind === 'y' ? CLASSES - 1 : Math.max(offset, offset + 255 * scale);
    case 'min':
    case 'amin':
      return data.kind === 'y' ? 0 : Math.min(offset, offset + 255 * scale);
    case 'unique':
      return Array.from({ length: CLASSES }, (_, i) => i);
    case 'mean':
    case 'std':
      if (args.list.length || args.named.has('axis')) break;
      return new Stat(name, data);
    case 'to_categorical':
    case 'one_hot':
    case 'get_dummies': {
      const classes = argument(args, 0, 'num_classes', 'nb_classes', 'depth');
      return data.with({ oneHot: typeof classes === 'number' ? classes : CLASSES });
    }
  }
  return m.unknown(args.at, `${name} of pictures or labels is not read`);
}

function reshaped(
  list: readonly Value[],
  count: number,
  shape: readonly number[],
): number[] | null {
  if (list.some((n) => typeof n !== 'number')) return null;
  const numbers = list as number[];
  const one = shape.reduce((a, b) => a * b, 1);
  const total = numbers.reduce((a, b) => (b === -1 ? a : a * b), 1);
  const filled = numbers.map((n) => (n === -1 ? (count * one) / total : n));
  const same = filled.reduce((a, b) => a * b, 1) === count * one;
  return same && filled[0] === count ? filled.slice(1) : null;
}

/** `train_test_split(x, y, test_size=0.1)`: the share is drawn, so that which images validate differs. */
export function split(m: Machine, args: Args): Value {
  const data = args.list.filter((value) => value instanceof Data);
  const size = argument(args, 9, 'test_size') ?? 0.25;
  if (data.length !== args.list.length || typeof size !== 'number') {
    return m.unknown(args.at, 'a split of what is known only when the script runs');
  }
  m.remark(args.at, 'the images held out are drawn there; here they are the last ones');
  return data.flatMap((one) => {
    const count = one.more.to - one.more.from;
    const held = size < 1 ? Math.ceil(count * size) : size;
    const cut = one.more.to - held;
    return [one.with({ to: cut }), one.with({ from: cut, drawn: held / count })];
  });
}

/** Methods of `tf.data`. */
export function datasetMethod(m: Machine, self: Dataset, name: string, args: Args): Value {
  if (['shuffle', 'prefetch', 'cache', 'repeat', 'with_options'].includes(name)) return self;
  if (name === 'batch') {
    const size = args.list[0];
    return typeof size === 'number'
      ? new Dataset(self.x, self.y, size)
      : m.unknown(args.at, 'its size is not known');
  }
  if (name === 'map' && args.list[0] instanceof Func) {
    const made = m.call(args.list[0], { list: [self.x, self.y], named: new Map(), at: args.at });
    if (Array.isArray(made) && made.length === 2)
      return new Dataset(made[0]!, made[1]!, self.batch);
  }
  return m.unknown(args.at, `${name} of a dataset is not read`);
}

export function dataset(m: Machine, args: Args): Value {
  const [first] = args.list;
  if (Array.isArray(first) && first.length === 2) return new Dataset(first[0]!, first[1]!, null);
  return m.unknown(args.at, 'a dataset of this is not read');
}
