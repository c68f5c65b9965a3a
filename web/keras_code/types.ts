// What `readKeras` gives back.
import type { LayerSpec } from '../keras/layers.ts';
import type { MetricSpec } from '../keras/metrics.ts';
import type { Place } from './source.ts';

export interface Note extends Place {
  /** The line itself, at most 200 characters. */
  readonly text: string;
  /** In words, such as "Lambda layers are not supported". */
  readonly reason: string;
  /** It would change the result: the model is not the script's without it. */
  readonly blocking: boolean;
}

/** A word to the author: the script runs, but may not do what was meant. */
export interface Hint extends Place {
  readonly code: HintCode;
  readonly text: string;
}

export const HINT_CODES = [
  'adadelta-rate',
  'raw-pixels',
  'logits-as-probabilities',
  'softmax-twice',
  'classes',
  'accuracy-with-mse',
  'validated-on-test',
  'strides-by-position',
] as const;
export type HintCode = (typeof HINT_CODES)[number];

/** As `compile` of the API takes it. */
export interface ReadCompile {
  readonly optimizer: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly loss: string | ({ readonly name: string } & Readonly<Record<string, unknown>>);
  /** Words, and the settings of what is no word alone. The accuracies of a label are `accuracy`. */
  readonly metrics: readonly (string | MetricSpec)[];
}

export interface ReadCallback {
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** As `fit` of the API takes it, but for the data. */
export interface ReadFit {
  readonly batchSize: number;
  readonly epochs: number;
  /** The last share of the training images; 0 where there is none. */
  readonly validationSplit: number;
  /** Whether it is validated on the test images. */
  readonly validationData: 'test' | null;
  readonly shuffle: boolean;
  /** The others are there where the script says something else than Keras's defaults. */
  readonly classWeight?: Readonly<Record<number, number>>;
  readonly initialEpoch?: number;
  readonly stepsPerEpoch?: number;
  readonly validationSteps?: number;
  readonly validationBatchSize?: number;
  readonly validationFreq?: number;
  readonly callbacks: readonly ReadCallback[];
}

export interface ReadData {
  /** `mnist`, `fashion_mnist`, … */
  readonly source: string;
  /** Training images, from the first; validation's are among them. */
  readonly trainCount: number;
  /** Of one image, as the model gets it; axes as in the script. */
  readonly shape: readonly number[];
  /** A pixel of 0–255 becomes `pixel · scale + offset`. */
  readonly scale: number;
  readonly offset: number;
  /** Zeros around each picture, where there are some. */
  readonly pad?: readonly [rows: number, columns: number];
  readonly labels: 'integers' | 'one-hot';
  /** ImageDataGenerator's settings where they change pictures, as `layers.imageDataGenerator` takes them. */
  readonly augmentation: Readonly<Record<string, unknown>> | null;
}

export interface ReadModel extends Place {
  /** As the script calls it; a second one of that name is `model_2`. */
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly compile: ReadCompile | null;
  readonly fit: ReadFit | null;
  readonly data: ReadData | null;
  /** What concerns this model or all of the script. */
  readonly unread: readonly Note[];
  readonly hints: readonly Hint[];
  /** Where its parts stand in the code, in characters from its beginning; of a notebook, of its cells joined. */
  readonly places: ReadPlaces;
}

export interface ReadPlaces {
  /** The call of each layer; of one that a loop makes, the same again. */
  readonly layers: readonly Span[];
  readonly compile: Span | null;
  readonly fit: Span | null;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface KerasReading extends ReadModel {
  /** All of the script's models in their order; the reading itself is the chosen one's. */
  readonly models: readonly ReadModel[];
  /** What nothing depends on: plots, prints, what is saved. */
  readonly skipped: readonly Note[];
}

export interface ReadKerasOptions {
  /** The name of one of `models`; default: the last that is fitted, else compiled, else built. */
  readonly model?: string;
}
