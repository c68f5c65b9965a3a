// What a run has recorded: one row an epoch, and the loss of every step, thinned so that a long run stays drawable.
import type { EpochReport, Logs, StepReport } from '../api/index.ts';

export interface EpochRow extends Logs {
  readonly epoch: number;
}

/** What `Curves` needs to go on after its page was closed. */
export interface PlainCurves {
  readonly epochs: readonly EpochRow[];
  readonly steps: Curves['steps'];
  readonly stepsPerEpoch: number;
  readonly bestEpoch: number;
  readonly stride: number;
}

/** A canvas some hundred pixels wide shows no more; beyond it every second point is dropped. */
const MAX_STEPS = 2400;

let count = 0;

export class Curves {
  /** Tells the curves of one run from those of the next. */
  readonly id = ++count;
  readonly epochs: EpochRow[] = [];
  /** 1-based numbers of steps, and the mean loss and accuracy of the epoch so far. */
  readonly steps: { step: number[]; loss: number[]; accuracy: number[] } = {
    step: [],
    loss: [],
    accuracy: [],
  };
  stepsPerEpoch = 0;
  bestEpoch = 0;
  #stride = 1;

  plain(): PlainCurves {
    const { epochs, steps, stepsPerEpoch, bestEpoch } = this;
    return structuredClone({ epochs, steps, stepsPerEpoch, bestEpoch, stride: this.#stride });
  }

  static from({ epochs, steps, stepsPerEpoch, bestEpoch, stride }: PlainCurves): Curves {
    const curves = new Curves();
    curves.epochs.push(...epochs);
    curves.steps.step.push(...steps.step);
    curves.steps.loss.push(...steps.loss);
    curves.steps.accuracy.push(...steps.accuracy);
    curves.stepsPerEpoch = stepsPerEpoch;
    curves.bestEpoch = bestEpoch;
    curves.#stride = stride;
    return curves;
  }

  addSteps(report: StepReport): void {
    this.stepsPerEpoch = report.steps;
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
    this.bestEpoch = report.bestEpoch;
  }

  get best(): EpochRow | undefined {
    return this.epochs[this.bestEpoch - 1];
  }

  csv(): string {
    const rows = this.epochs.map((r) =>
      [r.epoch, r.loss, r.accuracy, r.val_loss ?? '', r.val_accuracy ?? ''].join(','),
    );
    return `${['epoch,loss,accuracy,val_loss,val_accuracy', ...rows].join('\n')}\n`;
  }

  csvBySteps(): string {
    const { step, loss, accuracy } = this.steps;
    const rows = step.map((s, i) => [s, loss[i], accuracy[i]].join(','));
    return `${['step,loss,accuracy', ...rows].join('\n')}\n`;
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

/** Whether these are the curves of so many epochs; they may come from anywhere. */
export function isPlainCurves(value: unknown, epochs: number): value is PlainCurves {
  const plain = (value ?? {}) as Partial<PlainCurves>;
  const { step, loss, accuracy } = (plain.steps ?? {}) as Partial<Curves['steps']>;
  const points = Array.isArray(step) ? step.length : -1;
  const lists = [step, loss, accuracy].every(
    (list) => Array.isArray(list) && list.length === points && list.every(isNumber),
  );
  const rows =
    Array.isArray(plain.epochs) &&
    plain.epochs.length === epochs &&
    plain.epochs.every(
      (row, i) => row?.epoch === i + 1 && isNumber(row.loss) && isNumber(row.accuracy),
    );
  const counts = [plain.stepsPerEpoch, plain.bestEpoch, plain.stride].every(
    (count) => Number.isInteger(count) && count! >= 0,
  );
  return lists && points <= MAX_STEPS && rows && counts && plain.stride! >= 1;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
