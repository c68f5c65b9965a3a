// Keras's callbacks as descriptions; the core carries them out.
import type {
  BackupAndRestoreOptions,
  Callback,
  EarlyStoppingOptions,
  ModelCheckpointOptions,
} from './types.ts';

/** Stops when the monitored number has not improved for `patience` epochs. */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  return { kind: 'earlyStopping', options };
}

/** Calls `onSave` with the weights after each epoch, or after each best one. */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  return { kind: 'modelCheckpoint', options };
}

/** Gives a backup after each epoch, and goes on from one: a run survives a closed page. */
export function backupAndRestore(options: BackupAndRestoreOptions): Callback {
  return { kind: 'backupAndRestore', options };
}
