// The digit on the pad: strokes, a picture or a test digit; normalised as MNIST was, and what the network says of it.
import {
  type NormalizationSteps,
  normalizePicture,
  normalizeStrokes,
  type Sequential,
  type StrokePoint,
  type ZifferError,
} from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import { asProbabilities, isVerdict, type OutputKind, outputKind } from './outputs.ts';
import { meantStrokes } from './stray.ts';
import { bounded, fitIntoPad, type Stroke } from './strokes.ts';

export { PAD, type Stroke } from './strokes.ts';

/** Lines in the network's picture, in pixels of its 20-pixel box: the middle one is MNIST's own. */
export const PENS = { thin: 1.6, medium: 2.4, thick: 3.6 } as const;
export type Pen = keyof typeof PENS;

export type DigitSource = 'none' | 'ink' | 'picture' | 'test';

/** What the page around hears: the model's own outputs, whatever its last layer makes. */
export interface Prediction {
  readonly digit: number;
  readonly probability: number;
  readonly probabilities: Float32Array;
  readonly source: DigitSource;
}

/** What the lab shows of it. */
export interface Reading {
  readonly kind: OutputKind;
  readonly digit: number;
  /** Of logits their softmax. */
  readonly probability: number;
  readonly probabilities: Float32Array;
}

/** Whom the digit tells. */
export interface DigitOwner {
  predicted(prediction: Prediction): void;
  failed(where: 'picture' | 'model', error: unknown): void;
  /** Something new comes to the pad: what was said of an earlier picture is over. */
  renewed(): void;
}

export class Digit extends Observable {
  /** Counts what changes the picture on the pad. */
  revision = 0;
  source: DigitSource = 'none';
  strokes: Stroke[] = [];
  pen: Pen = 'medium';
  /** What the network gets, 784 bytes; null where there is nothing to predict. */
  image: Uint8Array | null = null;
  /** Null for test digits, which are normalised already. */
  steps: NormalizationSteps | null = null;
  /** The last picture had no digit on it, and nothing has come to the pad since. */
  blank = false;
  test: { readonly index: number; readonly label: number } | null = null;
  prediction: Reading | null = null;
  /** Whether the network gave no numbers for the picture. */
  unreadable = false;

  #model: Sequential | null = null;
  #busy = false;
  #again = false;
  #unread = false;

  #takes = 0;

  constructor(private readonly owner: DigitOwner) {
    super();
  }

  /** The network that reads from now on; null while there is none. */
  set model(model: Sequential | null) {
    this.#model = model;
    this.prediction = null;
    this.unreadable = false;
    this.changed();
    this.read();
  }

  get empty(): boolean {
    return this.source === 'none';
  }

  /** The stroke that has begun, for what follows of it. */
  beginStroke(point: StrokePoint): Stroke {
    if (this.source === 'ink') this.owner.renewed();
    else this.#become('ink');
    const stroke = [point];
    this.strokes.push(stroke);
    this.#inked();
    return stroke;
  }

  /** Nothing happens once the stroke is gone from the pad. */
  extendStroke(stroke: Stroke, points: readonly StrokePoint[]): void {
    if (!this.strokes.includes(stroke)) return;
    for (const point of points) stroke.push(point);
    this.#inked();
  }

  /** It was not meant as one: half of a pinch, or a resting hand. */
  dropStroke(stroke: Stroke): void {
    const at = this.strokes.indexOf(stroke);
    if (at < 0) return;
    this.strokes.splice(at, 1);
    if (this.strokes.length === 0) this.clear();
    else this.#inked();
  }

  undo(): void {
    if (this.source === 'ink') this.strokes.pop();
    else this.strokes = [];
    if (this.strokes.length === 0) this.clear();
    else this.#inked();
  }

  clear(): void {
    this.#become('none');
  }

  /** Strokes in any unit, fitted into the pad. */
  draw(strokes: readonly (readonly StrokePoint[])[]): void {
    this.#become('ink');
    this.strokes = fitIntoPad(strokes);
    if (this.strokes.length === 0) this.clear();
    else this.#inked();
  }

  /** The pen of everything on the pad, also of what is drawn already. */
  choosePen(pen: Pen): void {
    this.pen = pen;
    if (this.source === 'ink') this.#inked();
    else this.changed();
  }

  /** What comes to the pad while the picture is read goes before it. */
  async take(picture: Blob): Promise<void> {
    const take = ++this.#takes;
    const { revision } = this;
    const overtaken = () => take !== this.#takes || revision !== this.revision;
    try {
      const normalized = await normalizePicture(picture);
      if (overtaken()) return;
      this.#become(normalized.empty ? 'none' : 'picture');
      this.blank = normalized.empty;
      if (normalized.empty) return;
      this.image = normalized.image;
      this.steps = normalized.steps;
      this.revision++;
      this.read();
    } catch (error) {
      if (!overtaken()) this.owner.failed('picture', error);
    }
  }

  show(image: Uint8Array, index: number, label: number): void {
    this.#become('test');
    this.image = image;
    this.test = { index, label };
    this.read();
  }

  /** Lets the network read again, since it or the ink has changed; one reading at a time, the last one counts. */
  read(): void {
    this.#again = true;
    if (!this.#busy) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#readOnce();
      }
    } catch (error) {
      if ((error as ZifferError).code !== 'disposed') this.owner.failed('model', error);
    } finally {
      this.#busy = false;
    }
    if (this.#again) void this.#readAll();
  }

  async #readOnce(): Promise<void> {
    if (this.#unread) {
      this.#unread = false;
      const strokes = this.strokes;
      const normalized = await normalizeStrokes(meantStrokes(strokes), {
        penWidth: PENS[this.pen],
      });
      if (this.source !== 'ink' || strokes !== this.strokes) return;
      this.image = normalized.empty ? null : normalized.image;
      this.steps = normalized.steps;
      this.changed();
    }
    const { image, source } = this;
    const model = this.#model;
    if (!image || !model) return;
    const outputs = await model.predict(image, 1);
    // The pad may have been cleared, or the network replaced, while it was reading.
    if (this.image === null || this.#model !== model) return;
    this.prediction = readingOf(model, outputs);
    this.unreadable = this.prediction === null;
    this.changed();
    if (!this.prediction) return;
    const { digit } = this.prediction;
    this.owner.predicted({
      digit,
      probability: outputs[digit] ?? 0,
      probabilities: outputs,
      source,
    });
  }

  #become(source: DigitSource): void {
    this.owner.renewed();
    this.revision++;
    this.source = source;
    this.blank = false;
    this.strokes = [];
    this.image = null;
    this.steps = null;
    this.test = null;
    this.prediction = null;
    this.unreadable = false;
    this.#unread = false;
    this.changed();
  }

  #inked(): void {
    this.strokes = bounded(this.strokes);
    this.revision++;
    this.#unread = true;
    this.changed();
    this.read();
  }
}

/** Null where the outputs are no numbers. */
function readingOf(model: Sequential, outputs: Float32Array): Reading | null {
  const kind = outputKind(model.specs);
  const probabilities = asProbabilities(kind, outputs, model.classes);
  if (!isVerdict(probabilities)) return null;
  const digit = outputs.indexOf(Math.max(...outputs));
  return { kind, digit, probability: probabilities[digit] ?? 0, probabilities };
}
