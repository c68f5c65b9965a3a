// The digits that were drawn and named here: kept in this browser, asked for, and mixed into the training. Nothing is sent anywhere.
import { concat, type Dataset, fromStrokes, type StrokePoint } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import { RunStore, silently } from '../runs/run_store.ts';
import { isDrawn, MOST_DIGITS, type OwnDigit, worthKeeping } from './digit_file.ts';

/** One record for the whole site: digits belong to whoever draws, not to one lab. */
const STORE = new RunStore('ziffer-digits', 'digits');
const KEY = ['', 0, 'own'] as ['', number, string];
/** Of each digit so many are asked for. */
export const ASKED = 10;
/** How often each may be among the training images; 0 leaves them out. */
export const TIMES = [0, 1, 5, 20, 100] as const;
/** Images of a training, however often they are taken. */
const MOST_IMAGES = 100_000;

export interface OwnChange {
  readonly count: number;
  /** How many of each digit, 0 to 9. */
  readonly byLabel: readonly number[];
}

export class OwnDigits extends Observable {
  list: readonly OwnDigit[] = [];
  /** How often each of them is among the images of a training. */
  times: (typeof TIMES)[number] = 0;
  /** The digit that is asked for; null while none is. */
  asked: number | null = null;
  #looked = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly tell: (change: OwnChange) => void) {
    super();
  }

  get byLabel(): number[] {
    const counts = Array<number>(10).fill(0);
    for (const { label } of this.list) counts[label]!++;
    return counts;
  }

  /** Reads what is kept, once; what was drawn meanwhile stays. */
  async look(): Promise<void> {
    if (this.#looked) return;
    this.#looked = true;
    await silently(async () => {
      const kept = await STORE.read(KEY);
      const known = Array.isArray(kept) ? kept.filter(isDrawn).slice(0, MOST_DIGITS) : [];
      if (known.length > 0) this.#become([...known, ...this.list], this.list.length > 0);
    });
  }

  add(label: number, strokes: readonly (readonly StrokePoint[])[]): void {
    this.join([worthKeeping(label, strokes)]);
  }

  /** Those of a file, after the others; one that is there already does not come twice. */
  join(digits: readonly OwnDigit[]): void {
    const here = new Set(this.list.map((digit) => JSON.stringify(digit)));
    const fresh = digits.filter((digit) => !here.has(JSON.stringify(digit)));
    if (fresh.length > 0) this.#become([...this.list, ...fresh].slice(-MOST_DIGITS));
  }

  remove(digit: OwnDigit): void {
    this.#become(this.list.filter((other) => other !== digit));
  }

  clear(): void {
    this.asked = null;
    this.#become([]);
  }

  /** Every digit enters so many times into the trainings that begin from now on. */
  mix(times: (typeof TIMES)[number]): void {
    this.times = times;
    this.changed();
  }

  /** Asks for the digit of which there are fewest, never twice for the same where another is as rare; for none when all are there. */
  ask(): void {
    const counts = this.byLabel;
    const fewest = Math.min(...counts.filter((_, label) => label !== this.asked));
    const rare = counts.flatMap((n, label) => (n <= fewest && label !== this.asked ? [label] : []));
    const complete = Math.min(...counts) >= ASKED;
    this.asked = complete ? null : (rare[Math.floor(Math.random() * rare.length)] ?? null);
    this.changed();
  }

  endAsking(): void {
    this.asked = null;
    this.changed();
  }

  /** The training images with one's own before them, so that a validation split, their end, stays what it was. Dispose it. */
  async mixedWith(train: Dataset, signal: AbortSignal): Promise<Dataset | null> {
    const times = Math.min(this.times, Math.floor(MOST_IMAGES / Math.max(1, this.list.length)));
    if (times === 0 || this.list.length === 0) return null;
    const own = await fromStrokes(this.list, { signal });
    const mixed = concat(...Array<Dataset>(times).fill(own), train);
    own.dispose();
    return mixed;
  }

  #become(list: readonly OwnDigit[], keep = true): void {
    this.list = list;
    this.changed();
    this.tell({ count: list.length, byLabel: this.byLabel });
    if (!keep) return;
    this.#writing = this.#writing.then(() =>
      silently(() => (list.length > 0 ? STORE.write(KEY, list) : STORE.delete(KEY))),
    );
  }
}
