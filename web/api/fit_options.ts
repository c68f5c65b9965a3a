// What `fit` and `evaluate` are told, read from a call.
import { CALLBACKS, callbackOf, monitorOf, VERBOSE } from '../keras/callbacks.ts';
import { callback, count, type Fields, flag, idle, number } from '../keras/fields.ts';
import { isPlain } from '../keras/reader.ts';
import { ZifferError } from '../protocol/errors.ts';
import { options, refuse, SIGNAL, THREADS, whole } from './arguments.ts';
import { DatasetHandle } from './dataset.ts';
import { FitControl } from './fit_control.ts';
import type { Callback, EvaluateOptions, FitOptions } from './types.ts';

const MOST_CALLBACKS = 64;

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
  class_weight: idle(null),
  sample_weight: idle(null),
  initial_epoch: idle(0),
  steps_per_epoch: idle(null),
  validation_steps: idle(null),
  validation_batch_size: idle(null),
  validation_freq: idle(1),
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
  threads: THREADS,
  signal: SIGNAL,
};

/** Errors: `invalid_config`, `invalid_argument`. */
export function fitOptionsOf(value: unknown): FitOptions {
  return options('fit', FIT, value, '{ batchSize: 32, epochs: 5 }') as FitOptions;
}

/** Errors: `invalid_config`, `invalid_argument`. */
export function evaluateOptionsOf(value: unknown): EvaluateOptions {
  return options('evaluate', EVALUATE, value, '{ threads: 2 }') as EvaluateOptions;
}

/** Keras takes one without a list, too. */
function callbacksOf(value: unknown): Callback[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > MOST_CALLBACKS) refuse('fit', `at most ${MOST_CALLBACKS} callbacks`, list);
  const known = Object.keys(CALLBACKS) as (keyof typeof CALLBACKS)[];
  const found = Array.from(list, (item) => {
    const kind = isPlain(item) ? known.find((name) => name === item.kind) : undefined;
    const expected = `callbacks such as ${CALLBACKS.earlyStopping.example}`;
    if (!kind) return refuse('fit', expected, item);
    return callbackOf(kind, [(item as { options?: unknown }).options]) as Callback;
  });
  for (const kind of known) {
    const times = found.filter((one) => one.kind === kind).length;
    if (times > 1) {
      throw new ZifferError('invalid_config', `fit: expected at most one ${kind}, got ${times}.`);
    }
  }
  return found;
}

/** What a callback watches and this fit does not have; null where all is there. */
export function unwatched(settings: FitOptions): ZifferError | null {
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
