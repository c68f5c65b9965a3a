// `fit` and the pictures it is given, as the API takes them.
import { CALLBACKS } from '../keras/callbacks.ts';
import type { Fields } from '../keras/fields.ts';
import { given } from '../keras/given.ts';
import { ZifferError } from '../protocol/errors.ts';
import { bound } from './arguments.ts';
import { augmentationOf } from './augmentation.ts';
import type { Machine } from './machine.ts';
import { nameOf } from './read_compile.ts';
import type { ReadCallback, ReadData, ReadFit } from './types.ts';
import { Class, Data, Dataset, type Fit, Instance, Made, Unknown, type Value } from './values.ts';
import { settingsOf } from './words.ts';

const FIT =
  `x y batch_size epochs verbose callbacks validation_split validation_data shuffle class_weight sample_weight initial_epoch
 steps_per_epoch validation_steps validation_batch_size validation_freq`.split(/\s+/);
const FIT_GENERATOR =
  `generator steps_per_epoch epochs verbose callbacks validation_data validation_steps`.split(' ');

export interface Fitted {
  readonly fit: ReadFit;
  readonly data: ReadData | null;
  readonly validation: 'test' | 'split' | null;
}

export function fitOf(m: Machine, { args, method }: Fit): Fitted {
  const told = bound(args, method === 'fit' ? FIT : FIT_GENERATOR);
  const get = (...names: string[]) =>
    names.map((name) => told.get(name)).find((v) => v !== undefined) ?? null;
  const number = (usual: number, ...names: string[]) => {
    const value = get(...names);
    if (value === null || typeof value === 'number') return value ?? usual;
    if (value instanceof Unknown) m.block(value);
    m.block(args.at, `${names[0]} is known only when the script runs`);
    return usual;
  };
  for (const key of ['class_weight', 'sample_weight', 'initial_epoch']) {
    if (get(key)) m.block(args.at, `${key} is not supported`);
  }
  const from = get('x', 'generator');
  const set = from instanceof Dataset ? from : null;
  const x = set ? set.x : from;
  const y = set ? set.y : get('y');
  const batchSize = set?.batch ?? number(32, 'batch_size');
  const split = number(0, 'validation_split');
  const known = x instanceof Data && y instanceof Data && x.part === 'train' ? { x, y } : null;
  if (!known) {
    if (x instanceof Unknown) m.block(x);
    m.block(
      args.at,
      'what it is trained with is not one of the data sets here, or is known only when the script runs',
    );
  }
  const held = known
    ? heldOut(m, get('validation_data'), known.x, args.at)
    : { share: 0, to: 0, test: false };
  const fit: ReadFit = {
    batchSize,
    epochs: number(1, 'epochs', 'nb_epoch'),
    validationSplit: held.share || split,
    validationData: held.test ? 'test' : null,
    shuffle: get('shuffle') !== false,
    callbacks: callbacksOf(m, get('callbacks'), args.at),
  };
  if (known) requireWhole(m, known.x, known.y, get('steps_per_epoch'), batchSize, args.at);
  const data = known ? dataOf(m, known.x, known.y, held.to, set?.generator ?? null) : null;
  return { fit, data, validation: held.test ? 'test' : fit.validationSplit > 0 ? 'split' : null };
}

/** Each picture has its label, and an epoch has all of them. */
function requireWhole(
  m: Machine,
  x: Data,
  y: Data,
  steps: Value,
  batch: number,
  at: Made['args']['at'],
) {
  if (x.more.from !== y.more.from || x.more.to !== y.more.to) {
    m.block(at, 'pictures and labels are not the same ones');
  }
  if (steps === null) return;
  const whole = (x.more.to - x.more.from) / batch;
  const same = typeof steps === 'number' && steps > whole - 1 && steps < whole + 1;
  if (!same) m.block(at, 'steps_per_epoch is not supported but for all pictures once');
}

function dataOf(m: Machine, x: Data, y: Data, heldTo: number, generator: Made | null): ReadData {
  const { to, shape, scale, offset } = x.more;
  return {
    source: x.set,
    trainCount: Math.max(to, heldTo),
    shape,
    scale,
    offset,
    labels: y.more.oneHot === null ? 'integers' : 'one-hot',
    augmentation: augmentationOf(m, generator),
  };
}

/** The images that validate: the test set, or a share of the training's. */
function heldOut(m: Machine, value: Value, train: Data, at: Made['args']['at']) {
  const none = { share: 0, to: 0, test: false };
  if (value === null) {
    const { from } = train.more;
    if (from > 0)
      m.remark(at, `the first ${from} images are left out there, and trained with here`);
    return none;
  }
  const x = value instanceof Dataset ? value.x : Array.isArray(value) ? value[0] : value;
  if (!(x instanceof Data)) {
    m.block(at, 'validation_data is known only when the script runs');
    return none;
  }
  if (x.part === 'test') return { ...none, test: true };
  const [a, b] = [train.more, x.more];
  const size = b.to - b.from;
  if (b.from === a.to && a.from === 0) return { share: size / b.to, to: b.to, test: false };
  if (a.from === b.to && b.from === 0) {
    m.remark(at, 'the first images are held out there; here it is the last ones');
    return { share: size / a.to, to: a.to, test: false };
  }
  m.block(at, 'it is validated with images in a way that is not read');
  return none;
}

/** What watches, writes or draws. */
const HARMLESS =
  /^(?:TensorBoard|CSVLogger|History|ProgbarLogger|BaseLogger|RemoteMonitor|TerminateOnNaN|BackupAndRestore|Tqdm\w*|PlotLosses\w*)$/;
/** What a callback of the script's own does to a training. */
const MEDDLES = /stop_training|set_value|set_weights|learning_rate|\.lr\b|\.assign\(/;

function callbacksOf(m: Machine, value: Value, at: Made['args']['at']): ReadCallback[] {
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  return list.flatMap((one) => {
    const name = one instanceof Instance ? one.cls.name : nameOf(one);
    if (one instanceof Unknown) m.block(one);
    if (one instanceof Instance || one instanceof Class) {
      const meddles = MEDDLES.test(m.textOf((one instanceof Instance ? one.cls : one).node));
      if (meddles) m.block(at, `the callback ${name} of one’s own is not read`);
      else m.skip((one instanceof Instance ? one.cls : one).node, 'a callback that only watches');
      return [];
    }
    const known = Object.entries(CALLBACKS).find(([, { className }]) => className === name);
    if (name && HARMLESS.test(name)) {
      if (one instanceof Made) m.skip(one.args.at, `${name} only watches`);
      return [];
    }
    if (!known || !(one instanceof Made)) {
      m.block(at, `the callback ${name ?? 'here'} is not supported`);
      return [];
    }
    return callbackOf(m, known[0], known[1].fields, one);
  });
}

function callbackOf(m: Machine, kind: string, fields: Fields, made: Made): ReadCallback[] {
  // A file's path stands where the API has what to do with the weights.
  const own = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'on_save'));
  const names = kind === 'modelCheckpoint' ? ['filepath', ...Object.keys(own)] : Object.keys(own);
  const told = settingsOf(made, names);
  for (const key of ['filepath', 'period', 'epsilon', 'save_freq', 'options']) delete told[key];
  if (typeof told.monitor === 'string') told.monitor = monitorOf(told.monitor);
  try {
    return [{ kind, options: given(kind, own, [told], `${kind}()`) }];
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    m.block(made.args.at, error.message);
    return [];
  }
}

/** `val_acc` → `val_accuracy` */
function monitorOf(word: string): string {
  return word.replace(
    /^(val_)?(?:sparse_|categorical_|sparse_categorical_)?acc(?:uracy)?$/,
    '$1accuracy',
  );
}
