// What the network sees in the current digit: every layer's output and the weights, alive while it trains, and only while
// a panel shows them.
import type { LayerActivation, Sequential } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import type { Digit } from './digit.ts';
import { type Occlusion, occlude } from './occlusion.ts';

/** A picture five times a second looks alive and leaves the processor to the training. */
const PERIOD = 200;
/** An occlusion map takes 145 predictions. */
const OCCLUSION_PERIOD = 1000;

export class Look extends Observable {
  /** One a layer; null without a digit. */
  activations: readonly LayerActivation[] | null = null;
  /** What they were computed of. */
  image: Uint8Array | null = null;
  weights: Float32Array | null = null;
  /** How much each pixel matters for `saliencyOf`, the digit that is read. */
  saliency: Float32Array | null = null;
  saliencyOf = 0;
  /** What covering parts of the digit does. */
  occlusion: Occlusion | null = null;
  #occluded = 0;
  #model: Sequential | null = null;
  #watchers = 0;
  #saliencyWatchers = 0;
  #busy = false;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #occlusionTimer: ReturnType<typeof setTimeout> | null = null;
  #image: Uint8Array | null = null;

  constructor(private readonly digit: Digit) {
    super();
    digit.subscribe(() => {
      if (this.#image !== digit.image) this.refresh();
    });
  }

  set model(model: Sequential | null) {
    this.#model = model;
    this.weights = null;
    this.activations = null;
    this.image = null;
    this.saliency = null;
    this.occlusion = null;
    this.changed();
    this.refresh();
  }

  get model(): Sequential | null {
    return this.#model;
  }

  /** A panel shows this from now on, until it calls what it gets. */
  watch(saliency = false): () => void {
    this.#watchers++;
    if (saliency) this.#saliencyWatchers++;
    this.refresh();
    return () => {
      this.#watchers--;
      if (saliency) this.#saliencyWatchers--;
    };
  }

  refresh(): void {
    if (this.#watchers === 0 || !this.#model || this.#timer) return;
    const wait = Math.max(0, this.#last + PERIOD - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#busy) void this.#fetch();
      else this.refresh();
    }, wait);
  }

  async #fetch(): Promise<void> {
    const model = this.#model;
    if (!model) return;
    this.#busy = true;
    this.#last = performance.now();
    const image = this.digit.image;
    this.#image = image;
    try {
      const read = this.digit.prediction?.digit ?? 0;
      const wanted = image && this.#saliencyWatchers > 0;
      const [seen, saliency] = await Promise.all([
        image ? model.inspect(image) : { weights: await model.weights(), activations: null },
        wanted ? model.saliency(image, read) : null,
      ]);
      if (this.#model === model) {
        this.weights = seen.weights;
        this.activations = this.digit.image ? seen.activations : null;
        this.image = this.digit.image ? image : null;
        this.saliency = this.digit.image ? saliency : null;
        this.saliencyOf = read;
        if (!this.saliency) this.occlusion = null;
        this.changed();
        if (wanted && this.digit.prediction) this.#occlude();
      }
    } catch {
      // The model was disposed of meanwhile, or whoever trains it reports what happened.
    } finally {
      this.#busy = false;
    }
    if (this.digit.image !== image) this.refresh();
  }

  /** Once a second at most, and once more after the last change. */
  #occlude(): void {
    if (this.#occlusionTimer) return;
    const wait = Math.max(0, this.#occluded + OCCLUSION_PERIOD - performance.now());
    this.#occlusionTimer = setTimeout(() => void this.#fetchOcclusion(), wait);
  }

  async #fetchOcclusion(): Promise<void> {
    const model = this.#model;
    const { image, prediction } = this.digit;
    this.#occluded = performance.now();
    try {
      if (!model || !image || !prediction || this.#saliencyWatchers === 0) return;
      const occlusion = await occlude(model, image, prediction.digit);
      if (this.#model !== model || !this.digit.image) return;
      this.occlusion = occlusion;
      this.changed();
    } catch {
      // As above.
    } finally {
      this.#occlusionTimer = null;
    }
    if (this.digit.image !== image) this.#occlude();
  }
}
