// The messages between the page and the trainer worker. A Request is settled by exactly one Reply with its id; Notices of a
// request come before its reply; a Command is not answered. Everything here can be structured-cloned.
import type { PlainError } from './errors.ts';

/** What each request carries and what its reply gives back. Models and datasets are numbered by the page. */
export interface Requests {
  /** Notices: `alive`, and progress without images while the module is fetched. */
  start: { args: StartArgs; reply: undefined };
  'model.create': {
    args: ModelArgs & { config: string; seed: number; weights: Float32Array | null };
    reply: undefined;
  };
  'model.weights': { args: ModelArgs; reply: Float32Array };
  'model.setWeights': { args: ModelArgs & { weights: Float32Array }; reply: undefined };
  'model.reset': { args: ModelArgs & { seed: number }; reply: undefined };
  /** `options`: {optimizer, loss} in Keras's words, as JSON. The optimizer starts afresh. */
  'model.compile': { args: ModelArgs & { options: string }; reply: undefined };
  'model.optimizer': { args: ModelArgs; reply: PlainOptimizerState };
  /** Weights and optimizer of one moment, also while a fit runs. */
  'model.snapshot': { args: ModelArgs; reply: PlainSnapshot };
  'model.setOptimizer': { args: ModelArgs & { state: PlainOptimizerState }; reply: undefined };
  'model.predict': {
    args: ModelArgs & { images: Uint8Array | Float32Array; count: number };
    reply: Float32Array;
  };
  'model.activations': {
    args: ModelArgs & { image: Uint8Array | Float32Array };
    reply: PlainActivation[];
  };
  /** Weights and activations of one moment, also while a fit runs. */
  'model.inspect': {
    args: ModelArgs & { image: Uint8Array | Float32Array };
    reply: PlainInspection;
  };
  'model.saliency': {
    args: ModelArgs & { image: Uint8Array | Float32Array; classIndex: number };
    reply: Float32Array;
  };
  'model.dispose': { args: ModelArgs; reply: undefined };
  /** Settles when the manifest and the first images are known to be good, or never were needed yet (`lazy`). */
  'data.open': { args: DataArgs & { source: DataSource; lazy: boolean }; reply: DataInfo };
  /** Settles when all has arrived; starts or restarts loading. Progress notices. */
  'data.ready': { args: DataArgs; reply: undefined };
  'data.images': { args: DataArgs & { indices: Uint32Array }; reply: Uint8Array };
  'data.labels': { args: DataArgs & { first: number; count: number }; reply: Uint8Array };
  'data.dispose': { args: DataArgs; reply: undefined };
  fit: { args: ModelArgs & FitArgs; reply: PlainTrained };
  evaluate: { args: ModelArgs & DataArgs & EvaluateArgs; reply: PlainEvaluation };
  'ink.strokes': { args: StrokesArgs; reply: PlainDigit };
}

export type RequestType = keyof Requests;
export type Args<T extends RequestType> = Requests[T]['args'];
export type Reply<T extends RequestType> = Requests[T]['reply'];

/** The union of all requests: `{ kind: 'request', id, type, …args }`. */
export type Request = {
  [T in RequestType]: { kind: 'request'; id: number; type: T } & Args<T>;
}[RequestType];
export type RequestOf<T extends RequestType> = Extract<Request, { type: T }>;

/** To a request in progress, by its id, or about the compute workers; not answered. */
export type Command =
  | { kind: 'command'; type: 'cancel'; id: number }
  | { kind: 'command'; type: 'fit'; id: number; action: FitAction }
  /** A fit that waits for the page goes on, or stops; with this learning rate, or its own. */
  | { kind: 'command'; type: 'turn'; id: number; stop: boolean; rate: number | null }
  /** The page's compute worker number `worker`, at the other end of `port`; null if it could not be started. */
  | { kind: 'command'; type: 'compute.port'; worker: number; port: MessagePort | null }
  | { kind: 'command'; type: 'compute.lost'; worker: number };

export type FitAction = 'pause' | 'resume' | 'step' | 'stop';

export type ToWorker = Request | Command;

/** The one settlement of a request. */
export type Settlement =
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: PlainError };

/** What happens while a request is in progress. */
export type Notice =
  /** The worker holds the lock of its life. */
  | { kind: 'notice'; id: number; type: 'alive' }
  | { kind: 'notice'; id: number; type: 'progress'; progress: PlainProgress }
  | { kind: 'notice'; id: number; type: 'step'; report: PlainStep }
  | { kind: 'notice'; id: number; type: 'epoch'; report: PlainEpoch }
  | {
      kind: 'notice';
      id: number;
      type: 'checkpoint';
      epoch: number;
      logs: PlainLogs;
      weights: Float32Array;
    }
  | { kind: 'notice'; id: number; type: 'turn'; turn: PlainTurn }
  | { kind: 'notice'; id: number; type: 'backup'; epoch: number; bytes: Uint8Array }
  | { kind: 'notice'; id: number; type: 'warning'; error: PlainError };

/** Where workers cannot start workers, the page does it for them. */
export type Wish =
  | { kind: 'wish'; type: 'compute.start'; worker: number }
  | { kind: 'wish'; type: 'compute.end'; worker: number };

/** The worker's last word: it can do nothing any more, and what waits for it is lost. */
export type Farewell = { kind: 'lost'; error: PlainError };

export type FromWorker = Settlement | Notice | Wish | Farewell;

export interface StartArgs {
  /** Absolute URLs. */
  wasmUrl: string;
  scalarWasmUrl: string;
  workerUrl: string;
  /** For environments that hide it, else navigator.hardwareConcurrency. */
  cores: number;
  /** The name of a lock that the worker holds as long as it lives. */
  life: string;
}

export interface ModelArgs {
  model: number;
}

export interface DataArgs {
  data: number;
}

export type Threads = 'auto' | number;

export type FileRef = { url: string } | { blob: Blob };

export type DataSource =
  /** The first `count` images of a set of the manifest in folder `base` (absolute, slash at the end). */
  | { kind: 'mnist'; base: string; set: 'train' | 'test'; count: number }
  /** `count`: only the first so many; null for all. */
  | {
      kind: 'idx';
      images: FileRef;
      labels: FileRef;
      classes: number | null;
      count: number | null;
    }
  /** Sets that are open already, by their ids, one after the other. */
  | { kind: 'joined'; parts: number[] };

export interface DataInfo {
  count: number;
  height: number;
  width: number;
  channels: number;
  classes: number;
}

export interface PlainProgress {
  loadedBytes: number;
  totalBytes: number;
  loadedImages: number;
  totalImages: number;
}

/** The slots as src/training/optimizer.hpp lists them; unused ones are empty. */
export interface PlainOptimizerState {
  steps: number;
  slots: Float32Array[];
  /** Left out: the compiled one. */
  learningRate?: number;
}

export interface PlainSnapshot {
  weights: Float32Array;
  optimizer: PlainOptimizerState;
}

export interface FitArgs {
  data: number;
  validation: number | null;
  /** The trainer's options in Keras's words, as JSON. */
  options: string;
  threads: Threads;
  /** Whether checkpoint notices are wanted. */
  checkpoints: boolean;
  /** Whether backup notices are wanted: all that the rest of the run depends on, after each epoch but the last. */
  backups: boolean;
  /** The bytes of a backup notice to go on from. */
  from: Uint8Array | null;
  /** One number an image of `data`. */
  sampleWeight?: Float32Array | null;
  /** After what the worker waits for the page's own callbacks; left out: after nothing. */
  turns?: 'epochs' | 'batches';
  /** What the controls were told before, so that a fit which is to wait does no step. */
  actions: readonly FitAction[];
}

export interface EvaluateArgs {
  threads: Threads;
  /** Only the first so many images. */
  count?: number;
  sampleWeight?: Float32Array | null;
}

/** Where a fit waits for the page's own callbacks, which a `turn` command answers. */
export interface PlainTurn {
  at: 'epoch' | 'batch';
  /** From 0: the epoch and the batch that ended; at the very beginning the one before the first. */
  epoch: number;
  batch: number;
  /** Null at the very beginning. */
  logs: PlainLogs | null;
  /** Whether another batch, or another epoch, follows. */
  more: boolean;
  learningRate: number;
}

export interface StrokesArgs {
  /** x, y, pressure of every point of every stroke, and the number of points of each stroke. */
  points: Float32Array;
  lengths: Uint32Array;
  options: string;
}

export interface PlainActivation {
  name: string;
  shape: number[];
  values: Float32Array;
}

export interface PlainInspection {
  weights: Float32Array;
  activations: PlainActivation[];
}

export interface PlainLogs {
  loss: number;
  accuracy: number;
  val_loss?: number;
  val_accuracy?: number;
  /** Where a callback may change it. */
  learning_rate?: number;
  /** Other metrics, under their names. */
  [metric: string]: number | undefined;
}

export interface PlainRecentStep {
  epoch: number;
  totalStep: number;
  loss: number;
  accuracy: number;
  batchLoss: number;
  batchAccuracy: number;
}

export interface PlainStep {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  totalStep: number;
  loss: number;
  accuracy: number;
  recent: PlainRecentStep[];
  msPerStep: number;
  imagesPerSecond: number;
  threads: number;
}

export interface PlainEpoch {
  epoch: number;
  epochs: number;
  totalStep: number;
  logs: PlainLogs;
  bestEpoch: number;
  seconds: number;
}

export interface PlainHistory {
  epoch: number[];
  history: {
    loss: number[];
    accuracy: number[];
    val_loss?: number[];
    val_accuracy?: number[];
    learning_rate?: number[];
    [metric: string]: number[] | undefined;
  };
  bestEpoch: number;
  stoppedEpoch: number;
}

/** The weights are the page's copy, should the worker be lost. */
export interface PlainTrained {
  history: PlainHistory;
  weights: Float32Array;
}

export interface PlainEvaluation {
  loss: number;
  accuracy: number;
  /** Other metrics, under their names. */
  metrics?: Record<string, number>;
  confusion: Uint32Array;
  predicted: Uint8Array;
  confidence: Float32Array;
}

export interface PlainPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export interface PlainDigit {
  image: Uint8Array;
  empty: boolean;
  steps: {
    ink: PlainPicture;
    box: { x0: number; y0: number; x1: number; y1: number };
    fitted: PlainPicture;
    centered: { dx: number; dy: number; centreX: number; centreY: number };
    others: number;
    place: 'alone' | 'left' | 'right' | 'top' | 'bottom';
  };
}
