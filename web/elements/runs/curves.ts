// What a run has recorded: one row an epoch, and the loss of every step, thinned so that a long run stays drawable. A model that
// is trained on goes on with the curves of its earlier fits.
import type { EpochReport, Logs, StepReport } from '../../api/index.ts';

export interface EpochRow extends Logs {
  readonly epoch: number;
}

/** What earlier fits of the same model had reached when the fit of now began. */
export interface Past {
  readonly epochs: number;
  readonly steps: number;
  /** Milliseconds. */
  readonly time: number;
}

/** What `Curves` needs to go on after its page was closed. */
export interface PlainCurves {
  readonly past: Past;
  readonly epochs: readonly EpochRow[];
  /** The last step of each epoch. */
  readonly ends: readonly number[];
  readonly steps: Curves['steps'];
  readonly bestEpoch: number;
  readonly stride: number;
}

/** A canvas some hundred pixels wide shows no more; beyond it every second point is dropped. */
const MAX_STEPS = 2400;

let count = 0;

export class Curves {
  /** Tells the curves of one run from those of the next. */
  readonly id = ++count;
  past: Past = { epochs: 0, steps: 0, time: 0 };
  readonly epochs: EpochRow[] = [];
  /** The last step of each epoch. */
  readonly ends: number[] = [];
  /** 1-based numbers of steps, and the mean loss and accuracy of the epoch so far. */
  readonly steps: { step: number[]; loss: number[]; accuracy: number[] } = {
    step: [],
    loss: [],
    accuracy: [],
  };
  /** Of the fit of now; 0 before its first epoch is done. */
  bestEpoch = 0;
  #last = 0;
  #stride = 1;

  plain(): PlainCurves {
    const { past, epochs, ends, steps, bestEpoch } = this;
    return structuredClone({ past, epochs, ends, steps, bestEpoch, stride: this.#stride });
  }

  static from({ past, epochs, ends, steps, bestEpoch, stride }: PlainCurves): Curves {
    const curves = new Curves();
    curves.past = past;
    curves.epochs.push(...epochs);
    curves.ends.push(...ends);
    curves.steps.step.push(...steps.step);
    curves.steps.loss.push(...steps.loss);
    curves.steps.accuracy.push(...steps.accuracy);
    curves.bestEpoch = bestEpoch;
    curves.#last = Math.max(past.steps, ends.at(-1) ?? 0);
    curves.#stride = stride;
    return curves;
  }

  /** The same curves for a further fit of the model; `time` in milliseconds went by for them. */
  goOn(time: number): Curves {
    const past = { epochs: this.epochs.length, steps: this.#last, time };
    return Curves.from({ ...this.plain(), past, bestEpoch: 0 });
  }

  /** What a fit reports, which counts from 1, counted on from the fits before, as with Keras's initial_epoch. */
  countedOn<R extends StepReport | EpochReport>(report: R): R {
    const { epochs, steps } = this.past;
    const on = <T extends { epoch: number; totalStep: number }>(of: T): T => ({
      ...of,
      epoch: of.epoch + epochs,
      totalStep: of.totalStep + steps,
    });
    const more =
      'recent' in report
        ? { recent: report.recent.map(on) }
        : { bestEpoch: report.bestEpoch + epochs };
    return { ...on(report), epochs: report.epochs + epochs, ...more };
  }

  addSteps(report: StepReport): void {
    this.#last = report.totalStep;
    for (const recent of report.recent) {
      if (recent.totalStep % this.#stride !== 0) continue;
      this.steps.step.push(recent.totalStep);
      this.steps.loss.push(recent.loss);
      this.steps.accuracy.push(recent.accuracy);
    }
    if (this.steps.step.length > MAX_STEPS) this.#thin();
  }

  addEpoch(report: EpochReport): void {
    this.epochs.push({ epoch: report.epoch, ...report.logs });
    this.ends.push(report.totalStep);
    this.#last = report.totalStep;
    this.bestEpoch = report.bestEpoch;
  }

  get best(): EpochRow | undefined {
    return this.epochs[this.bestEpoch - 1];
  }

  /** One row an epoch, the first the names in Keras's words. */
  table(): (string | number | undefined)[][] {
    const rows = this.epochs.map((r) => [r.epoch, r.loss, r.accuracy, r.val_loss, r.val_accuracy]);
    return [['epoch', 'loss', 'accuracy', 'val_loss', 'val_accuracy'], ...rows];
  }

  tableOfSteps(): (string | number | undefined)[][] {
    const { step, loss, accuracy } = this.steps;
    return [['step', 'loss', 'accuracy'], ...step.map((s, i) => [s, loss[i], accuracy[i]])];
  }

  #thin(): void {
    this.#stride *= 2;
    const keep = this.steps.step.map((s) => s % this.#stride === 0);
    for (const list of [this.steps.step, this.steps.loss, this.steps.accuracy]) {
      const kept = list.filter((_, i) => keep[i]);
      list.splice(0, list.length, ...kept);
    }
  }
}

/** Whether these are curves whose last fit has done so many epochs; they may come from anywhere. */
export function isPlainCurves(value: unknown, epochs: number): value is PlainCurves {
  const plain = (value ?? {}) as Partial<PlainCurves>;
  const past = (plain.past ?? {}) as Partial<Past>;
  const { ends } = plain;
  const { step, loss, accuracy } = (plain.steps ?? {}) as Partial<Curves['steps']>;
  const points = Array.isArray(step) ? step.length : -1;
  const lists = [step, loss, accuracy].every(
    (list) => Array.isArray(list) && list.length === points && list.every(isNumber),
  );
  const rows =
    Array.isArray(plain.epochs) &&
    plain.epochs.length === epochs + (past.epochs ?? 0) &&
    plain.epochs.every(
      (row, i) => row?.epoch === i + 1 && isNumber(row.loss) && isNumber(row.accuracy),
    );
  const ended = Array.isArray(ends) && ends.length === plain.epochs?.length && ends.every(isNumber);
  const counts = [past.epochs, past.steps, plain.bestEpoch, plain.stride].every(
    (count) => Number.isInteger(count) && count! >= 0,
  );
  const told = lists && points <= MAX_STEPS && rows && ended;
  return told && counts && plain.stride! >= 1 && isNumber(past.time);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
