// One experiment: a model, its settings, the training that runs or has run, and the digit on the pad. No DOM: panels render
// from it and call it, tests drive it. The model's side of it is workbench.ts.
import {
  type EpochReport,
  type Evaluation,
  FitControl,
  type Sequential,
  type StepReport,
  sequential,
} from '../api/index.ts';
import { Curves } from './curves.ts';
import type { Outcome, Tell } from './experiment_events.ts';
import { fitAndKeepBest } from './fit_run.ts';
import type { KeptRun } from './kept_run.ts';
import { KeptRuns } from './kept_runs.ts';
import { LabData } from './lab_data.ts';
import { Lecture } from './lecture.ts';
import { Observable } from './observable.ts';
import { RunLog } from './run_log.ts';
import { usualOptimizer } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';
import { asZifferError } from './trouble.ts';
import { type Plan, Workbench } from './workbench.ts';

export type { ExperimentEvents, Outcome } from './experiment_events.ts';
export type { ModelName, Origin } from './workbench.ts';

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

export class Experiment extends Workbench {
  phase: Phase = 'idle';
  outcome: Outcome | null = null;
  step: StepReport | null = null;
  curves = new Curves();
  evaluation: Evaluation | null = null;

  /** What changes with every step; the rest of the experiment changes far less often. */
  readonly progress = new Observable();
  readonly clock = new Stopwatch();
  readonly data = new LabData();
  readonly runs = new RunLog();
  readonly lecture = new Lecture(this);
  /** This lab's run as it is kept from epoch to epoch, and an interrupted one that may go on. */
  readonly kept: KeptRuns;

  #control: FitControl | null = null;
  #abort: AbortController | null = null;
  #stopAsked = false;

  /** `place` tells this lab's runs from those of others. */
  constructor(tell: Tell = () => {}, place: () => string = () => '') {
    super(tell);
    this.kept = new KeptRuns(place);
    this.kept.subscribe(() => this.changed());
    this.subscribe(() => this.progress.changed());
    this.data.subscribe(() => this.progress.changed());
  }

  get busy(): boolean {
    return this.phase !== 'idle' && this.phase !== 'finished';
  }

  override wake(): void {
    if (!this.awake) void this.kept.look();
    super.wake();
  }

  override dispose(): void {
    // What was running was interrupted: it is offered when a lab comes back to this place.
    this.kept.leave();
    super.dispose();
    this.data.dispose();
  }

  /** Resolves when the training has ended, however; at once where it only goes on from a pause. */
  async start(): Promise<void> {
    if (this.phase === 'paused') this.#control?.resume();
    else if (!this.busy) await this.#run(this.plan());
  }

  /** Goes on with the interrupted run that is offered. */
  async continueRun(): Promise<void> {
    if (this.busy) return;
    const run = this.kept.take();
    if (!run) return;
    this.follow(run);
    await this.#run(this.plan(), { from: run });
  }

  pause(): void {
    if (this.phase === 'training') this.#control?.pause();
  }

  /** One batch, then pause. */
  stepOnce(): void {
    if (this.phase === 'training' || this.phase === 'paused') this.#control?.step();
    else if (!this.busy) void this.#run(this.plan(), { oneStep: true });
  }

  /** Ends the training and keeps what was learned. */
  stop(): void {
    this.#stopAsked = true;
    if (this.phase === 'preparing') this.#abort?.abort();
    else this.#control?.stop();
  }

  /** Reads the test digits with the model as it is now. */
  async test(): Promise<void> {
    const { model } = this;
    if (!model || this.busy) return;
    this.#enter('testing');
    try {
      const evaluation = await model.evaluate(await this.data.test());
      if (this.model === model) this.evaluation = evaluation;
    } catch (error) {
      this.fail('data', error, () => void this.test());
    }
    if (this.model === model) this.#enter('idle');
  }

  async nextTestDigit(index?: number): Promise<void> {
    try {
      const test = await this.data.test();
      const last = this.digit.test?.index ?? -1;
      const next = index ?? (last + 1) % test.count;
      const [image, label] = await Promise.all([test.image(next), test.label(next)]);
      this.digit.show(image, next, label);
    } catch (error) {
      this.fail('data', error, () => void this.nextTestDigit(index));
    }
  }

  /** The last model reads until the next one is there. */
  async #run(
    wanted: Plan,
    { oneStep = false, from = null }: { oneStep?: boolean; from?: KeptRun | null } = {},
  ): Promise<void> {
    const abort = new AbortController();
    const control = new FitControl();
    this.clear();
    this.#abort = abort;
    this.#control = control;
    if (oneStep) control.step();
    this.awake = true;
    if (from) this.#recall(from);
    else this.kept.begin();
    this.#enter('preparing');
    try {
      const { train, test } = await this.data.get(wanted.settings.trainCount);
      abort.signal.throwIfAborted();
      const plan = this.#withData(wanted);
      const model = sequential({ layers: plan.layers, seed: plan.settings.seed });
      this.use(model, 'untrained');
      this.#enter(control.state === 'paused' ? 'paused' : 'training');
      control.addEventListener('change', () => this.#followControl(control));
      const history = await fitAndKeepBest(model, train, plan.settings, {
        from,
        control,
        signal: abort.signal,
        onStep: (report) => this.#stepped(report),
        onEpoch: (report) => this.#epochDone(report),
        onBackup: (backup, best) => {
          const { curves, clock } = this;
          this.kept.keep({ ...plan, backup, best, curves: curves.plain(), time: clock.time });
        },
        onWarning: (warning) => {
          this.warning = warning;
          this.changed();
        },
      });
      this.digit.read();
      abort.signal.throwIfAborted();
      this.#enter('testing');
      const early = history.stoppedEpoch >= 0;
      this.outcome = this.#stopAsked ? 'stopped' : early ? 'early' : 'complete';
      this.origin = 'trained';
      const evaluation = await model.evaluate(test);
      abort.signal.throwIfAborted();
      this.#finish(plan, model, evaluation);
    } catch (error) {
      if (!abort.signal.aborted) this.#failed(error);
      else if (this.#abort === abort) {
        this.kept.interrupted();
        this.#enter('idle');
      }
    }
  }

  /** The plan with no more images than there are. */
  #withData(plan: Plan): Plan {
    const { total } = this.data;
    if (total >= plan.settings.trainCount) return plan;
    this.set({ trainCount: total });
    return { ...plan, settings: { ...plan.settings, trainCount: total } };
  }

  /** What an interrupted run had to show. */
  #recall(run: KeptRun): void {
    this.curves = Curves.from(run.curves);
    this.clock.reset(run.time);
  }

  #failed(error: unknown): void {
    this.#enter(this.origin === 'trained' ? 'finished' : 'idle');
    const { code } = asZifferError(error);
    // A lost worker or connection is no fault of the run.
    if (code === 'not_finite' || code === 'invalid_run') this.kept.forget();
    else this.kept.interrupted();
    if (code === 'not_finite') this.#diverged(error);
    else
      this.fail('train', error, () => void (this.kept.offer ? this.continueRun() : this.start()));
  }

  /** Its weights are of no more use; the same settings would end the same way. */
  #diverged(error: unknown): void {
    this.takeUntrained();
    this.fail('train', error, () => {
      this.set(usualOptimizer(this.settings.optimizer));
      void this.start();
    });
  }

  #stepped(report: StepReport): void {
    this.step = report;
    this.curves.addSteps(report);
    this.clock.lap();
    this.digit.read();
    this.look.refresh();
    this.tell('step', report);
    this.progress.changed();
  }

  #epochDone(report: EpochReport): void {
    this.curves.addEpoch(report);
    this.tell('epoch', report);
    this.progress.changed();
  }

  #finish(plan: Plan, model: Sequential, evaluation: Evaluation): void {
    this.kept.forget();
    this.evaluation = evaluation;
    this.#enter('finished');
    this.digit.read();
    this.look.refresh();
    const { curves, clock, outcome } = this;
    this.tell('trained', {
      history: curves.epochs,
      bestEpoch: curves.bestEpoch,
      outcome: outcome ?? 'complete',
      test: evaluation,
    });
    this.runs.add({ ...plan, curves, clock }, evaluation, model.parameterCount);
  }

  #followControl(control: FitControl): void {
    if (control !== this.#control || this.phase === 'testing' || this.phase === 'finished') return;
    if (control.state === 'paused') this.#enter('paused');
    if (control.state === 'running') this.#enter('training');
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    if (phase === 'training') this.clock.run();
    else this.clock.hold();
    this.changed();
  }

  protected override letGo(): void {
    this.kept.forget();
    super.letGo();
  }

  protected override clear(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#control = null;
    this.#stopAsked = false;
    this.outcome = null;
    this.step = null;
    this.evaluation = null;
    this.trouble = null;
    this.warning = null;
    this.curves = new Curves();
    this.clock.reset();
    this.#enter('idle');
  }
}
