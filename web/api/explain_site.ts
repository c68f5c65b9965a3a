// What the parts of `explain` share: a place of a layer with all that its number is made of, and what a rule finds there.
import type { LayerInfo } from '../keras/layers.ts';
import type { Activation, WeightRegion } from '../keras/types.ts';
import type { ExplainRule } from './explanation.ts';

/** What a rule knows of the layer and its place. */
export interface Site {
  readonly info: LayerInfo;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly weights: Float32Array;
  readonly input: Float32Array;
  readonly output: Float32Array;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** What a rule finds; the rest follows from it. */
export interface Terms {
  readonly rule: ExplainRule;
  readonly shape: readonly [number, number, number];
  readonly inputs: Float32Array;
  readonly places: Int32Array;
  readonly kernel: Float32Array;
  readonly bias?: number;
  /** Where it is not what the terms add up to, beginning with the bias. */
  readonly preActivation?: number;
  readonly activation?: Activation;
  readonly logits?: Float32Array | null;
}

/** As the core adds up: in single precision, one after the other. */
export function addUp(first: number, terms: Float32Array): number {
  let sum = Math.fround(first);
  for (const term of terms) sum = Math.fround(sum + term);
  return sum;
}

/** Where a place's number stands in the output. */
export function at({ info, row, column, channel }: Site): number {
  const [, width = 1] = info.outputShape.length === 3 ? info.outputShape : [];
  const channels = info.outputShape.at(-1) ?? 1;
  return (row * width + column) * channels + channel;
}

export function regionOf(site: Site, name: WeightRegion['name']): Float32Array | null {
  const region = site.info.regions.find((r) => r.name === name);
  if (!region) return null;
  const size = region.shape.reduce((n, d) => n * d, 1);
  return site.weights.subarray(region.offset, region.offset + size);
}
