// What `fit` and `evaluate` are told, read from a call.
import { CALLBACKS, callbackOf, HOOKS, monitorOf, VERBOSE } from '../keras/callbacks.ts';
import { callback, count, type Field, type Fields, flag, number } from '../keras/fields.ts';
import { isPlain } from '../keras/reader.ts';
import { ZifferError } from '../protocol/errors.ts';
import { options, refuse, SIGNAL, THREADS, typedArray, whole } from './arguments.ts';
import { DatasetHandle } from './dataset.ts';
import { FitControl } from './fit_control.ts';
import type { Callback, EvaluateOptions, FitOptions, OwnCallback } from './types.ts';

const MOST_CALLBACKS = 64;

const MOST_CLASSES = 256;

/** One number an image, in any list of numbers. */
const SAMPLE_WEIGHT: Field = {
  kind: 'other',
  none: true,
  read: (r, key) => {
    const value = r.value(key);
    const expected = 'sampleWeight to be a list of finite numbers of at least 0';
    if (!Array.isArray(value) && typedArray(value) === undefined) refuse(r.where, expected, value);
    const weights = Float32Array.from(value as ArrayLike<number>);
    if (!weights.every((w) => w >= 0 && w < Infinity)) refuse(r.where, expected, value);
    return weights;
  },
};

/** Keras's dict of classes, as an object or a Map; a list names the first classes. */
function classWeightOf(value: unknown): Record<number, number> {
  const entries: [unknown, unknown][] =
    value instanceof Map ? [...value] : typeof value === 'object' ? Object.entries(value!) : [];
  const isOne = ([label, weight]: [unknown, unknown]) =>
    /^\d{1,3}$/.test(String(label)) &&
    Number(label) < MOST_CLASSES &&
    typeof weight === 'number' &&
    weight >= 0 &&
    weight <= 1e6;
  if (entries.length === 0 || !entries.every(isOne)) {
    refuse('fit', 'classWeight to be weights by class such as { 0: 1, 1: 2.5 }', value);
  }
  return Object.fromEntries(entries.map(([label, weight]) => [Number(label), Number(weight)]));
}

const FIT: Fields = {
  batch_size: count(1, 65536, 32),
  epochs: count(1, 1e6, 1),
  verbose: VERBOSE,
  callbacks: { kind: 'other', none: true, read: (r, key) => callbacksOf(r.value(key)) },
  validation_split: number(0, { min: 0, max: 0.9999999 }),
  validation_data: {
    kind: 'other',
    none: true,
    read: (r, key) => {
      const data = r.value(key);
      if (data instanceof DatasetHandle) return data;
      return refuse('fit: validationData', 'a dataset of loadMnist or loadIdx', data);
    },
  },
  shuffle: flag(true),
  class_weight: { kind: 'other', none: true, read: (r, key) => classWeightOf(r.value(key)) },
  sample_weight: SAMPLE_WEIGHT,
  initial_epoch: count(0, 1e6, 0),
  steps_per_epoch: count(1, 1e9, 1, { none: true }),
  validation_steps: count(1, 1e9, 1, { none: true }),
  validation_batch_size: count(1, 65536, 32, { none: true }),
  validation_freq: count(1, 1e6, 1),
  seed: whole(0),
  threads: THREADS,
  on_step: callback({ none: true }),
  on_epoch: callback({ none: true }),
  on_warning: callback({ none: true }),
  signal: SIGNAL,
  control: {
    kind: 'other',
    none: true,
    read: (r, key) => {
      const control = r.value(key);
      return control instanceof FitControl
        ? control
        : refuse('fit: control', 'a FitControl', control);
    },
  },
};

const EVALUATE: Fields = {
  batch_size: count(1, 65536, 32),
  verbose: VERBOSE,
  sample_weight: SAMPLE_WEIGHT,
  steps: count(1, 1e9, 1, { none: true }),
  threads: THREADS,
  signal: SIGNAL,
};

/** As `fit` goes on with them. */
export interface CheckedFit extends Omit<FitOptions, 'callbacks' | 'classWeight' | 'sampleWeight'> {
  readonly callbacks?: readonly Callback[];
  readonly classWeight?: Readonly<Record<number, number>>;
  readonly sampleWeight?: Float32Array;
}

export interface CheckedEvaluate extends Omit<EvaluateOptions, 'sampleWeight'> {
  readonly sampleWeight?: Float32Array;
}

/** Errors: `invalid_config`, `invalid_argument`. */
export function fitOptionsOf(value: unknown): CheckedFit {
  const checked = options('fit', FIT, value, '{ batchSize: 32, epochs: 5 }') as CheckedFit;
  if (!checked.classWeight || !checked.sampleWeight) return checked;
  const message = 'fit: expected classWeight or sampleWeight, got both. Keras takes one of them.';
  throw new ZifferError('invalid_config', message);
}

/** Errors: `invalid_config`, `invalid_argument`. */
export function evaluateOptionsOf(value: unknown): CheckedEvaluate {
  return options('evaluate', EVALUATE, value, '{ threads: 2 }') as CheckedEvaluate;
}

/** Keras takes one without a list, too. */
function callbacksOf(value: unknown): Callback[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > MOST_CALLBACKS) refuse('fit', `at most ${MOST_CALLBACKS} callbacks`, list);
  const known = Object.keys(CALLBACKS) as (keyof typeof CALLBACKS)[];
  const found = Array.from(list, (item) => {
    const kind = isPlain(item) ? known.find((name) => name === item.kind) : undefined;
    if (!kind) return ownCallback(item);
    return callbackOf(kind, [(item as { options?: unknown }).options]) as Callback;
  });
  for (const kind of known.filter((one) => !MANY.includes(one))) {
    const times = found.filter((one) => one.kind === kind).length;
    if (times > 1) {
      throw new ZifferError('invalid_config', `fit: expected at most one ${kind}, got ${times}.`);
    }
  }
  return found;
}

/** Of which a fit may have several. */
const MANY: readonly string[] = ['csvLogger', 'lambdaCallback'];

/** An object of the page's own, by its methods. */
function ownCallback(item: unknown): Callback {
  const methods = (typeof item === 'object' && item !== null ? item : {}) as OwnCallback;
  const own = HOOKS.filter((hook) => typeof methods[hook] === 'function');
  if (own.length === 0) {
    const expected = `callbacks such as ${CALLBACKS.earlyStopping.example}, or objects with methods such as onEpochEnd`;
    return refuse('fit', expected, item);
  }
  const bound = own.map((hook) => [hook, methods[hook]!.bind(item as never)]);
  return callbackOf('lambdaCallback', [Object.fromEntries(bound)]) as Callback;
}

/** What a callback watches and this fit does not have; null where all is there. */
export function unwatched(settings: CheckedFit): ZifferError | null {
  if (settings.validationData || (settings.validationSplit ?? 0) > 0) return null;
  for (const one of settings.callbacks ?? []) {
    // Keras saves after every epoch whatever the monitor says, unless it shall save the best alone.
    if (one.kind === 'modelCheckpoint' && !one.options.saveBestOnly) continue;
    const { kind } = one;
    const monitor = monitorOf(one);
    if (!monitor?.startsWith('val_')) continue;
    const cure = `Give validationSplit or validationData, or monitor '${monitor.slice(4)}'.`;
    const message = `fit: ${kind} watches ${monitor}, which is not there without validation. ${cure}`;
    return new ZifferError('invalid_config', message);
  }
  return null;
}
