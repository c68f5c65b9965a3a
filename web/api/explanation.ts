// What `model.explain` says of one number of a layer's output.
import type { LayerClass } from '../keras/layers.ts';
import type { Activation } from '../keras/types.ts';

/** One number of a layer's output. Outside the output: `invalid_argument`. */
export interface ExplainPlace {
  /** The layer's name, or its number from 0. */
  layer: string | number;
  /** Of an output [height, width, channels]; default 0. Of an output [rows, units] `row` counts the rows. */
  row?: number;
  column?: number;
  /** The filter or unit; default 0. */
  channel?: number;
}

/**
 * How the number comes about: `sum`: of products, and a bias · `max`: the largest of the window · `mean` of the window ·
 * `scale`: input times kernel, plus bias · `each`: the activation of the one input · `same`: the one input as it is ·
 * `moved`: the layer only lays its inputs out anew, or interpolates between them; it has no inputs here.
 */
export type ExplainRule = 'sum' | 'max' | 'mean' | 'scale' | 'each' | 'same' | 'moved';

/** `inputs`, `kernel` and `products` have `shape`, the last axis innermost. Every number is one that the core computes with. */
export interface Explanation {
  readonly layer: string;
  readonly className: LayerClass;
  readonly rule: ExplainRule;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  /** The window: [height, width, channels]; of a Dense [1, 1, inputs]. */
  readonly shape: readonly [number, number, number];
  /** 0 where the window reaches beyond the layer's input. Of SeparableConv2D the sums of its depthwise half. */
  readonly inputs: Float32Array;
  /** Where each input stands in the layer's input, in numbers from its beginning; -1: beyond it, or of SeparableConv2D. */
  readonly places: Int32Array;
  /** Weights; of `mean` 1 / n each, of `max` 1 at the largest (the first of equal ones) and 0 elsewhere. */
  readonly kernel: Float32Array;
  readonly products: Float32Array;
  /** Of the products, without the bias. */
  readonly sum: number;
  readonly bias: number;
  /** What the activation gets, as the core adds it up in single precision: the bias first, then one product after the other. */
  readonly preActivation: number;
  /** Before the activation, of all units of this place, where it is softmax or log_softmax; else null. */
  readonly logits: Float32Array | null;
  readonly activationName: Activation;
  /** The output: the number that `activations` has at this place. */
  readonly activation: number;
}

/** Weights and every layer's output of one moment, also while `fit` runs. */
export interface Inspection {
  readonly weights: Float32Array;
  readonly activations: readonly LayerActivation[];
}

export interface LayerActivation {
  readonly name: string;
  /** Without batch axis. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
