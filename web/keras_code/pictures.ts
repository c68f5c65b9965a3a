// Data sets, and what scripts do with pictures and labels before they train.
import { argument, unknownIn } from './arguments.ts';
import type { Machine } from './machine.ts';
import { type Args, Data, Dataset, type Made, Stat, tuple, Unknown, type Value } from './values.ts';

const SETS: Readonly<Record<string, readonly [train: number, test: number, classes: number]>> = {
  mnist: [60_000, 10_000, 10],
  fashion_mnist: [60_000, 10_000, 10],
  kmnist: [60_000, 10_000, 10],
  'emnist/mnist': [60_000, 10_000, 10],
  'emnist/digits': [240_000, 40_000, 10],
  'emnist/letters': [124_800, 20_800, 26],
  'emnist/balanced': [112_800, 18_800, 47],
  'emnist/bymerge': [697_932, 116_323, 47],
  'emnist/byclass': [697_932, 116_323, 62],
};

/** How many there are to train with, and how many classes; of a set by its name here. */
export function sizesOf(set: string): { readonly train: number; readonly classes: number } {
  const [train, , classes] = SETS[set]!;
  return { train, classes };
}

/** Whether these are images that a model is judged by: also the last ones where all stand together. */
export function isTest({ set, part, more: { from } }: Data): boolean {
  return part === 'test' || from >= sizesOf(set).train;
}

export function load(
  m: Machine,
  set: string,
  args: Args,
  shape: readonly number[] = [28, 28],
): Value {
  const sizes = Object.hasOwn(SETS, set) ? SETS[set] : undefined;
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

/** An attribute of pictures or labels; undefined: a method. */
export function attributeOf(data: Data, name: string): Value | undefined {
  const { from, to, shape, oneHot, single } = data.more;
  const one = oneHot === null ? shape : [oneHot];
  const whole = single ? [...one] : [to - from, ...one];
  if (name === 'shape') return tuple(whole);
  if (name === 'ndim') return whole.length;
  if (name === 'size') return whole.reduce((a, b) => a * b, 1);
  if (name === 'dtype') return data.more.scale === 1 ? 'uint8' : 'float32';
  if (name === 'values' || name === 'T') return name === 'values' ? data : undefined;
  return undefined;
}

/** What leaves pictures as they are. */
const SAME = new Set(
  'astype copy asarray array cast convert_to_tensor float32 float64 float16 uint8 int32 ascontiguousarray numpy to_numpy squeeze constant view tolist decode_raw'.split(
    ' ',
  ),
);

/** Methods, and functions of NumPy and TensorFlow with the data first. */
export function process(m: Machine, name: string, data: Data, args: Args): Value {
  const { shape, from, to, scale, offset, single } = data.more;
  const CLASSES = sizesOf(data.set).classes;
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
      const made = Array.isArray(list) ? reshaped(list, single ? null : count, shape) : null;
      return made
        ? data.with({ shape: made })
        : m.unknown(args.at, 'this shape does not fit the pictures');
    }
    case 'expand_dims': {
      const axis = Number(argument(args, 0, 'axis') ?? -1);
      const whole = single ? [...shape] : [count, ...shape];
      whole.splice(axis < 0 ? whole.length + 1 + axis : axis, 0, 1);
      return data.with({ shape: single ? whole : whole.slice(1) });
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
    case 'std': {
      // Over all axes at once; a mean of each pixel is another thing.
      const axis = argument(args, 0, 'axis') ?? null;
      const all = Array.isArray(axis) && axis.length === shape.length + 1;
      if (axis !== null && !all) break;
      return new Stat(name, data);
    }
    case 'convert_image_dtype':
      return scale === 1 ? data.with({ scale: 1 / 255 }) : data;
    case 'pad':
      return padded(m, data, args);
    case 'to_categorical':
    case 'one_hot':
    case 'get_dummies': {
      const classes = argument(args, 0, 'num_classes', 'nb_classes', 'depth');
      return data.with({ oneHot: typeof classes === 'number' ? classes : CLASSES });
    }
  }
  return m.unknown(args.at, `${name} of pictures or labels is not read`);
}

/** `np.pad(x, ((0, 0), (2, 2), (2, 2)))`: the same on both sides, with zeros. */
function padded(m: Machine, data: Data, args: Args): Value {
  const { shape, offset, single, pad } = data.more;
  const [widths] = args.list;
  const fill = argument(args, 2, 'constant_values') ?? 0;
  const mode = argument(args, 1, 'mode') ?? 'constant';
  const sides = Array.isArray(widths) ? (single ? widths : widths.slice(1)) : [];
  const each = sides.map((side) => {
    const [a, b] = Array.isArray(side) ? side : [side, side];
    return a === b && typeof a === 'number' ? a : null;
  });
  const [rows, columns, channels = 0] = each;
  const known = typeof rows === 'number' && typeof columns === 'number' && channels === 0;
  const plain = fill === 0 && offset === 0 && !pad && String(mode).toLowerCase() === 'constant';
  if (!known || !plain || each.length !== shape.length) {
    return m.unknown(args.at, 'these sides around the pictures are not read');
  }
  const [h, w, ...rest] = shape as [number, number];
  return data.with({ shape: [h + 2 * rows, w + 2 * columns, ...rest], pad: [rows, columns] });
}

/** Pictures or labels one behind the other: of a set's two parts, all of it; undefined for others. */
export function joined(parts: readonly Value[]): Data | undefined {
  const [a, b, more] = parts;
  if (!(a instanceof Data) || !(b instanceof Data) || more !== undefined) return undefined;
  const whole = a.part === 'train' && b.part === 'test' && a.more.to === sizesOf(a.set).train;
  const like = ({ shape, scale, offset, oneHot }: Data['more']) =>
    JSON.stringify([shape, scale, offset, oneHot]);
  const same = a.set === b.set && a.kind === b.kind && like(a.more) === like(b.more);
  return whole && same && b.more.from === 0 ? a.with({ to: a.more.to + b.more.to }) : undefined;
}

const BINARIZERS = /(?:^|\.)(?:LabelBinarizer|OneHotEncoder|LabelEncoder)$/;

/** scikit-learn's encoders of labels. */
export function isBinarizer(of: Made | string): boolean {
  return BINARIZERS.test(typeof of === 'string' ? of : of.path);
}

export function binarized(m: Machine, encoder: Made, name: string, args: Args): Value {
  const [labels] = args.list;
  if (!(labels instanceof Data) || labels.kind !== 'y') {
    return m.unknown(args.at, `${name} of this is not read`);
  }
  if (name === 'fit') return encoder;
  if (!/transform$/.test(name)) return m.unknown(args.at, `${name} is not read`);
  const { classes } = sizesOf(labels.set);
  return /LabelEncoder$/.test(encoder.path) ? labels : labels.with({ oneHot: classes, shape: [] });
}

/** `count`: null where it is one picture. */
function reshaped(
  list: readonly Value[],
  count: number | null,
  shape: readonly number[],
): number[] | null {
  if (list.some((n) => typeof n !== 'number')) return null;
  const numbers = list as number[];
  const one = shape.reduce((a, b) => a * b, 1);
  const all = (count ?? 1) * one;
  const total = numbers.reduce((a, b) => (b === -1 ? a : a * b), 1);
  const filled = numbers.map((n) => (n === -1 ? all / total : n));
  if (filled.reduce((a, b) => a * b, 1) !== all) return null;
  if (count === null) return filled;
  return filled[0] === count ? filled.slice(1) : null;
}

/** `train_test_split(x, y, test_size=0.1)`: the share is drawn, so that which images validate differs. */
export function split(m: Machine, args: Args): Value {
  const data = args.list.filter((value) => value instanceof Data);
  const size = argument(args, 9, 'test_size') ?? 0.25;
  if (data.length !== args.list.length || data.length === 0 || typeof size !== 'number') {
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
  if (name === 'map') return mapped(m, self, args);
  if (name === 'take' || name === 'skip') return taken(m, self, name, args);
  return m.unknown(args.at, `${name} of a dataset is not read`);
}

/** A function is given one picture and its label, or a batch of both. */
function mapped(m: Machine, self: Dataset, args: Args): Value {
  const single = self.batch === null;
  const one = (value: Value) => (value instanceof Data ? value.with({ single }) : value);
  const many = (value: Value) => (value instanceof Data ? value.with({ single: false }) : value);
  const both: [Value, Value][] = [
    ['image', one(self.x)],
    ['label', one(self.y)],
  ];
  const apart = self.y === null ? [one(self.x)] : [one(self.x), one(self.y)];
  const list = self.named ? [new Map<Value, Value>(both)] : apart;
  const made = m.call(args.list[0]!, { list, named: new Map(), at: args.at });
  if (made instanceof Unknown) return made;
  if (Array.isArray(made) && made.length === 2) {
    return new Dataset(many(made[0]!), many(made[1]!), self.batch);
  }
  if (made instanceof Data && self.y === null) return new Dataset(many(made), null, self.batch);
  return m.unknown(args.at, 'what this makes of pictures and labels is not read');
}

/** The first so many, or all but those; of single pictures, not of batches. */
function taken(m: Machine, self: Dataset, name: string, args: Args): Value {
  const [n] = args.list;
  const by = typeof n === 'number' ? n * (self.batch ?? 1) : null;
  const cut = (value: Value): Value => {
    if (!(value instanceof Data) || by === null) return m.unknown(args.at, `${name} is not read`);
    const rows = name === 'take' ? value.rows(null, by) : value.rows(by, null);
    return rows ?? value;
  };
  return new Dataset(cut(self.x), cut(self.y), self.batch);
}

export function dataset(m: Machine, args: Args): Value {
  const [first] = args.list;
  if (Array.isArray(first) && first.length === 2) return new Dataset(first[0]!, first[1]!, null);
  if (first instanceof Data) return new Dataset(first, null, null);
  return m.unknown(args.at, 'a dataset of this is not read');
}

/** `tf.data.Dataset.zip((images, labels))` */
export function zipped(m: Machine, args: Args): Value {
  const [x, y] = Array.isArray(args.list[0]) ? args.list[0] : args.list;
  if (x instanceof Dataset && y instanceof Dataset && !x.y && !y.y) {
    return new Dataset(x.x, y.x, x.batch);
  }
  return m.unknown(args.at, 'data sets put together in this way are not read');
}
