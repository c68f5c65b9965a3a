// The callbacks there are: their settings with Keras's defaults, in the order of Keras's arguments. A new one is an entry of this list,
// and a maker in web/api/callbacks.ts.

import { ZifferError } from '../protocol/errors.ts';
import {
  callback,
  count,
  type Fields,
  flag,
  idle,
  kindOf,
  limit,
  number,
  oneOf,
} from './fields.ts';
import { given } from './given.ts';
import { camelCase, snakeCase } from './names.ts';
import { shown } from './reader.ts';

export const MONITORS = ['loss', 'accuracy', 'val_loss', 'val_accuracy'] as const;
export type Monitor = (typeof MONITORS)[number];
const MODES = ['auto', 'min', 'max'] as const;

/** What is printed in Python and nowhere here. */
export const VERBOSE = idle(0, 1, 2, 'auto', true, false);

const isBytes = (value: unknown) =>
  value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]';

const isScheduling = (value: unknown) =>
  typeof value === 'function' ||
  (Array.isArray(value) && value.length <= MOST_EPOCHS && value.every(isRate));

/** So many epochs have a rate of their own at most. */
const MOST_EPOCHS = 1024;
const isRate = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1e6;

export type LearningRateSchedule = (epoch: number, learningRate: number) => number;

/** A schedule's answers for all epochs, asked as Keras asks: with 32-bit rates. Errors: `invalid_config`, `invalid_argument`. */
export function ratesOf(
  schedule: LearningRateSchedule | readonly number[],
  epochs: number,
  first: number,
  from = 0,
): readonly number[] {
  if (typeof schedule !== 'function') return schedule;
  if (epochs > MOST_EPOCHS)
    throw new ZifferError(
      'invalid_config',
      `fit: learningRateScheduler gives at most ${MOST_EPOCHS} epochs their rates, got ${epochs}.`,
    );
  // Those of the epochs before the initial one are not asked for, and never used.
  const rates: number[] = new Array(Math.min(from, epochs)).fill(first);
  let rate = first;
  for (let epoch = from; epoch < epochs; epoch++) {
    const asked = answerOf(schedule, epoch, rate);
    if (!isRate(asked)) {
      const message = `fit: the schedule of learningRateScheduler gave ${shown(asked)} for epoch ${epoch}. Return a rate from 0 to 1000000.`;
      throw new ZifferError('invalid_config', message);
    }
    rates.push(asked);
    rate = Math.fround(asked);
  }
  return rates;
}

function answerOf(schedule: LearningRateSchedule, epoch: number, rate: number): number {
  try {
    return schedule(epoch, rate);
  } catch (cause) {
    const message = `fit: the schedule of learningRateScheduler threw: ${cause instanceof Error ? cause.message : shown(cause)}.`;
    throw new ZifferError('invalid_argument', message, { cause });
  }
}

/** What a callback of the page's own may be asked, in the order of Keras's LambdaCallback. */
export const HOOKS = [
  'onEpochBegin',
  'onEpochEnd',
  'onTrainBegin',
  'onTrainEnd',
  'onTrainBatchBegin',
  'onTrainBatchEnd',
  'onBatchBegin',
  'onBatchEnd',
] as const;
export type Hook = (typeof HOOKS)[number];

const isText = (value: unknown) => typeof value === 'string';

/** A number that the watched one must be better than, or none. */
const threshold = () => limit({ min: -1e9, max: 1e9 });

export const CALLBACKS = {
  earlyStopping: {
    className: 'EarlyStopping',
    example: "earlyStopping({ monitor: 'val_loss', patience: 3 })",
    fields: {
      monitor: oneOf(MONITORS, 'val_loss'),
      min_delta: number(0, { min: -1e9, max: 1e9 }),
      patience: count(0, 1e6, 0),
      verbose: VERBOSE,
      mode: oneOf(MODES, 'auto'),
      baseline: threshold(),
      restore_best_weights: flag(false),
      start_from_epoch: count(0, 1e6, 0),
    },
  },
  modelCheckpoint: {
    className: 'ModelCheckpoint',
    example: "modelCheckpoint({ monitor: 'val_loss', saveBestOnly: true, onSave })",
    fields: {
      // A page has no files: what shall happen with the weights stands where Keras has a path.
      on_save: callback({ required: true }),
      monitor: oneOf(MONITORS, 'val_loss'),
      verbose: VERBOSE,
      save_best_only: flag(false),
      save_weights_only: VERBOSE,
      mode: oneOf(MODES, 'auto'),
      save_freq: idle('epoch'),
      initial_value_threshold: threshold(),
    },
  },
  reduceLROnPlateau: {
    className: 'ReduceLROnPlateau',
    example: "reduceLROnPlateau({ monitor: 'val_loss', factor: 0.2, patience: 5 })",
    fields: {
      monitor: oneOf(MONITORS, 'val_loss'),
      factor: number(0.1, { min: 0, max: 0.9999999 }),
      patience: count(0, 1e6, 10),
      verbose: VERBOSE,
      mode: oneOf(MODES, 'auto'),
      min_delta: number(1e-4, { min: -1e9, max: 1e9 }),
      cooldown: count(0, 1e6, 0),
      min_lr: number(0, { min: 0, max: 1e6 }),
    },
  },
  terminateOnNaN: {
    className: 'TerminateOnNaN',
    example: 'terminateOnNaN()',
    fields: { raise_error: flag(false) },
  },
  learningRateScheduler: {
    className: 'LearningRateScheduler',
    example: 'learningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate * 0.9))',
    fields: {
      // Or its answers, by epoch: what the core is told.
      schedule: {
        ...kindOf('a function of epoch and rate, or a list of rates', isScheduling),
        kind: 'numbers',
        required: true,
      },
      verbose: VERBOSE,
    },
  },
  csvLogger: {
    className: 'CSVLogger',
    example: "csvLogger('log.csv', { onWrite })",
    fields: {
      filename: kindOf('a name', isText, { required: true }),
      separator: kindOf('a text', isText),
      append: kindOf('true or false', (value) => typeof value === 'boolean'),
      // A page has no files: the text so far, and what shall happen with it.
      text: kindOf('a text', isText),
      on_write: callback({ none: true }),
    },
  },
  lambdaCallback: {
    className: 'LambdaCallback',
    example: 'lambdaCallback({ onEpochEnd: (epoch, logs, training) => {} })',
    fields: Object.fromEntries(HOOKS.map((hook) => [snakeCase(hook), callback({ none: true })])),
  },
  backupAndRestore: {
    className: 'BackupAndRestore',
    example: 'backupAndRestore({ from: kept, onBackup })',
    fields: {
      from: kindOf('the Uint8Array of a backup', isBytes, { none: true }),
      on_backup: callback({ none: true }),
      save_freq: idle('epoch'),
    },
  },
} as const satisfies Record<string, { className: string; example: string; fields: Fields }>;

export type CallbackKind = keyof typeof CALLBACKS;

interface Told<Kind extends CallbackKind = CallbackKind> {
  readonly kind: Kind;
  readonly options: object;
}

/** A callback of that kind as a call gives it, checked. Errors: `invalid_config`, `invalid_argument`. */
export function callbackOf<Kind extends CallbackKind>(
  kind: Kind,
  args: readonly unknown[],
): Told<Kind> {
  const { fields, example } = CALLBACKS[kind];
  return { kind, options: given(kind, fields, args, example) };
}

/** What the core is told of it; null where the page does all of it. */
export function settingsInKeras({ kind, options }: Told): Record<string, unknown> | null {
  const told = options as Readonly<Record<string, unknown>>;
  const fields: Fields = CALLBACKS[kind].fields;
  const keys = Object.keys(fields).filter((key) => !ofPage(fields[key]!));
  if (keys.length === 0) return null;
  return Object.fromEntries(keys.map((key) => [key, told[camelCase(key)]]));
}

/** Functions and bytes, and what is no setting of its own. */
const ofPage = ({ kind, fixed }: Fields[string]) => kind === 'other' || fixed !== undefined;

/** What it watches; null where it watches nothing. */
export function monitorOf({ kind, options }: Told): Monitor | null {
  if (!Object.hasOwn(CALLBACKS[kind].fields, 'monitor')) return null;
  return (options as { monitor?: Monitor }).monitor ?? 'val_loss';
}
