// The training of an experiment: begun, paused, stopped, gone on with, and the test digits read at its end.
import {
  type Dataset,
  type Evaluation,
  FitControl,
  type History,
  type Sequential,
} from '../../api/index.ts';
import { untilAborted } from '../../api/until_aborted.ts';
import type { Plan } from '../plan/plan.ts';
import { usualOptimizer } from '../plan/settings.ts';
import { Curves } from '../runs/curves.ts';
import { fitAndKeepBest } from '../runs/fit_run.ts';
import { AskedImages, type How, modelFor, type Run } from './begin_fit.ts';
import type { LabData } from './data_sets.ts';
import type { Tell } from './events.ts';
import type { Keeping } from './keeping.ts';
import type { OwnDigits } from './own_digits.ts';
import type { Progress, Shown } from './progress.ts';
import { asZifferError } from './trouble.ts';
import type { Troubles } from './troubles.ts';
import type { Workbench } from './workbench.ts';

/** What a training works with. */
export interface With {
  readonly bench: Workbench;
  readonly progress: Progress;
  readonly data: LabData;
  readonly own: OwnDigits;
  readonly keeping: Keeping;
  readonly troubles: Troubles;
  readonly tell: Tell;
}

export class Training {
  #control: FitControl | null = null;
  #abort: AbortController | null = null;
  #stopAsked = false;
  readonly #images = new AskedImages();

  constructor(private readonly having: With) {}

  /** Resolves when the training has ended, however; at once where it only goes on from a pause, or a field holds no allowed value. */
  async start(): Promise<void> {
    if (this.having.progress.phase === 'paused') this.#control?.resume();
    else if (this.#free) await this.#run(this.#plan());
  }

  async trainOn(): Promise<void> {
    const { bench } = this.having;
    await bench.loaded;
    if (this.#free && bench.fits) await this.#run(this.#plan(), { on: true });
  }

  async continueRun(): Promise<void> {
    const { bench, progress, keeping } = this.having;
    if (progress.busy) return;
    const run = keeping.kept.take();
    if (!run) return;
    bench.design.follow(run);
    await this.#run(this.#plan(), { from: run });
  }

  pause(): void {
    if (this.having.progress.phase === 'training') this.#control?.pause();
  }

  /** One batch, then pause; `on`: of a further fit, where nothing trains yet. */
  stepOnce(on: boolean): void {
    const { phase } = this.having.progress;
    if (phase === 'training' || phase === 'paused') this.#control?.step();
    else if (this.#free) void this.#run(this.#plan(), { oneStep: true, on });
  }

  stop(): void {
    this.#stopAsked = true;
    // Before the first step and after the last nothing is lost: what is awaited is given up at once.
    if (this.having.progress.phase !== 'testing' && this.#control?.begun) this.#control.stop();
    else this.#abort?.abort();
  }

  /** Reads the test digits with the model as it is now. */
  async test(): Promise<void> {
    const { bench, progress, data, troubles } = this.having;
    const { model } = bench;
    const { phase } = progress;
    if (!model || progress.busy) return;
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    progress.enter('testing');
    const mine = () => this.#abort === abort;
    try {
      const test = await data.test(signal);
      const evaluation = await model.evaluate(test, { signal });
      if (mine()) progress.evaluation = evaluation;
    } catch (error) {
      if (mine() && !signal.aborted) troubles.fail('data', error, () => void this.test());
    }
    if (mine()) progress.enter(phase);
  }

  /** Other data are there from now on. */
  takeOtherData(): void {
    this.#images.askAgain(this.having.bench);
  }

  /** Ends what runs and forgets its results. */
  clear(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#control = null;
    this.#stopAsked = false;
    this.having.troubles.dismiss();
    this.having.progress.clear();
  }

  /** Whether one may begin: nothing runs, and all that was typed is allowed. */
  get #free(): boolean {
    return !this.having.progress.busy && this.having.troubles.settled();
  }

  #plan(): Plan {
    return this.having.bench.design.plan();
  }

  /** The last model reads until the next one is there. */
  async #run(wanted: Plan, how: How = {}): Promise<void> {
    const { bench, data, own, progress } = this.having;
    if (bench.over) return;
    const before = progress.shown;
    const run = this.#begin(how, before);
    const { signal } = run.abort;
    let mixed: Dataset | null = null;
    try {
      const { train, test } = await data.get(wanted.settings.trainCount, signal);
      mixed = await own.mixedWith(train, signal);
      signal.throwIfAborted();
      const plan = this.#images.within(wanted, bench, data);
      const model = await untilAborted('train', modelFor(plan, bench, run, how), signal);
      signal.throwIfAborted();
      const opened = how.on ? bench.origin === 'opened' : how.from?.opened === true;
      const history = await this.#fit(model, mixed ?? train, plan, run, { ...how, opened });
      bench.digit.read();
      signal.throwIfAborted();
      progress.enter('testing');
      const early = history.stoppedEpoch >= 0;
      progress.outcome = this.#stopAsked ? 'stopped' : early ? 'early' : 'complete';
      bench.origin = opened ? 'opened' : 'trained';
      await this.#conclude(plan, model, test, signal);
    } catch (error) {
      await this.#ended(error, run, how, before);
    } finally {
      mixed?.dispose();
    }
  }

  #begin({ oneStep = false, from = null, on = false }: How, before: Shown): Run {
    const { bench, progress, keeping } = this.having;
    const run: Run = {
      abort: new AbortController(),
      control: new FitControl(),
      goBack: async () => {},
    };
    this.clear();
    this.#abort = run.abort;
    this.#control = run.control;
    if (oneStep) run.control.step();
    bench.awake = true;
    keeping.last.begin();
    if (on) progress.recall({ ...before, curves: before.curves.goOn(before.time) });
    if (from) progress.recall({ curves: Curves.from(from.curves), time: from.time });
    else keeping.kept.begin();
    progress.enter('preparing');
    return run;
  }

  #fit(
    model: Sequential,
    train: Dataset,
    plan: Plan,
    { abort, control }: Run,
    { from = null, opened }: How & { readonly opened: boolean },
  ): Promise<History> {
    const { bench, progress, keeping, tell } = this.having;
    progress.enter(control.state === 'paused' ? 'paused' : 'training');
    control.addEventListener('change', () => this.#followControl(control));
    return fitAndKeepBest(model, train, plan.settings, {
      from,
      control,
      signal: abort.signal,
      onStep: (ofFit) => {
        const report = progress.stepped(ofFit, plan.settings);
        bench.digit.read();
        bench.look.refresh();
        tell('step', report);
      },
      onEpoch: (ofFit) => tell('epoch', progress.epochDone(ofFit)),
      onBackup: (backup, best) => {
        const { notKept } = bench;
        keeping.keepRun({ plan, model, opened, notKept }, backup, best, progress);
      },
    });
  }

  #followControl(control: FitControl): void {
    const { progress } = this.having;
    const { phase } = progress;
    if (control !== this.#control || phase === 'testing' || phase === 'finished') return;
    if (control.state === 'paused') progress.enter('paused');
    if (control.state === 'running') progress.enter('training');
  }

  /** Reads the test digits and keeps what has been learned. */
  async #conclude(plan: Plan, model: Sequential, test: Dataset, signal: AbortSignal) {
    const { bench, progress, keeping } = this.having;
    const evaluation = await model.evaluate(test, { signal });
    const standing = await model.snapshot().catch(() => null);
    signal.throwIfAborted();
    this.#finish(plan, model, evaluation);
    if (!standing) return;
    const trained = { plan, model, opened: bench.origin === 'opened', notKept: bench.notKept };
    keeping.keepModel(trained, standing, progress);
  }

  #finish(plan: Plan, model: Sequential, evaluation: Evaluation): void {
    const { bench, progress, keeping, tell } = this.having;
    keeping.kept.forget();
    const { curves, clock, outcome, step } = progress;
    progress.evaluation = evaluation;
    progress.endedIn = step?.epoch ?? curves.epochs.length;
    progress.enter('finished');
    bench.digit.read();
    bench.look.refresh();
    tell('trained', {
      history: curves.epochs,
      bestEpoch: curves.bestEpoch,
      outcome: outcome ?? 'complete',
      test: evaluation,
    });
    keeping.runs.add({ ...plan, curves, clock }, evaluation, model.parameterCount);
  }

  /** Stopped or failed, unless something else has begun meanwhile. */
  async #ended(error: unknown, run: Run, how: How, before: Shown): Promise<void> {
    const { bench, progress } = this.having;
    const mine = () => this.#abort === run.abort;
    const back = how.on === true && mine() && progress.outcome === null;
    if (back) await run.goBack().catch(() => mine() && bench.takeUntrained());
    if (!mine()) return;
    if (back) progress.recall(before);
    if (run.abort.signal.aborted) this.#stopped();
    else this.#failed(error, () => (how.on ? this.trainOn() : this.start()));
  }

  /** Before the first step, or while the test digits were read. */
  #stopped(): void {
    const { progress, keeping } = this.having;
    const trained = progress.outcome !== null;
    if (trained) keeping.kept.forget();
    else keeping.kept.interrupted();
    progress.enter(trained ? 'finished' : 'idle');
  }

  #failed(error: unknown, begin: () => Promise<void>): void {
    const { progress, troubles } = this.having;
    const { kept } = this.having.keeping;
    progress.enter(progress.outcome === null ? 'idle' : 'finished');
    const { code } = asZifferError(error);
    // A lost worker or connection is no fault of the run.
    if (['not_finite', 'invalid_run', 'invalid_config'].includes(code)) kept.forget();
    else kept.interrupted();
    if (code === 'not_finite') this.#diverged(error, begin);
    else troubles.fail('train', error, () => void (kept.offer ? this.continueRun() : begin()));
  }

  /** The weights of a new model are of no more use; the same settings would end the same way. */
  #diverged(error: unknown, begin: () => Promise<void>): void {
    const { bench, troubles } = this.having;
    if (bench.origin === 'untrained') bench.takeUntrained();
    troubles.fail('train', error, () => {
      bench.set(usualOptimizer(bench.design.settings.optimizer));
      void begin();
    });
  }
}
