// One `fit` in the trainer worker: drives the core's trainer step by step, waits for data, pauses, and reports.
import { asZifferError, toPlainError, type ZifferError } from '../protocol/errors.ts';
import type { FitAction, Notice, PlainHistory, PlainTurn } from '../protocol/messages.ts';
import type { CoreTrainer, TrainerReport } from './core.ts';
import type { DataStore } from './data_store.ts';
import { FitReports } from './fit_reports.ts';
import type { Job, Progress, Scheduler } from './scheduler.ts';
import type { UnitRunner } from './unit_runner.ts';

export type Send = (notice: Notice, transfer?: Transferable[]) => void;

export interface FitParts {
  id: number;
  trainer: CoreTrainer;
  runner: UnitRunner;
  data: DataStore;
  validation: DataStore | null;
  scheduler: Scheduler;
  batchSize: number;
  checkpoints: boolean;
  backups: boolean;
  initialEpoch: number;
  /** After what it waits for the page. */
  turns: 'epochs' | 'batches' | null;
  now: () => number;
  send: Send;
  settle: (history: PlainHistory | ZifferError) => void;
}

export class FitJob implements Job {
  readonly #reports: FitReports;
  #inPhase = false;
  /** What the job waits for, so that it asks only once. */
  #waitingFor: 'train' | 'validation' | null = null;
  #trainHere = false;
  #validationHere = false;
  #held = false;
  /** Single steps still to do while held. */
  #steps = 0;
  #stopping = false;
  #over = false;
  /** Whether it is the page's turn, and the epoch whose backup waits for it. */
  #turn = false;
  #ended: TrainerReport | null = null;

  constructor(private readonly parts: FitParts) {
    this.#reports = new FitReports(parts);
    if (parts.turns) this.#beginTurns();
  }

  advance(): Progress {
    if (this.#over) return 'done';
    if (this.#inPhase) return this.#continue();
    if (this.#turn) return 'waiting';
    const { trainer } = this.parts;
    switch (trainer.phase()) {
      case 'finished':
        this.#reports.flush();
        this.#end(this.#history());
        return 'done';
      case 'step':
        if (!this.#trainHere) return this.#await('train');
        if (this.#held && this.#steps === 0) return this.#hold();
        this.#steps = Math.max(0, this.#steps - 1);
        break;
      case 'validate':
        if (!this.#validationHere) return this.#await('validation');
        break;
    }
    this.#reports.resume();
    this.#inPhase = true;
    this.restart();
    return this.#continue();
  }

  control(action: FitAction): void {
    if (this.#over) return;
    switch (action) {
      case 'pause':
        this.#held = true;
        return;
      case 'resume':
        this.#held = false;
        break;
      case 'step':
        this.#held = true;
        this.#steps++;
        break;
      case 'stop':
        this.#held = false;
        // In the middle of a phase its units are still being computed: they are finished first.
        if (this.#inPhase) this.#stopping = true;
        else this.#stop();
        break;
    }
    this.parts.scheduler.wake(this);
  }

  /** The page has had its turn. */
  turn(stop: boolean, rate: number | null): void {
    if (this.#over || !this.#turn) return;
    this.#turn = false;
    try {
      if (rate !== null) this.parts.trainer.setLearningRate(rate);
    } catch (thrown) {
      this.fail(thrown);
      return;
    }
    if (stop) this.#stop();
    if (this.#ended) this.#giveBackup(this.#ended);
    this.#ended = null;
    this.parts.scheduler.wake(this);
  }

  /** Numbers that are none come as null in JSON. */
  #history(): PlainHistory {
    const none = (_: string, value: unknown) => (value === null ? Number.NaN : value);
    return JSON.parse(this.parts.trainer.history(), none) as PlainHistory;
  }

  #beginTurns(): void {
    const epoch = this.parts.initialEpoch + this.#history().epoch.length - 1;
    const more = this.parts.trainer.phase() !== 'finished';
    this.#giveTurn({ at: 'epoch', epoch, batch: -1, logs: null, more });
  }

  #giveTurn(turn: Omit<PlainTurn, 'learningRate'>): void {
    const { id, send, trainer } = this.parts;
    this.#turn = true;
    this.#reports.pause();
    const learningRate = trainer.learningRate();
    send({ kind: 'notice', id, type: 'turn', turn: { ...turn, learningRate } });
  }

  /** Waits for the page where it has callbacks of its own for this; false: it has none. */
  #takeTurns(report: TrainerReport): boolean {
    const { turns, trainer } = this.parts;
    const ends = report.kind === 'epoch';
    const { epoch, step, steps } = report;
    if (!turns || (!ends && turns === 'epochs')) return false;
    const more = ends ? trainer.phase() !== 'finished' : step < steps;
    const logs = FitReports.logs(report);
    const at = ends ? 'epoch' : 'batch';
    this.#giveTurn({ at, epoch: epoch - 1, batch: step - 1, logs, more });
    return true;
  }

  #stop(): void {
    try {
      this.parts.trainer.stop();
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  /** Ends the job with an error: `aborted`, `disposed`, or whatever `advance` threw. The weights stay as they are. */
  fail(thrown: unknown): void {
    this.#reports.flush();
    this.#end(asZifferError(thrown));
  }

  wake(): void {
    this.parts.scheduler.wake(this);
  }

  /** Begins the phase, or begins it anew. */
  restart(): void {
    const { runner, trainer } = this.parts;
    runner.begin(trainer.begin(runner.crew));
  }

  warn(error: ZifferError): void {
    this.parts.send({
      kind: 'notice',
      id: this.parts.id,
      type: 'warning',
      error: toPlainError(error),
    });
  }

  #continue(): Progress {
    const { runner, trainer } = this.parts;
    const progress = runner.advance();
    if (progress !== 'done') return progress;
    if (trainer.meet()) {
      runner.goOn();
      return 'again';
    }
    this.#inPhase = false;
    const report = trainer.finish();
    this.#reports.add(report, runner.crew);
    if (report.checkpoint) this.#giveCheckpoint(report);
    if (this.#stopping) trainer.stop();
    const ended = report.kind === 'epoch' ? report : null;
    if (this.#takeTurns(report)) this.#ended = ended;
    else if (ended) this.#giveBackup(ended);
    return 'again';
  }

  #giveCheckpoint(report: TrainerReport): void {
    const { trainer, checkpoints, id, send } = this.parts;
    const weights = checkpoints && trainer.checkpoint();
    if (!weights) return;
    const { epoch } = report;
    const logs = FitReports.logs(report);
    send({ kind: 'notice', id, type: 'checkpoint', epoch, logs, weights }, [
      weights.buffer as ArrayBuffer,
    ]);
  }

  /** After the checkpoint, so that a page which keeps both keeps them of the same epoch. A run that is over needs none. */
  #giveBackup({ epoch }: TrainerReport): void {
    const { trainer, backups, id, send } = this.parts;
    if (!backups || trainer.phase() === 'finished') return;
    const bytes = trainer.state();
    send({ kind: 'notice', id, type: 'backup', epoch, bytes }, [bytes.buffer as ArrayBuffer]);
  }

  #hold(): Progress {
    this.#reports.pause();
    return 'waiting';
  }

  #await(what: 'train' | 'validation'): Progress {
    if (this.#waitingFor === what) return 'waiting';
    this.#waitingFor = what;
    this.#reports.pause();
    void this.#arrival(what).then(
      () => {
        this.#waitingFor = null;
        if (what === 'train') this.#trainHere = true;
        else this.#validationHere = true;
        this.wake();
      },
      (error) => this.fail(error),
    );
    return 'waiting';
  }

  #arrival(what: 'train' | 'validation'): Promise<void> {
    const { trainer, data, validation } = this.parts;
    if (what === 'train') return data.whenRange(trainer.trainRange());
    return validation ? validation.whenAll() : data.whenRange(trainer.validationRange());
  }

  #end(result: PlainHistory | ZifferError): void {
    if (this.#over) return;
    this.#over = true;
    this.parts.scheduler.remove(this);
    this.parts.runner.leave();
    this.parts.trainer.delete();
    this.parts.settle(result);
  }
}
