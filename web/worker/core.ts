// The shape of the WebAssembly module: what src/bindings gives to JavaScript. Errors arrive as Error objects with a string
// `code`. Objects live until their `delete()`; arrays that come out are copies.

export interface Core {
  /** `configJson`: a Sequential in Keras's words. */
  createModel(configJson: string, seed: number): CoreModel;
  createDataset(
    count: number,
    height: number,
    width: number,
    channels: number,
    classes: number,
  ): CoreDataset;
  createTrainer(
    model: CoreModel,
    data: CoreDataset,
    validation: CoreDataset | null,
    optionsJson: string,
    ...sampleWeight: [weights?: Float32Array | null]
  ): CoreTrainer;
  /** Of all images, or of the first `count`, with a weight an image where one is given. */
  createEvaluator(
    model: CoreModel,
    data: CoreDataset,
    ...part: [] | [count: number, sampleWeight: Float32Array | null]
  ): CoreEvaluator;
  /** `config`: what a model says as its replica(). */
  createReplica(config: string): CoreReplica;
  parseIdxImages(bytes: Uint8Array, name: string): CoreImages;
  parseIdxLabels(bytes: Uint8Array, name: string): Uint8Array;
  /** `xy`: x, y, pressure of every point; `lengths`: points of each stroke. */
  normalizeStrokes(xy: Float32Array, lengths: Uint32Array, optionsJson: string): CoreDigit;
  selfTest(): boolean;
  /** Where the C++ stack stands. An error leaves it there, so that some ten thousand of them would use it up. */
  stackSave(): number;
  stackRestore(stack: number): void;
}

export type Pixels = Uint8Array | Float32Array;

export interface CoreModel {
  config(): string;
  /** All that a compute worker must know of the model as it is compiled. */
  replica(): string;
  /** Numbers in an image. */
  inputSize(): number;
  /** Of a forward pass of one image. */
  multiplications(): number;
  parameters(): Float32Array;
  setParameters(parameters: Float32Array): void;
  /** Initial weights of the seed; the optimizer forgets its steps. */
  reset(seed: number): void;
  /** `optionsJson`: {optimizer, loss} in Keras's words. A fit goes on with the optimizer as the last one left it. */
  compile(optionsJson: string): void;
  optimizerState(): { steps: number; slots: Float32Array[]; learningRate: number };
  setOptimizerState(state: { steps: number; slots: Float32Array[]; learningRate?: number }): void;
  predict(images: Pixels, count: number): Float32Array;
  activations(image: Pixels): { name: string; shape: number[]; values: Float32Array }[];
  saliency(image: Pixels, classIndex: number): Float32Array;
  /** The outputs of `count` training passes of one picture, each as another one of the data set. */
  augmented(image: Pixels, count: number, seed: number): Float32Array;
  delete(): void;
}

export interface CoreDataset {
  setImages(firstImage: number, pixels: Uint8Array): void;
  setLabels(first: number, labels: Uint8Array): void;
  image(index: number): Uint8Array;
  label(index: number): number;
  count(): number;
  delete(): void;
}

/** Work cut into units that may be computed here or anywhere else, in any order, with the same result. */
export interface CoreUnits {
  runUnit(unit: number): void;
  /** A fresh copy of all that the unit needs. */
  exportUnit(unit: number): Uint8Array;
  accept(result: Uint8Array): void;
}

export interface CoreTrainer extends CoreUnits {
  phase(): 'step' | 'validate' | 'finished';
  /** Cuts the next phase into units for so many workers, and says how many there are. */
  begin(workers: number): number;
  /**
   * Starts the next round of the phase, once all of its units are in: each goes on where it was begun, with what all of them
   * told. False where there is none, and `finish` comes next.
   */
  meet(): boolean;
  finish(): TrainerReport;
  /** The images of `data` needed before the first step, and before validation. */
  trainRange(): { first: number; count: number };
  validationRange(): { first: number; count: number };
  checkpoint(): Float32Array | null;
  history(): string;
  /** Ends the training at once, in the middle of a phase too; what EarlyStopping is to restore is restored. */
  stop(): void;
  /** From now on; then each epoch's is logged. */
  setLearningRate(rate: number): void;
  learningRate(): number;
  state(): Uint8Array;
  restore(state: Uint8Array): void;
  delete(): void;
}

export interface TrainerReport {
  kind: 'step' | 'epoch';
  /** 1-based. */
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  /** Of the last batch alone. */
  batch_loss: number;
  batch_accuracy: number;
  /** Means over the epoch so far. */
  loss: number;
  accuracy: number;
  /** NaN where there is none. */
  val_loss: number;
  val_accuracy: number;
  /** Of the epoch that ended, where a callback may change it; else NaN. */
  learning_rate: number;
  checkpoint: boolean;
  stopped_early: boolean;
  best_epoch: number;
  /** Steps since the run began, also where this fit goes on from a backup. */
  total_step: number;
  /** Of `compile`, where there are any; with `val_` ones where an epoch with validation ended. */
  metrics?: Record<string, number>;
}

export interface CoreEvaluator extends CoreUnits {
  /** Copies the weights that are evaluated, and says how many units there are. */
  begin(): number;
  finish(): {
    loss: number;
    accuracy: number;
    metrics?: Record<string, number>;
    confusion: Uint32Array;
    predicted: Uint8Array;
    confidence: Float32Array;
  };
  delete(): void;
}

export interface CoreReplica {
  run(task: Uint8Array): Uint8Array;
  delete(): void;
}

export interface CoreImages {
  count: number;
  height: number;
  width: number;
  channels: number;
  pixels: Uint8Array;
}

export interface CorePicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export interface CoreDigit {
  image: Uint8Array;
  empty: boolean;
  steps: {
    ink: CorePicture;
    box: { x0: number; y0: number; x1: number; y1: number };
    fitted: CorePicture;
    centered: { dx: number; dy: number; centre_x: number; centre_y: number };
    others: number;
    place: 'alone' | 'left' | 'right' | 'top' | 'bottom';
  };
}
