// The public types of training and evaluating.
import type { CALLBACKS, CallbackKind, LearningRateSchedule, Monitor } from '../keras/callbacks.ts';
import type { SettingsIn } from '../keras/fields.ts';
import type { ZifferError } from '../protocol/errors.ts';
import type { Dataset } from './data_types.ts';
import type { FitControl } from './fit_control.ts';

export interface FitOptions {
  /** Default 32. */
  batchSize?: number;
  /** Default 1. */
  epochs?: number;
  /** The last fraction of the data, taken before shuffling; default 0. */
  validationSplit?: number;
  validationData?: Dataset;
  /** Default true. */
  shuffle?: boolean;
  /** What each class counts in the loss of training; classes that are not named count 1. Not with `sampleWeight`. */
  classWeight?: Readonly<Record<number, number>> | ReadonlyMap<number, number>;
  /** What each image of the data counts in the loss, also where it is split off to validate; metrics have no weights, as in Keras. */
  sampleWeight?: ArrayLike<number>;
  /** Default 0. Epochs are counted, and their images shuffled, as in a run that has done so many already. */
  initialEpoch?: number;
  /**
   * Default: the images once. Epochs of fewer steps go on where the last one ended; one that comes to the end of the images
   * ends there.
   */
  stepsPerEpoch?: number;
  /** Batches of the validation data that are looked at; default all. */
  validationSteps?: number;
  /** Default: batchSize. It says how many images validationSteps are. */
  validationBatchSize?: number;
  /** Epochs from one validation to the next; default 1. */
  validationFreq?: number;
  /** Of shuffling and dropout; default: the model's seed. */
  seed?: number;
  /** `auto` (default): as many as the processor has and the model gains from, at most 8. The result is the same for any number. */
  threads?: 'auto' | number;
  /** Also objects with methods such as `onEpochEnd(epoch, logs, training)`: see OwnCallback. */
  callbacks?: readonly (Callback | OwnCallback)[];
  /** At most 20 calls a second; `recent` has every step since the last call. */
  onStep?: (report: StepReport) => void;
  onEpoch?: (report: EpochReport) => void;
  /** What went wrong without ending the training, such as a lost compute worker. */
  onWarning?: (warning: ZifferError) => void;
  /** Ends the fit with code `aborted`; the weights stay as they are then. */
  signal?: AbortSignal;
  /** Pause, single step, stop: see FitControl. */
  control?: FitControl;
}

export interface EarlyStoppingOptions {
  /** Default `val_loss`. */
  monitor?: Monitor;
  /** Epochs without improvement after which training stops; default 0. */
  patience?: number;
  /** Default 0. */
  minDelta?: number;
  /** Default `auto`: `max` for accuracies, `min` for losses. */
  mode?: 'auto' | 'min' | 'max';
  /** Default false. */
  restoreBestWeights?: boolean;
}

export interface ModelCheckpointOptions {
  /** Default `val_loss`. */
  monitor?: Monitor;
  mode?: 'auto' | 'min' | 'max';
  /** Default false: after every epoch. */
  saveBestOnly?: boolean;
  onSave: (checkpoint: Checkpoint) => void;
}

export interface Checkpoint {
  /** 1-based. */
  readonly epoch: number;
  readonly logs: Logs;
  /** The flat parameters at the end of that epoch; yours to keep. */
  readonly weights: Float32Array;
}

export interface BackupAndRestoreOptions {
  /**
   * The bytes of an earlier backup: the fit goes on from there, with any number of threads, and ends in the same bits as if it had
   * never been interrupted. Model, compile settings, fit options and data must be those that it was begun with, else the fit
   * rejects with `invalid_run` and changes nothing. Bytes from anywhere are safe to give.
   */
  from?: Uint8Array | null;
  /** After each epoch but the last. */
  onBackup?: (backup: Backup) => void;
}

export interface Backup {
  /** 1-based: the epoch that has just ended. */
  readonly epoch: number;
  /** All that the rest of the run depends on; yours to keep. */
  readonly bytes: Uint8Array;
}

/** Whose options say more than their names. */
interface OwnOptions {
  readonly earlyStopping: EarlyStoppingOptions;
  readonly modelCheckpoint: ModelCheckpointOptions;
  readonly backupAndRestore: BackupAndRestoreOptions;
  readonly learningRateScheduler: LearningRateSchedulerOptions;
  readonly csvLogger: CSVLoggerOptions;
  readonly lambdaCallback: OwnCallback;
}

export interface LearningRateSchedulerOptions {
  /** The rate of an epoch, counted from 0, out of the one before it; or each epoch's rate, where the last one stays. */
  schedule: LearningRateSchedule | readonly number[];
}

/** A callback's settings in camel case. */
export type CallbackOptions<Kind extends CallbackKind> = Kind extends keyof OwnOptions
  ? OwnOptions[Kind]
  : SettingsIn<(typeof CALLBACKS)[Kind]['fields']>;

export type Callback = {
  [Kind in CallbackKind]: { readonly kind: Kind; readonly options: CallbackOptions<Kind> };
}[CallbackKind];

type Hooked = void | Promise<void>;

/**
 * A callback of one's own, as in Keras: epochs and batches count from 0. The training waits for what a method returns, so that
 * the model may be evaluated or asked meanwhile; one that throws ends the fit.
 */
export interface OwnCallback {
  onTrainBegin?(logs: object, training: TrainingHold): Hooked;
  onTrainEnd?(logs: object, training: TrainingHold): Hooked;
  onEpochBegin?(epoch: number, logs: object, training: TrainingHold): Hooked;
  onEpochEnd?(epoch: number, logs: Logs, training: TrainingHold): Hooked;
  onTrainBatchBegin?(batch: number, logs: object, training: TrainingHold): Hooked;
  /** `logs`: means over the epoch so far. */
  onTrainBatchEnd?(batch: number, logs: Logs, training: TrainingHold): Hooked;
  onBatchBegin?(batch: number, logs: object, training: TrainingHold): Hooked;
  onBatchEnd?(batch: number, logs: Logs, training: TrainingHold): Hooked;
}

/** What a callback of one's own can do to the training. */
export interface TrainingHold {
  /** Set to true: the training ends here, as EarlyStopping ends it; after a batch without the rest of its epoch. */
  stopTraining: boolean;
  /** The optimizer's; set: from the next step on, and logged. Not where the optimizer has a schedule. */
  learningRate: number;
}

export interface CSVLoggerOptions {
  filename: string;
  /** Default a comma. */
  separator?: string;
  /** Whether `text` goes on; default false. */
  append?: boolean;
  /** What the file says already. */
  text?: string;
  /** After each epoch, with all that the file says then. */
  onWrite?: (file: { readonly filename: string; readonly text: string }) => void;
}

/** Keras's logs; the `val_` pair is there where there is validation data. */
export interface Logs {
  loss: number;
  accuracy: number;
  val_loss?: number;
  val_accuracy?: number;
  /** The optimizer's in that epoch, where a callback may change it. */
  learning_rate?: number;
  /** Other metrics of `compile`, under their names. */
  [metric: string]: number | undefined;
}

export interface StepReport {
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and steps of a whole epoch. */
  readonly step: number;
  readonly steps: number;
  /** Steps done since the fit began. */
  readonly totalStep: number;
  /** Means over the epoch so far, as Keras's progress line has them. */
  readonly loss: number;
  readonly accuracy: number;
  /** Every step since the last report, oldest first; the last one is `totalStep`. */
  readonly recent: readonly RecentStep[];
  /** Wall time of a step and images trained a second, averaged since the last report; pauses are left out. */
  readonly msPerStep: number;
  readonly imagesPerSecond: number;
  /** Threads at work now. */
  readonly threads: number;
}

export interface RecentStep {
  readonly epoch: number;
  readonly totalStep: number;
  /** Means over the epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  /** Of this batch alone. */
  readonly batchLoss: number;
  readonly batchAccuracy: number;
}

export interface EpochReport {
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  readonly totalStep: number;
  readonly logs: Logs;
  /** 1-based; the epoch with the best monitored value so far. */
  readonly bestEpoch: number;
  /** Wall time of the epoch with its validation; pauses are left out. */
  readonly seconds: number;
}

/** As Keras's History: counted from 0, where reports count from 1 as Keras prints. */
export interface History {
  /** The epochs that were completed: 0, 1, … */
  readonly epoch: number[];
  /** One value an epoch; the `val_` lists are left out without validation data. */
  readonly history: {
    readonly loss: number[];
    readonly accuracy: number[];
    readonly val_loss?: number[];
    readonly val_accuracy?: number[];
    readonly learning_rate?: number[];
    /** Other metrics of `compile`, under their names. */
    readonly [metric: string]: number[] | undefined;
  };
  /** The epoch with the best monitored value; -1 where none was completed. */
  readonly bestEpoch: number;
  /** The epoch at whose end a callback such as EarlyStopping ended the training; -1 where none did. */
  readonly stoppedEpoch: number;
}

export interface EvaluateOptions {
  /** What each image counts in the loss; metrics have no weights, as in Keras. */
  sampleWeight?: ArrayLike<number>;
  /** Only the first so many batches of batchSize images; default all. */
  steps?: number;
  /** Default 32; it says how many images `steps` are. */
  batchSize?: number;
  threads?: 'auto' | number;
  signal?: AbortSignal;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  /** Other metrics of `compile`, under their names. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** [truth][prediction]: counts. */
  readonly confusion: number[][];
  readonly count: number;
  /** Per image: the predicted class and its probability. */
  readonly predicted: Uint8Array;
  readonly confidence: Float32Array;
}
