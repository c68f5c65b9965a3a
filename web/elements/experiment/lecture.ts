// The lecture in one press: the three presets trained one after another with the lecture's settings. What has been trained
// stays in the list of runs, however it ends, and the lecture can go on where it was stopped. No DOM.
import type { PresetName, StepReport } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import type { ModelName } from '../plan/plan.ts';
import { defaultSettings, PRESETS, plan, type Settings } from '../plan/settings.ts';
import type { Curves } from '../runs/curves.ts';
import type { Run, RunLog } from '../runs/run_log.ts';

export interface LecturePart {
  readonly preset: PresetName;
  /** `short`: skipped or stopped before its end. */
  readonly state: 'waiting' | 'running' | 'done' | 'short';
  /** What it reached; also of a training that was stopped, unless it had not begun. */
  readonly run: Run | null;
}

/** For estimates only: what a training image costs next to softmax regression's, and in which epoch each usually ends. */
const USUAL: Readonly<Record<PresetName, { readonly cost: number; readonly epochs: number }>> = {
  'softmax-regression': { cost: 1, epochs: 40 },
  'simple-cnn': { cost: 3, epochs: 22 },
  'two-conv-cnn': { cost: 50, epochs: 15 },
};

const unbegun = (): LecturePart[] =>
  PRESETS.map((preset) => ({ preset, state: 'waiting', run: null }));

/** What the lecture needs of the experiment that it is given in. */
interface Trains {
  readonly settings: Settings;
  readonly curves: Curves;
  readonly step: StepReport | null;
  readonly runs: RunLog;
  readonly busy: boolean;
  readonly modelName: ModelName;
  readonly phase: string;
  readonly outcome: string | null;
  choose(preset: PresetName, settings: Partial<Settings>): void;
  start(): Promise<void>;
  stop(): void;
}

export class Lecture extends Observable {
  parts: readonly LecturePart[] = unbegun();
  running = false;
  #skipped = false;
  /** Counts what a lecture that runs is to end for. */
  #ended = 0;

  constructor(private readonly experiment: Trains) {
    super();
  }

  /** The part that runs; while none does, the one with which the lecture would go on, or −1. */
  get at(): number {
    const running = this.parts.findIndex((part) => part.state === 'running');
    if (running >= 0) return running;
    const waiting = this.parts.findIndex((part) => part.state === 'waiting');
    return waiting > 0 ? waiting : -1;
  }

  get done(): boolean {
    return this.parts.every((part) => part.state === 'done' || part.state === 'short');
  }

  /** From the first; of the settings only the seed, the threads and the number of images are the user's. */
  start(): Promise<void> {
    this.parts = unbegun();
    return this.#from(0);
  }

  /** Goes on with the part that was stopped. */
  resume(): Promise<void> {
    return this.#from(Math.max(0, this.at));
  }

  /** Ends the part that runs, keeps what it has learned, and goes on with the next. */
  skip(): void {
    this.#skipped = true;
    this.experiment.stop();
  }

  /** Ends the part that runs and the lecture; what was learned is kept. */
  stop(): void {
    this.experiment.stop();
  }

  /** What was trained was trained on other data. */
  forget(): void {
    this.#ended++;
    this.parts = unbegun();
    this.changed();
  }

  /** Milliseconds to the end, by the speed measured on this machine; null before there is one. */
  get left(): number | null {
    const pace = this.#pace();
    if (pace === null) return null;
    const { trainCount } = this.experiment.settings;
    let sum = 0;
    for (const { preset, state } of this.done ? unbegun() : this.parts) {
      const settings = { ...defaultSettings(preset), trainCount };
      const { cost, epochs } = USUAL[preset];
      const over = state === 'running' ? this.experiment.curves.epochs.length : 0;
      const open = state === 'waiting' || state === 'running';
      if (open) sum += Math.max(1, epochs - over) * plan(settings).train * cost * pace;
    }
    return sum;
  }

  /** Milliseconds for an image of softmax regression, from what trains or was trained last. */
  #pace(): number | null {
    const { step, runs } = this.experiment;
    const running = this.parts.find((part) => part.state === 'running');
    if (running && step) return 1000 / step.imagesPerSecond / USUAL[running.preset].cost;
    const last = runs.runs.at(-1);
    if (!last || last.modelName === 'custom' || last.epochs.length === 0) return null;
    const images = last.epochs.length * plan(last.settings).train;
    return last.time / images / USUAL[last.modelName].cost;
  }

  async #from(first: number): Promise<void> {
    const { experiment } = this;
    if (this.running || experiment.busy) return;
    const { seed, threads, trainCount } = experiment.settings;
    this.running = true;
    const ended = this.#ended;
    for (let i = first; i < this.parts.length; i++) {
      const preset = this.parts[i]!.preset;
      const before = experiment.runs.runs;
      this.#skipped = false;
      this.#put(i, 'running', null);
      experiment.choose(preset, { seed, threads, trainCount });
      await experiment.start();
      if (ended !== this.#ended) break;
      const { modelName, phase, outcome, runs } = experiment;
      const run = runs.runs.find((r) => !before.includes(r)) ?? null;
      const done = modelName === preset && phase === 'finished' && run !== null;
      if (done && outcome !== 'stopped') this.#put(i, 'done', run);
      else if (this.#skipped) this.#put(i, 'short', run);
      else {
        // Stopped, failed, or another model was chosen: it goes on here, if it does.
        this.#put(i, 'waiting', run);
        break;
      }
    }
    this.running = false;
    this.changed();
  }

  #put(index: number, state: LecturePart['state'], run: Run | null): void {
    this.parts = this.parts.map((part, i) => (i === index ? { ...part, state, run } : part));
    this.changed();
  }
}
