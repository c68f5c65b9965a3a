// One experiment: a model, its settings, the training that runs or has run, and the digit on the pad. No DOM: panels render
// from it and call it, tests drive it. The model's side of it is workbench.ts.
import {
  type Dataset,
  type EpochReport,
  type Evaluation,
  FitControl,
  type History,
  type Sequential,
  type Snapshot,
  type StepReport,
  sequential,
} from '../../api/index.ts';
import { untilAborted } from '../../api/until_aborted.ts';
import { Observable } from '../observable/observable.ts';
import type { Plan } from '../plan/plan.ts';
import { LIMITS, optimizerOf, plan as planOf, usualOptimizer } from '../plan/settings.ts';
import { Curves } from '../runs/curves.ts';
import { fitAndKeepBest } from '../runs/fit_run.ts';
import type { KeptRun } from '../runs/kept_run.ts';
import { KeptRuns } from '../runs/kept_runs.ts';
import { LastModel } from '../runs/last_model.ts';
import { Pace } from '../runs/pace.ts';
import { RunLog } from '../runs/run_log.ts';
import { Stopwatch } from '../runs/stopwatch.ts';
import { standingOf } from '../runs/train_on.ts';
import { type DataAddress, LabData } from './data_sets.ts';
import type { Outcome, Tell } from './events.ts';
import { Lecture } from './lecture.ts';
import { asZifferError } from './trouble.ts';
import { Workbench } from './workbench.ts';

export type { ExperimentEvents, Outcome } from './events.ts';
export type { Origin } from './workbench.ts';

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

interface How {
  readonly oneStep?: boolean;
  /** An interrupted run. */
  readonly from?: KeptRun | null;
  /** The model goes on from the weights that it has. */
  readonly on?: boolean;
}

interface Run {
  readonly abort: AbortController;
  readonly control: FitControl;
  /** Puts a model that was to be trained on back to where it stood. */
  goBack(): Promise<void>;
}

/** What a fit has to show besides the model; the time in milliseconds. */
interface Shown {
  readonly curves: Curves;
  readonly time: number;
}

export class Experiment extends Workbench {
  phase: Phase = 'idle';
  outcome: Outcome | null = null;
  step: StepReport | null = null;
  curves = new Curves();
  evaluation: Evaluation | null = null;
  /** The epoch in which the last training ended. */
  endedIn = 0;

  /** What changes with every step; the rest of the experiment changes far less often. */
  readonly progress = new Observable();
  readonly clock = new Stopwatch();
  readonly pace = new Pace();
  readonly data = new LabData();
  readonly runs = new RunLog();
  readonly lecture = new Lecture(this);
  /** This lab's run as it is kept from epoch to epoch, and an interrupted one that may go on. */
  readonly kept: KeptRuns;
  /** What was finished last at this place. */
  readonly last: LastModel;

  #control: FitControl | null = null;
  #abort: AbortController | null = null;
  #stopAsked = false;
  /** How many images were wanted where there turned out to be fewer. */
  #asked: { readonly wanted: number; readonly got: number } | null = null;

  /** `place` tells this lab's runs from those of others. */
  constructor(tell: Tell = () => {}, place: () => string = () => '') {
    super(tell);
    this.kept = new KeptRuns(place);
    this.kept.subscribe(() => this.changed());
    this.last = new LastModel(place);
    this.last.subscribe(() => this.changed());
    this.last.found = ({ runs }) => this.runs.restore(runs);
    this.runs.subscribe(() => this.last.keepRuns(this.runs.runs));
    this.subscribe(() => this.progress.changed());
    this.data.subscribe(() => this.progress.changed());
  }

  get unseen(): boolean {
    return this.data.own;
  }

  /** Other pictures from now on: with them comes what was kept of them, and what belongs to the last ones waits for their return. */
  useData(address: DataAddress): void {
    if (!this.data.from(address)) return;
    const asked = this.#asked;
    this.#asked = null;
    if (asked?.got === this.settings.trainCount) this.set({ trainCount: asked.wanted });
    if (!this.awake) return;
    this.kept.leave();
    this.last.leave();
    this.runs.clear();
    this.lecture.forget();
    this.takeOtherData();
    this.#lookForKept();
  }

  #lookForKept(): void {
    void this.kept.look();
    void this.last.look();
  }

  get busy(): boolean {
    return this.phase !== 'idle' && this.phase !== 'finished';
  }

  /** The numbers of the epochs that the settings ask for, counted on from earlier fits of the model. */
  get firstEpoch(): number {
    return this.curves.past.epochs + 1;
  }

  get lastEpoch(): number {
    return this.curves.past.epochs + this.settings.epochs;
  }

  get offersTrainOn(): boolean {
    return this.canTrainOn && !this.controls.hides('train-on');
  }

  override wake(): void {
    if (!this.awake) this.#lookForKept();
    super.wake();
  }

  override dispose(): void {
    // What was running was interrupted: it is offered when a lab comes back to this place.
    this.kept.leave();
    this.last.leave();
    super.dispose();
    this.data.end();
  }

  /** Resolves when the training has ended, however; at once where it only goes on from a pause, or a field holds no allowed value. */
  async start(): Promise<void> {
    if (this.phase === 'paused') this.#control?.resume();
    else if (!this.busy && this.settled()) await this.#run(this.plan());
  }

  /** A further fit of the model from the weights that it has, once it is loaded; none where the layers have changed since. */
  async trainOn(): Promise<void> {
    await this.loaded;
    if (!this.busy && this.settled() && this.fits) await this.#run(this.plan(), { on: true });
  }

  /** Goes on with the interrupted run that is offered. */
  async continueRun(): Promise<void> {
    if (this.busy) return;
    const run = this.kept.take();
    if (!run) return;
    this.follow(run);
    await this.#run(this.plan(), { from: run });
  }

  /** Deletes the finished model that is offered, and its runs. */
  async forgetLast(): Promise<void> {
    this.runs.forgetEarlier();
    await this.last.forget();
  }

  /** Opens the finished model that is offered, as if its page had never gone. */
  async openLast(): Promise<void> {
    if (this.busy) return;
    const kept = this.last.take();
    if (!kept) return;
    this.kept.forget();
    this.clear();
    this.follow(kept);
    const { layers, settings, name, weights, optimizer, compiled, loss } = kept;
    const model = sequential({ layers, seed: settings.seed, name });
    this.use(model, kept.opened ? 'opened' : 'trained', kept.notKept);
    this.#recall({ curves: Curves.from(kept.curves), time: kept.time });
    this.outcome = kept.outcome;
    this.endedIn = kept.lastEpoch;
    this.evaluation = kept.evaluation;
    this.#enter('finished');
    try {
      await model.setWeights(weights);
      model.compile({ optimizer: compiled, loss });
      await model.setOptimizerState(optimizer);
      if (this.model === model) this.digit.read();
    } catch (error) {
      if (this.model !== model) return;
      this.reset();
      this.fail('model', error, null);
    }
  }

  pause(): void {
    if (this.phase === 'training') this.#control?.pause();
  }

  /** One batch, then pause; of the training that the first button would begin. */
  stepOnce(): void {
    const on = this.offersTrainOn && this.origin === 'opened';
    if (this.phase === 'training' || this.phase === 'paused') this.#control?.step();
    else if (!this.busy && this.settled()) void this.#run(this.plan(), { oneStep: true, on });
  }

  /** Ends the training and keeps what was learned. */
  stop(): void {
    this.#stopAsked = true;
    // Before the first step and after the last nothing is lost: what is awaited is given up at once.
    if (this.phase !== 'testing' && this.#control?.begun) this.#control.stop();
    else this.#abort?.abort();
  }

  /** Reads the test digits with the model as it is now. */
  async test(): Promise<void> {
    const { model, phase } = this;
    if (!model || this.busy) return;
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#enter('testing');
    const mine = () => this.#abort === abort;
    try {
      const test = await this.data.test(signal);
      const evaluation = await model.evaluate(test, { signal });
      if (mine()) this.evaluation = evaluation;
    } catch (error) {
      if (mine() && !signal.aborted) this.fail('data', error, () => void this.test());
    }
    if (mine()) this.#enter(phase);
  }

  async nextTestDigit(index?: number): Promise<void> {
    if (this.over) return;
    const { revision } = this.digit;
    try {
      const test = await this.data.test();
      const last = this.digit.test?.index ?? -1;
      const next = index ?? (last + 1) % test.count;
      const [image, label] = await Promise.all([test.image(next), test.label(next)]);
      // What has been drawn meanwhile stays.
      if (this.digit.revision === revision) this.digit.show(image, next, label);
    } catch (error) {
      this.fail('data', error, () => void this.nextTestDigit(index));
    }
  }

  /** The last model reads until the next one is there. */
  async #run(wanted: Plan, how: How = {}): Promise<void> {
    const { curves, clock } = this;
    if (this.over) return;
    const before: Shown = { curves, time: clock.time };
    const run = this.#begin(how, before);
    const { signal } = run.abort;
    try {
      const { train, test } = await this.data.get(wanted.settings.trainCount, signal);
      signal.throwIfAborted();
      const plan = this.#withData(wanted);
      const model = await untilAborted('train', this.#modelFor(plan, run, how), signal);
      signal.throwIfAborted();
      const opened = how.on ? this.origin === 'opened' : how.from?.opened === true;
      const history = await this.#fit(model, train, plan, run, { ...how, opened });
      this.digit.read();
      signal.throwIfAborted();
      this.#enter('testing');
      const early = history.stoppedEpoch >= 0;
      this.outcome = this.#stopAsked ? 'stopped' : early ? 'early' : 'complete';
      this.origin = opened ? 'opened' : 'trained';
      const evaluation = await model.evaluate(test, { signal });
      const standing = await model.snapshot().catch(() => null);
      signal.throwIfAborted();
      this.#finish(plan, model, evaluation);
      if (standing) this.#keepModel(plan, model, standing);
    } catch (error) {
      // Otherwise something else has begun meanwhile.
      const mine = () => this.#abort === run.abort;
      const back = how.on === true && mine() && this.outcome === null;
      if (back) await run.goBack().catch(() => mine() && this.takeUntrained());
      if (!mine()) return;
      if (back) this.#recall(before);
      if (signal.aborted) this.#stopped();
      else this.#failed(error, () => (how.on ? this.trainOn() : this.start()));
    }
  }

  #begin({ oneStep = false, from = null, on = false }: How, before: Shown): Run {
    const run: Run = {
      abort: new AbortController(),
      control: new FitControl(),
      goBack: async () => {},
    };
    this.clear();
    this.#abort = run.abort;
    this.#control = run.control;
    if (oneStep) run.control.step();
    this.awake = true;
    this.last.begin();
    if (on) this.#recall({ ...before, curves: before.curves.goOn(before.time) });
    if (from) this.#recall({ curves: Curves.from(from.curves), time: from.time });
    else this.kept.begin();
    this.#enter('preparing');
    return run;
  }

  async #modelFor({ layers, settings }: Plan, run: Run, { from, on }: How): Promise<Sequential> {
    if (on) {
      const model = this.model!;
      run.goBack = await standingOf(model);
      return model;
    }
    const model = sequential({ layers, seed: settings.seed, name: from?.name });
    // Outputs that were logits to the loss are so when the same layers begin anew.
    const { loss } = this;
    if (loss) model.compile({ optimizer: optimizerOf(settings), loss });
    this.use(model, 'untrained', from?.notKept);
    return model;
  }

  #fit(
    model: Sequential,
    train: Dataset,
    plan: Plan,
    { abort, control }: Run,
    { from = null, opened }: How & { readonly opened: boolean },
  ): Promise<History> {
    this.#enter(control.state === 'paused' ? 'paused' : 'training');
    control.addEventListener('change', () => this.#followControl(control));
    return fitAndKeepBest(model, train, plan.settings, {
      from,
      control,
      signal: abort.signal,
      onStep: (report) => this.#stepped(report, plan),
      onEpoch: (report) => this.#epochDone(report),
      onBackup: (backup, best) => {
        const { optimizer, loss } = model.compiled!;
        const curves = this.curves.plain();
        const now = { backup, best, curves, time: this.clock.time };
        const { notKept } = this;
        this.kept.keep({ ...plan, name: model.name, opened, optimizer, loss, notKept, ...now });
      },
      onWarning: (warning) => {
        this.warning = warning;
        this.changed();
      },
    });
  }

  /** The plan with no more images than there are. */
  #withData(plan: Plan): Plan {
    const { total } = this.data;
    const wanted = plan.settings.trainCount;
    // A setting has a least value; a set may have fewer images than that.
    const got = Math.max(total ?? wanted, LIMITS.trainCount.min);
    if (got >= wanted) return plan;
    this.#asked = { wanted, got };
    this.set({ trainCount: got });
    return { ...plan, settings: { ...plan.settings, trainCount: got } };
  }

  /** What an earlier fit of the model had to show, or an interrupted run. */
  #recall({ curves, time }: Shown): void {
    this.curves = curves;
    this.clock.reset(time);
  }

  /** Before the first step, or while the test digits were read. */
  #stopped(): void {
    const trained = this.outcome !== null;
    if (trained) this.kept.forget();
    else this.kept.interrupted();
    this.#enter(trained ? 'finished' : 'idle');
  }

  #failed(error: unknown, begin: () => Promise<void>): void {
    this.#enter(this.outcome === null ? 'idle' : 'finished');
    const { code } = asZifferError(error);
    // A lost worker or connection is no fault of the run.
    if (['not_finite', 'invalid_run', 'invalid_config'].includes(code)) this.kept.forget();
    else this.kept.interrupted();
    if (code === 'not_finite') this.#diverged(error, begin);
    else this.fail('train', error, () => void (this.kept.offer ? this.continueRun() : begin()));
  }

  /** The weights of a new model are of no more use; the same settings would end the same way. */
  #diverged(error: unknown, begin: () => Promise<void>): void {
    if (this.origin === 'untrained') this.takeUntrained();
    this.fail('train', error, () => {
      this.set(usualOptimizer(this.settings.optimizer));
      void begin();
    });
  }

  #stepped(ofFit: StepReport, { settings }: Plan): void {
    const report = this.curves.countedOn(ofFit);
    this.step = report;
    this.curves.addSteps(report);
    this.clock.lap();
    this.pace.add(report, this.clock.time, planOf(settings));
    this.digit.read();
    this.look.refresh();
    this.tell('step', report);
    this.progress.changed();
  }

  #epochDone(ofFit: EpochReport): void {
    const report = this.curves.countedOn(ofFit);
    this.curves.addEpoch(report);
    this.tell('epoch', report);
    this.progress.changed();
  }

  #finish(plan: Plan, model: Sequential, evaluation: Evaluation): void {
    this.kept.forget();
    this.evaluation = evaluation;
    this.endedIn = this.step?.epoch ?? this.curves.epochs.length;
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

  #keepModel(plan: Plan, model: Sequential, standing: Snapshot): void {
    const { curves, clock, outcome, evaluation } = this;
    const { optimizer, loss } = model.compiled!;
    this.last.keep({
      ...plan,
      ...standing,
      name: model.name,
      opened: this.origin === 'opened',
      compiled: optimizer,
      loss,
      notKept: this.notKept,
      curves: curves.plain(),
      time: clock.time,
      outcome: outcome ?? 'complete',
      evaluation: evaluation!,
      lastEpoch: this.endedIn,
      finished: Date.now(),
      runs: this.runs.runs,
    });
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
    this.pace.reset();
    this.#enter('idle');
  }
}
