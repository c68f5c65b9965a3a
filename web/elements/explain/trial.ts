// One layer by itself, as a model of its own: what other pooling, or another kernel, makes of the same numbers. The core computes
// it as it does every model.

import { explain } from '../../api/explain.ts';
import {
  type Explanation,
  type Images,
  type Inspection,
  type LayerSpec,
  type Sequential,
  sequential,
} from '../../api/index.ts';

export class Trial {
  #key = '';
  #model: Sequential | null = null;
  #input: Images | null = null;
  #weights: Float32Array | null = null;
  #seen: Inspection | null = null;
  #busy = false;

  /** `changed` is called when there is something new to show. */
  constructor(private readonly changed: () => void) {}

  /** What it made last of what it was asked, or null; asks anew where something else is wanted. */
  of(
    layer: LayerSpec,
    inputShape: readonly number[],
    input: Images,
    weights: Float32Array | null,
  ): Inspection | null {
    const key = JSON.stringify([layer, inputShape]);
    const same = key === this.#key;
    if (!same) this.#begin(key, layer, inputShape);
    if (!same || input !== this.#input || !equal(weights, this.#weights)) {
      this.#input = input;
      this.#weights = weights;
      if (!this.#busy) void this.#run();
    }
    return this.#seen;
  }

  /** One of its numbers; null before there are any. */
  explain(place: { row: number; column: number; channel: number }): Explanation | null {
    if (!this.#model || !this.#input || !this.#seen) return null;
    return explain(this.#model, this.#input, this.#seen, { layer: 0, ...place });
  }

  end(): void {
    this.#model?.dispose();
    this.#model = null;
    this.#key = '';
    this.#seen = null;
  }

  #begin(key: string, layer: LayerSpec, inputShape: readonly number[]): void {
    this.end();
    this.#key = key;
    const first = { ...layer, config: { ...layer.config, inputShape } } as LayerSpec;
    this.#model = sequential({ layers: [first] });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    const [model, input, weights] = [this.#model, this.#input, this.#weights];
    try {
      if (!model || !input) return;
      if (weights) await model.setWeights(weights);
      const seen = await model.inspect(input);
      if (model === this.#model) this.#seen = seen;
    } catch {
      // Disposed of meanwhile; whoever trains reports what happened to the worker.
    } finally {
      this.#busy = false;
    }
    this.changed();
    if (model !== this.#model || input !== this.#input || weights !== this.#weights) {
      if (this.#model) void this.#run();
    }
  }
}

function equal(a: Float32Array | null, b: Float32Array | null): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((v, i) => v === b[i]);
}
