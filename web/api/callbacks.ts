// Keras's callbacks as descriptions; the core carries them out. Settings may stand in the order of Keras's arguments.
import { type CallbackKind, callbackOf, type LearningRateSchedule } from '../keras/callbacks.ts';
import type { Spelled } from '../keras/types.ts';
import { guarded } from './border.ts';
import type {
  BackupAndRestoreOptions,
  Callback,
  CallbackOptions,
  CSVLoggerOptions,
  EarlyStoppingOptions,
  ModelCheckpointOptions,
  Monitor,
  OwnCallback,
} from './types.ts';

/** Every maker throws `invalid_config`, and `invalid_argument` for what cannot be read. */
function maker<Call>(kind: CallbackKind): Call {
  return guarded((...args: unknown[]) => callbackOf(kind, args)) as Call;
}

interface EarlyStopping {
  (options?: Spelled<EarlyStoppingOptions>): Callback;
  (monitor: Monitor, minDelta?: number, patience?: number): Callback;
  (monitor: Monitor, options: Spelled<EarlyStoppingOptions>): Callback;
}

/** Stops when the monitored number has not improved for `patience` epochs. */
export const earlyStopping = maker<EarlyStopping>('earlyStopping');

/** Calls `onSave` with the weights after each epoch, or after each best one. */
export const modelCheckpoint =
  maker<(options: Spelled<ModelCheckpointOptions>) => Callback>('modelCheckpoint');

/** Multiplies the learning rate by `factor` when the monitored number has not improved for `patience` epochs. */
export const reduceLROnPlateau =
  maker<(options?: Spelled<CallbackOptions<'reduceLROnPlateau'>>) => Callback>('reduceLROnPlateau');

/** Sets each epoch's learning rate before it begins; all are asked for when a fit begins. */
export const learningRateScheduler = maker<{
  (options: Spelled<CallbackOptions<'learningRateScheduler'>>): Callback;
  (schedule: LearningRateSchedule | readonly number[]): Callback;
}>('learningRateScheduler');

/** Gives a backup after each epoch, and goes on from one: a run survives a closed page. */
export const backupAndRestore =
  maker<(options: Spelled<BackupAndRestoreOptions>) => Callback>('backupAndRestore');

/** Ends the training where a batch's loss is no finite number; without it, or with `raiseError`, the fit rejects with `not_finite`. */
export const terminateOnNaN =
  maker<(options?: Spelled<CallbackOptions<'terminateOnNaN'>>) => Callback>('terminateOnNaN');

/** Writes a line for each epoch, as Keras does; `onWrite` gets the whole file each time. */
export const csvLogger = maker<{
  (options: Spelled<CSVLoggerOptions>): Callback;
  (filename: string, options: Spelled<Omit<CSVLoggerOptions, 'filename'>>): Callback;
}>('csvLogger');

/** One's own functions; an object with such methods may also stand in `callbacks` itself. */
export const lambdaCallback = maker<(options: OwnCallback) => Callback>('lambdaCallback');
