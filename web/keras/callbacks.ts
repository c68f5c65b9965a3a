// The callbacks there are: their settings with Keras's defaults, in the order of Keras's arguments. A new one is an entry of this list.
import { callback, count, type Fields, flag, idle, kindOf, number, oneOf } from './fields.ts';

export const MONITORS = ['loss', 'accuracy', 'val_loss', 'val_accuracy'] as const;
export type Monitor = (typeof MONITORS)[number];
const MODES = ['auto', 'min', 'max'] as const;

/** What is printed in Python and nowhere here. */
export const VERBOSE = idle(0, 1, 2, 'auto', true, false);

const isBytes = (value: unknown) =>
  value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]';

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
      baseline: idle(null),
      restore_best_weights: flag(false),
      start_from_epoch: idle(0),
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
      initial_value_threshold: idle(null),
    },
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
