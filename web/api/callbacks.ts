// Keras's callbacks as descriptions; the core carries them out. Settings may stand in the order of Keras's arguments.
import { CALLBACKS, type CallbackKind } from '../keras/callbacks.ts';
import { given } from '../keras/given.ts';
import type { Spelled } from '../keras/types.ts';
import { guarded } from './border.ts';
import type {
  BackupAndRestoreOptions,
  Callback,
  EarlyStoppingOptions,
  ModelCheckpointOptions,
  Monitor,
} from './types.ts';

/** A callback of that kind, checked. Errors: `invalid_config`, `invalid_argument`. */
export function callbackOf(kind: CallbackKind, args: readonly unknown[]): Callback {
  const { fields, example } = CALLBACKS[kind];
  return { kind, options: given(kind, fields, args, example) } as unknown as Callback;
}

interface EarlyStopping {
  (options?: Spelled<EarlyStoppingOptions>): Callback;
  (monitor: Monitor, minDelta?: number, patience?: number): Callback;
  (monitor: Monitor, options: Spelled<EarlyStoppingOptions>): Callback;
}

/** Stops when the monitored number has not improved for `patience` epochs. Errors: `invalid_config`. */
export const earlyStopping: EarlyStopping = guarded((...args: unknown[]) =>
  callbackOf('earlyStopping', args),
);

/** Calls `onSave` with the weights after each epoch, or after each best one. Errors: `invalid_config`. */
export const modelCheckpoint: (options: Spelled<ModelCheckpointOptions>) => Callback = guarded(
  (...args: unknown[]) => callbackOf('modelCheckpoint', args),
);

/** Gives a backup after each epoch, and goes on from one: a run survives a closed page. Errors: `invalid_config`, `invalid_argument`. */
export const backupAndRestore: (options: Spelled<BackupAndRestoreOptions>) => Callback = guarded(
  (...args: unknown[]) => callbackOf('backupAndRestore', args),
);
