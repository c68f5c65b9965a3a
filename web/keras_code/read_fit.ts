// `fit` and the pictures it is given, as the API takes them.
import { CALLBACKS } from '../keras/callbacks.ts';
import type { Fields } from '../keras/fields.ts';
import { given } from '../keras/given.ts';
import { camelCase } from '../keras/names.ts';
import { ZifferError } from '../protocol/errors.ts';
import { argument, bound } from './arguments.ts';
import { augmentationOf } from './augmentation.ts';
import { parametersOf } from './functions.ts';
import type { Machine } from './machine.ts';
import { isTest, sizesOf } from './pictures.ts';
import { nameOf } from './read_compile.ts';
import type { ReadCallback, ReadData, ReadFit } from './types.ts';
import {
  Class,
  Data,
  Dataset,
  type Fit,
  Func,
  Instance,
  Made,
  Unknown,
  type Value,
} from './values.ts';
import { settingsOf } from './words.ts';

const FIT =
  `x y batch_size epochs verbose callbacks validation_split validation_data shuffle class_weight sample_weight initial_epoch
 steps_per_epoch validation_steps validation_batch_size validation_freq`.split(/\s+/);
const FIT_GENERATOR =
  `generator steps_per_epoch epochs verbose callbacks validation_data validation_steps`.split(' ');

/** Of fits today and formerly: what changes nothing that is computed. */
const SILENT =
  'nb_epoch show_accuracy workers use_multiprocessing max_queue_size max_q_size nb_worker pickle_safe samples_per_epoch nb_val_samples'.split(
    ' ',
  );

export interface Fitted {
  readonly fit: ReadFit;
  readonly data: ReadData | null;
  readonly validation: 'test' | 'split' | null;
}

export function fitOf(m: Machine, { args, method }: Fit): Fitted {
  const told = bound(args, method === 'fit' ? FIT : FIT_GENERATOR);
  for (const key of told.keys()) {
    if (!FIT.includes(key) && !FIT_GENERATOR.includes(key) && !SILENT.includes(key))
      m.block(args.at, `${key} of ${method} is not read`);
  }
  const get = (...names: string[]) =>
    names.map((name) => told.get(name)).find((v) => v !== undefined) ?? null;
  const number = (usual: number, ...names: string[]) => {
    const value = get(...names);
    if (value === null || typeof value === 'number') return value ?? usual;
    if (value instanceof Unknown) m.block(value);
    m.block(args.at, `${names[0]} is known only when the script runs`);
    return usual;
  };
  if (get('sample_weight')) {
    m.block(args.at, 'sample_weight, one weight an image, is known only when the script runs');
  }
  const from = get('x', 'generator');
  const set = from instanceof Dataset ? from : null;
  const x = set ? set.x : from;
  const y = set ? set.y : get('y');
  const batchSize = set?.batch ?? number(32, 'batch_size');
  const split = number(0, 'validation_split');
  const pair = x instanceof Data && y instanceof Data && !x.more.single && !y.more.single;
  const known = pair && !isTest(x) ? { x, y } : null;
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
  const classWeight = classWeightOf(m, get('class_weight'), args.at);
  /** Only where it is not Keras's default. */
  const other = (key: string, usual: number) => {
    const value = number(usual, key);
    return value === usual ? {} : { [camelCase(key)]: value };
  };
  const steps =
    known && requireWhole(m, known.x, known.y, get('steps_per_epoch'), batchSize, args.at);
  const fit: ReadFit = {
    batchSize,
    epochs: number(1, 'epochs', 'nb_epoch'),
    validationSplit: held.share || split,
    validationData: held.test ? 'test' : null,
    shuffle: get('shuffle') !== false,
    callbacks: [],
    ...(classWeight && { classWeight }),
    ...(steps && { stepsPerEpoch: steps }),
    ...other('initial_epoch', 0),
    ...(held.share || split ? other('validation_steps', 0) : {}),
    ...(get('validation_steps') === null ? {} : other('validation_batch_size', batchSize)),
    ...other('validation_freq', 1),
  };
  const callbacks = callbacksOf(m, get('callbacks'), fit.epochs, args.at);
  const data = known ? dataOf(m, known.x, known.y, held.to, set?.generator ?? null, args.at) : null;
  return {
    fit: { ...fit, callbacks },
    data,
    validation: held.test ? 'test' : fit.validationSplit > 0 ? 'split' : null,
  };
}

/** By class, as a dict says it; null where there is none. */
function classWeightOf(m: Machine, value: Value, at: Made['args']['at']) {
  if (value === null) return null;
  const entries = value instanceof Map ? [...value] : [];
  const isOne = ([label, weight]: readonly [Value, Value]) =>
    Number.isInteger(label) && Number(label) >= 0 && typeof weight === 'number' && weight >= 0;
  if (entries.length > 0 && entries.every(isOne)) {
    return Object.fromEntries(entries.map(([label, weight]) => [Number(label), Number(weight)]));
  }
  if (value instanceof Map && value.size === 0) return null;
  if (value instanceof Unknown) m.block(value);
  m.block(at, 'class_weight is known only when the script runs, or is no weights by class');
  return null;
}

/** Each picture has its label. The steps of an epoch that has not all of them; null where it has. */
function requireWhole(
  m: Machine,
  x: Data,
  y: Data,
  steps: Value,
  batch: number,
  at: Made['args']['at'],
): number | null {
  if (x.more.from !== y.more.from || x.more.to !== y.more.to) {
    m.block(at, 'pictures and labels are not the same ones');
  }
  if (steps === null) return null;
  const whole = (x.more.to - x.more.from) / batch;
  if (typeof steps === 'number' && steps > whole - 1 && steps < whole + 1) return null;
  if (typeof steps === 'number' && steps >= 1 && steps < whole) return Math.floor(steps);
  m.block(at, 'steps_per_epoch is not supported where it is more than all pictures once');
  return null;
}

function dataOf(
  m: Machine,
  x: Data,
  y: Data,
  heldTo: number,
  generator: Made | null,
  at: Made['args']['at'],
): ReadData {
  const { to, shape, scale, offset, pad } = x.more;
  const { train } = sizesOf(x.set);
  const count = Math.max(to, heldTo);
  if (count > train)
    m.remark(
      at,
      `of ${count} images the last ${count - train} are the test’s; they are kept apart here`,
    );
  return {
    source: x.set,
    trainCount: Math.min(count, train),
    shape,
    scale,
    offset,
    ...(pad && { pad }),
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
  if (isTest(x)) return { ...none, test: true };
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
  /^(?:TensorBoard|History|ProgbarLogger|BaseLogger|RemoteMonitor|BackupAndRestore|Tqdm\w*|PlotLosses\w*)$/;
/** What a callback of the script's own does to a training. */
const MEDDLES =
  /stop_training\s*=|set_value|set_weights|\.(?:lr|learning_rate|trainable)\s*[-+*/]?=[^=]|\.assign\w*\(/;

function callbacksOf(
  m: Machine,
  value: Value,
  epochs: number,
  at: Made['args']['at'],
): ReadCallback[] {
  if (value instanceof Made && /CallbackList$/.test(value.path)) {
    return callbacksOf(m, argument(value.args, 0, 'callbacks') ?? null, epochs, at);
  }
  const list = Array.isArray(value) ? value.flat(2) : value === null ? [] : [value];
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
    if (name === 'LambdaCallback' && one instanceof Made) {
      if (MEDDLES.test(m.textOf(one.args.at))) m.block(at, `${name} of one’s own is not read`);
      else m.skip(one.args.at, 'a callback that only watches');
      return [];
    }
    if (!known || !(one instanceof Made)) {
      m.block(at, `the callback ${name ?? 'here'} is not supported`);
      return [];
    }
    return callbackOf(m, known[0], known[1].fields, one, epochs);
  });
}

function callbackOf(
  m: Machine,
  kind: string,
  fields: Fields,
  made: Made,
  epochs: number,
): ReadCallback[] {
  // A file's path stands where the API has what to do with the weights.
  const own = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'on_save'));
  const names = kind === 'modelCheckpoint' ? ['filepath', ...Object.keys(own)] : Object.keys(own);
  const told = settingsOf(made, names);
  for (const key of ['filepath', 'period', 'epsilon', 'save_freq', 'options']) delete told[key];
  if (kind === 'learningRateScheduler') {
    const rates = ratesOf(m, argument(made.args, 0, 'schedule') ?? null, epochs, made.args.at);
    if (!rates) return [];
    told.schedule = rates;
  }
  if (typeof told.monitor === 'string') told.monitor = monitorOf(told.monitor);
  try {
    return [{ kind, options: given(kind, own, [told], `${kind}()`) }];
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    m.block(made.args.at, error.message);
    return [];
  }
}

/** What the script's function answers for each epoch, where that follows from the epoch and its last answer; else it is said. */
function ratesOf(
  m: Machine,
  schedule: Value,
  epochs: number,
  at: Made['args']['at'],
): number[] | null {
  const rates: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const last = rates.at(-1);
    const rate = last ?? m.unknown(at, 'the rate of the optimizer itself is not read');
    const takes = schedule instanceof Func ? parametersOf(schedule) : 1;
    const list = takes > 1 ? [epoch, rate] : [epoch];
    const answer = m.call(schedule, { list, named: new Map(), at });
    if (typeof answer !== 'number') {
      if (answer instanceof Unknown) m.block(answer);
      m.block(at, 'the learning rate of each epoch is known only when the script runs');
      return null;
    }
    rates.push(answer);
  }
  return rates;
}

/** `val_acc` → `val_accuracy` */
function monitorOf(word: string): string {
  return word.replace(
    /^(val_)?(?:sparse_|categorical_|sparse_categorical_)?acc(?:uracy)?$/,
    '$1accuracy',
  );
}
