// The finished trainings of this page and the last, for the comparison.
import type { Evaluation, LayerSpec } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import type { ModelName } from '../plan/plan.ts';
import type { Settings } from '../plan/settings.ts';
import type { Curves, EpochRow } from './curves.ts';

export type Outcome = 'complete' | 'early' | 'stopped';

export interface Run {
  /** 1, 2, 3 … in the order of their ends. */
  readonly number: number;
  readonly modelName: ModelName;
  readonly layers: readonly LayerSpec[];
  readonly settings: Settings;
  readonly epochs: readonly EpochRow[];
  /** How many of them earlier fits of the model had done; it went on from there. */
  readonly past: number;
  readonly bestEpoch: number;
  readonly parameters: number;
  /** Milliseconds, without pauses. */
  readonly time: number;
  readonly test: Evaluation;
}

/** What a run is taken from. */
interface Finished {
  readonly modelName: ModelName;
  readonly layers: readonly LayerSpec[];
  readonly settings: Settings;
  readonly curves: Pick<Curves, 'epochs' | 'past' | 'bestEpoch'>;
  readonly clock: { readonly time: number };
}

/** What a table can show, and a page can hold: each has its reading of ten thousand digits. The oldest leave. */
const MOST_RUNS = 50;

export class RunLog extends Observable {
  runs: readonly Run[] = [];
  #count = 0;
  #earlier: readonly Run[] = [];

  add(from: Finished, test: Evaluation, parameters: number): void {
    const { modelName, settings, curves, clock } = from;
    const run: Run = {
      number: ++this.#count,
      modelName,
      layers: [...from.layers],
      settings: { ...settings },
      epochs: [...curves.epochs],
      past: curves.past.epochs,
      bestEpoch: curves.bestEpoch,
      parameters,
      time: clock.time,
      test,
    };
    this.runs = [...this.runs, run].slice(-MOST_RUNS);
    this.changed();
  }

  /** What an earlier page had; what has been finished here comes after. */
  restore(earlier: readonly Run[]): void {
    const all = [...earlier, ...this.runs];
    this.runs = all.map((run, i) => ({ ...run, number: i + 1 }));
    this.#count = all.length;
    this.#earlier = this.runs.slice(0, earlier.length);
    this.changed();
  }

  /** The runs of other data are to come. */
  clear(): void {
    this.runs = [];
    this.#earlier = [];
    this.#count = 0;
    this.changed();
  }

  /** Of what an earlier page had nothing is left. */
  forgetEarlier(): void {
    this.runs = this.runs.filter((run) => !this.#earlier.includes(run));
    this.#earlier = [];
    this.changed();
  }

  /** The number that the next one will have. */
  get next(): number {
    return this.#count + 1;
  }

  remove(number: number): void {
    this.runs = this.runs.filter((r) => r.number !== number);
    this.changed();
  }
}
