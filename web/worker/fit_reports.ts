// What a fit tells the page: at most 20 step notices a second, each with every step since the last, and one for each epoch.
import type { Notice, PlainLogs, PlainStep } from '../protocol/messages.ts';
import type { TrainerReport } from './core.ts';

const INTERVAL_MS = 50;

interface Outlet {
  id: number;
  batchSize: number;
  now: () => number;
  send: (notice: Notice) => void;
}

export class FitReports {
  #recent: PlainStep['recent'] = [];
  #last: TrainerReport | null = null;
  #threads = 1;
  #flushedAt: number;
  /** Active time in the steps since the last flush, and in this epoch; while the clock runs, `#since` is its last reading. */
  #stepMs = 0;
  #epochMs = 0;
  #since: number | null = null;

  constructor(private readonly outlet: Outlet) {
    this.#flushedAt = outlet.now();
  }

  /** The clock runs from here … */
  resume(): void {
    this.#since ??= this.outlet.now();
  }

  /** … to here, so that pauses and waits do not count. Reports what is there. */
  pause(): void {
    this.flush();
    this.#readClock();
    this.#since = null;
  }

  /** After every phase. */
  add(report: TrainerReport, threads: number): void {
    this.#threads = threads;
    const ms = this.#readClock();
    // The epoch's report comes again with its last step's numbers, after a validation.
    if (report.step !== this.#last?.step || report.epoch !== this.#last.epoch) {
      this.#stepMs += ms;
      const { epoch, loss, accuracy } = report;
      const { batch_loss: batchLoss, batch_accuracy: batchAccuracy } = report;
      const { total_step: totalStep } = report;
      this.#recent.push({ epoch, totalStep, loss, accuracy, batchLoss, batchAccuracy });
      this.#last = report;
    }
    if (report.kind !== 'step') this.#epoch(report);
    else if (this.outlet.now() - this.#flushedAt >= INTERVAL_MS) this.flush();
  }

  flush(): void {
    const report = this.#last;
    if (!report || this.#recent.length === 0) return;
    const msPerStep = this.#stepMs / this.#recent.length;
    const step: PlainStep = {
      epoch: report.epoch,
      epochs: report.epochs,
      step: report.step,
      steps: report.steps,
      totalStep: report.total_step,
      loss: report.loss,
      accuracy: report.accuracy,
      recent: this.#recent,
      msPerStep,
      imagesPerSecond: msPerStep > 0 ? (1000 * this.outlet.batchSize) / msPerStep : 0,
      threads: this.#threads,
    };
    this.#recent = [];
    this.#stepMs = 0;
    this.#flushedAt = this.outlet.now();
    this.outlet.send({ kind: 'notice', id: this.outlet.id, type: 'step', report: step });
  }

  /** Keras's logs: `val_` only where there is validation data, the learning rate where a callback may change it. */
  static logs({ loss, accuracy, ...report }: TrainerReport): PlainLogs {
    const { val_loss, val_accuracy, learning_rate, metrics } = report;
    return {
      loss,
      accuracy,
      ...(!Number.isNaN(val_accuracy) && { val_loss, val_accuracy }),
      ...(!Number.isNaN(learning_rate) && { learning_rate }),
      ...metrics,
    };
  }

  #epoch(report: TrainerReport): void {
    this.flush();
    const epoch = {
      epoch: report.epoch,
      epochs: report.epochs,
      totalStep: report.total_step,
      logs: FitReports.logs(report),
      bestEpoch: report.best_epoch,
      seconds: this.#epochMs / 1000,
    };
    this.#epochMs = 0;
    this.outlet.send({ kind: 'notice', id: this.outlet.id, type: 'epoch', report: epoch });
  }

  /** Milliseconds since the last reading. */
  #readClock(): number {
    if (this.#since === null) return 0;
    const now = this.outlet.now();
    const ms = now - this.#since;
    this.#epochMs += ms;
    this.#since = now;
    return ms;
  }
}
