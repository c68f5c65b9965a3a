// Data sets as other libraries have them: NumPy's and Kaggle's files, scikit-learn, TensorFlow's raw files and first tutorials.
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import { namespace } from './modules.ts';
import { load } from './pictures.ts';
import {
  type Args,
  Bound,
  type Data,
  Dataset,
  isSlice,
  type Slice,
  Table,
  tuple,
  type Value,
} from './values.ts';

type Pair = readonly [x: Data, y: Data];

function setsOf(m: Machine, set: string, args: Args, shape: readonly number[]): [Pair, Pair] {
  return load(m, set, args, shape) as unknown as [Pair, Pair];
}

/** Which set a file's name means; null where it says none. */
function setNamed(path: Value | undefined): string | null {
  if (typeof path !== 'string') return null;
  if (/fashion/i.test(path)) return 'fashion_mnist';
  if (/kmnist|kuzushiji|emnist|cifar|kannada/i.test(path)) return null;
  return /mnist|digit|train|t10k|(?:^|\/)test/i.test(path) ? 'mnist' : null;
}

/** What a call of another library gives for data; undefined where it is none. */
export function callSource(m: Machine, path: string, args: Args): Value | undefined {
  const [first] = args.list;
  const last = path.split('.').at(-1)!;
  if (path === 'numpy.load') return archive(m, first, args);
  if (path === 'pandas.read_csv' || /^numpy\.(?:loadtxt|genfromtxt)$/.test(path)) {
    return table(m, argument(args, 0, 'filepath_or_buffer', 'fname'), args);
  }
  if (last === 'fetch_openml' || last === 'fetch_mldata') return fetched(m, args);
  if (last === 'read_data_sets') return tutorial(m, args);
  if (/FixedLengthRecordDataset$/.test(path)) return raw(m, args);
  if (/^tfds|tensorflow_datasets/.test(path) && last === 'load') return tfds(m, args);
  if (/^extra_keras_datasets\.\w+\.load_data$/.test(path)) {
    const set = path.split('.')[1]!;
    return load(m, set === 'emnist' ? `emnist/${argument(args, 0, 'type')}` : set, args);
  }
  const samples = /^emnist\.extract_(training|test)_samples$/.exec(path);
  if (samples && typeof first === 'string') {
    const parts = load(m, `emnist/${first}`, args);
    return Array.isArray(parts) ? parts[samples[1] === 'test' ? 1 : 0] : parts;
  }
  return undefined;
}

/** `mnist.npz`, as Keras keeps it. */
function archive(m: Machine, path: Value | undefined, args: Args): Value | undefined {
  const set = typeof path === 'string' && /\.npz$/.test(path) ? setNamed(path) : null;
  if (!set) return undefined;
  const [[x, y], [xTest, yTest]] = setsOf(m, set, args, [28, 28]);
  return new Map<Value, Value>([
    ['x_train', x],
    ['y_train', y],
    ['x_test', xTest],
    ['y_test', yTest],
  ]);
}

/** Kaggle's competition has its own selection of MNIST's 70,000. */
const KAGGLE = 42_000;

function table(m: Machine, path: Value | undefined, args: Args): Value | undefined {
  const set = setNamed(path);
  if (!set || typeof path !== 'string') return undefined;
  const [train, [xTest, yTest]] = setsOf(m, set, args, [784]);
  // Kaggle’s has no labels.
  if (/test/i.test(path)) return /mnist_test/i.test(path) ? new Table(xTest, yTest) : xTest;
  if (!/train/i.test(path)) return undefined;
  if (set !== 'mnist' || /mnist_train/i.test(path)) return new Table(...train);
  m.remark(args.at, `Kaggle’s file has ${KAGGLE} of MNIST’s images; here they are its first ones`);
  const [x, y] = train;
  return new Table(x.with({ to: KAGGLE }), y.with({ to: KAGGLE }));
}

/** `train.label`, `train.values`, `train.iloc` */
export function tableAttribute(table: Table, name: string): Value {
  if (isLabel(name)) return table.y;
  const { from, to, shape } = table.x.more;
  if (name === 'shape') return tuple([to - from, shape[0]! + 1]);
  return ['values', 'iloc', 'loc'].includes(name) ? table : new Bound(table, name);
}

/** The label's, and one a pixel. */
const COLUMNS = 785;

/** `table['label']`, `table[:, 0]`, `table.iloc[:, 1:]`, `table[:n]`; undefined where this is no part that is known. */
export function partOf(table: Table, places: readonly (Value | Slice)[]): Value | undefined {
  const [first, second] = places;
  const rows = first !== undefined && isSlice(first) ? first : null;
  if (places.length === 1 && !rows) return isLabel(first as Value) ? table.y : undefined;
  const cut = (data: Data) => (rows ? data.rows(rows.from, rows.to) : data);
  const [x, y] = [cut(table.x), cut(table.y)];
  if (!rows || !x || !y) return undefined;
  if (second === undefined) return new Table(x, y);
  if (!isSlice(second)) return second === 0 || isLabel(second) ? y : undefined;
  if (second.from === 1 && (second.to === null || second.to === COLUMNS)) return x;
  return (second.from ?? 0) === 0 && second.to === 1 ? y : undefined;
}

/** Columns of a table: its labels, or its pixels. */
export function columnsOf({ x, y }: Table, name: string, args: Args): Value | undefined {
  if (['copy', 'sample', 'astype', 'to_numpy', 'reset_index', 'fillna', 'head'].includes(name)) {
    return new Table(x, y);
  }
  const [first] = args.list;
  const labels = first ?? args.named.get('columns') ?? args.named.get('labels') ?? null;
  const word = Array.isArray(labels) ? labels[0] : labels;
  if (name === 'drop' && isLabel(word)) return x;
  return name === 'pop' && isLabel(word) ? y : undefined;
}

export function isLabel(word: Value | undefined): boolean {
  return typeof word === 'string' && /^(?:label|labels|class|target|digit|y)$/i.test(word);
}

/** The 70,000 together, the test's last. */
function fetched(m: Machine, args: Args): Value | undefined {
  const [first] = args.list;
  const set = /fashion/i.test(String(first)) ? 'fashion_mnist' : 'mnist';
  const known = /^(?:mnist[_ ](?:784|original)|fashion-mnist)$/i.test(String(first));
  if (!known) return undefined;
  const [[x, y], [xTest]] = setsOf(m, set, args, [784]);
  const all = { to: x.more.to + xTest.more.to };
  const both: [Value, Value] = [x.with(all), y.with(all)];
  if (argument(args, 9, 'return_X_y') === true) return tuple(both);
  return namespace(args.at, [
    ['data', both[0]],
    ['target', both[1]],
  ]);
}

/** TensorFlow's first tutorials: the first 5,000 images validate, pixels are from 0 to 1. */
function tutorial(m: Machine, args: Args): Value {
  const oneHot = argument(args, 9, 'one_hot') === true ? 10 : null;
  const shape = argument(args, 9, 'reshape') === false ? [28, 28, 1] : [784];
  const [[x, y], [xTest, yTest]] = setsOf(m, 'mnist', args, shape);
  const part = (x: Data, y: Data, range: { from?: number; to?: number }) =>
    namespace(args.at, [
      ['images', x.with({ ...range, scale: 1 / 255 })],
      ['labels', y.with({ ...range, oneHot })],
      ['num_examples', (range.to ?? x.more.to) - (range.from ?? 0)],
    ]);
  return namespace(args.at, [
    ['train', part(x, y, { from: 5000 })],
    ['validation', part(x, y, { to: 5000 })],
    ['test', part(xTest, yTest, {})],
  ]);
}

/** A file of images or labels as MNIST's authors publish it, one record each. */
function raw(m: Machine, args: Args): Value | undefined {
  const [file] = args.list;
  const set = setNamed(file);
  if (!set || typeof file !== 'string') return undefined;
  const [train, test] = setsOf(m, set, args, [784]);
  const pair = /t10k|test/i.test(file) ? test : /train/i.test(file) ? train : null;
  const one = pair?.[/label/i.test(file) ? 1 : 0];
  return one && new Dataset(one, null, null);
}

/** TensorFlow's data sets: by their parts' names, or the parts that `split` asks for. */
function tfds(m: Machine, args: Args): Value {
  const loaded = load(m, String(argument(args, 0, 'name')), args, [28, 28, 1]);
  if (!Array.isArray(loaded)) return loaded;
  const [train, test] = loaded as unknown as [Pair, Pair];
  const split = argument(args, 1, 'split') ?? null;
  const pairs = argument(args, 9, 'as_supervised') === true;
  const known = (part: Value): Value => partNamed(m, part, { train, test }, pairs, args);
  const sets = Array.isArray(split) ? split.map(known) : known(split);
  const both = namespace(args.at, [
    ['train', known('train')],
    ['test', known('test')],
  ]);
  const made = split === null ? both : sets;
  if (argument(args, 9, 'with_info') !== true) return made;
  return tuple([made, m.unknown(args.at, 'what a data set says of itself is not read')]);
}

/** `train`, `test`, `train[:90%]`, `train[5000:]` */
function partNamed(
  m: Machine,
  part: Value,
  all: Readonly<Record<string, Pair>>,
  pairs: boolean,
  args: Args,
): Value {
  const [, name = '', from, to] = /^(train|test)(?:\[(\d*%?):(\d*%?)\])?$/.exec(String(part)) ?? [];
  if (!Object.hasOwn(all, name)) return m.unknown(args.at, 'this part of a data set is not read');
  const [x, y] = all[name]!.map((data) => {
    const count = data.more.to;
    const place = (text: string | undefined): Value => {
      if (!text) return null;
      return text.endsWith('%')
        ? Math.round((count * Number.parseInt(text, 10)) / 100)
        : Number(text);
    };
    return data.rows(place(from), place(to))!;
  });
  return new Dataset(x!, y!, argument(args, 9, 'batch_size') ? 32 : null, null, !pairs);
}
