// What a training shows while it runs and when it has ended. It changes with every step, the rest of the experiment far less often.
import type { EpochReport, Evaluation, StepReport } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import { plan, type Settings } from '../plan/settings.ts';
import { Curves } from '../runs/curves.ts';
import { Pace } from '../runs/pace.ts';
import { Stopwatch } from '../runs/stopwatch.ts';
import type { Outcome } from './events.ts';

export type Phase =
  /** Nothing runs; predictions come from the ready-made or the untrained model. */
  | 'idle'
  /** Train was pressed; the first data are on their way. */
  | 'preparing'
  | 'training'
  | 'paused'
  /** The training is over, the test digits are being read. */
  | 'testing'
  | 'finished';

/** What a fit has to show besides the model; the time in milliseconds. */
export interface Shown {
  readonly curves: Curves;
  readonly time: number;
}

export class Progress extends Observable {
  phase: Phase = 'idle';
  outcome: Outcome | null = null;
  step: StepReport | null = null;
  curves = new Curves();
  evaluation: Evaluation | null = null;
  /** The epoch in which the last training ended. */
  endedIn = 0;
  readonly clock = new Stopwatch();
  readonly pace = new Pace();

  /** `entered` is called with every new phase. */
  constructor(private readonly entered: () => void) {
    super();
  }

  get busy(): boolean {
    return this.phase !== 'idle' && this.phase !== 'finished';
  }

  get shown(): Shown {
    return { curves: this.curves, time: this.clock.time };
  }

  enter(phase: Phase): void {
    this.phase = phase;
    if (phase === 'training') this.clock.run();
    else this.clock.hold();
    this.entered();
  }

  /** What an earlier fit of the model had to show, or an interrupted run. */
  recall({ curves, time }: Shown): void {
    this.curves = curves;
    this.clock.reset(time);
  }

  /** Adds a step; returns its report, counted on from earlier fits of the model. */
  stepped(ofFit: StepReport, settings: Settings): StepReport {
    const report = this.curves.countedOn(ofFit);
    this.step = report;
    this.curves.addSteps(report);
    this.clock.lap();
    this.pace.add(report, this.clock.time, plan(settings));
    this.changed();
    return report;
  }

  epochDone(ofFit: EpochReport): EpochReport {
    const report = this.curves.countedOn(ofFit);
    this.curves.addEpoch(report);
    this.changed();
    return report;
  }

  clear(): void {
    this.outcome = null;
    this.step = null;
    this.evaluation = null;
    this.curves = new Curves();
    this.clock.reset();
    this.pace.reset();
    this.enter('idle');
  }
}
