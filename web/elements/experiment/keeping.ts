// What outlives the page: the run that trains, from epoch to epoch, the model that was finished last, and the list of runs.
import type { Backup, NotKept, Sequential, Snapshot } from '../../api/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { BestWeights } from '../runs/kept_run.ts';
import { KeptRuns } from '../runs/kept_runs.ts';
import { LastModel } from '../runs/last_model.ts';
import { RunLog } from '../runs/run_log.ts';
import type { Progress } from './progress.ts';

/** A model with the plan that it is trained by; `opened`: its first weights came from a file. */
interface Trained {
  readonly plan: Plan;
  readonly model: Sequential;
  readonly opened: boolean;
  /** What its file said and it does not have. */
  readonly notKept: readonly NotKept[];
}

export class Keeping {
  readonly runs = new RunLog();
  /** This lab's run as it is kept from epoch to epoch, and an interrupted one that may go on. */
  readonly kept: KeptRuns;
  /** What was finished last at this place. */
  readonly last: LastModel;

  /** `place` tells this lab's runs from those of others. */
  constructor(place: () => string, changed: () => void) {
    this.kept = new KeptRuns(place);
    this.kept.subscribe(changed);
    this.last = new LastModel(place);
    this.last.subscribe(changed);
    this.last.found = ({ runs }) => this.runs.restore(runs);
    this.runs.subscribe(() => this.last.keepRuns(this.runs.runs));
  }

  look(): void {
    void this.kept.look();
    void this.last.look();
  }

  /** What was running was interrupted: it is offered when a lab comes back to this place. */
  leave(): void {
    this.kept.leave();
    this.last.leave();
  }

  /** Deletes the finished model that is offered, and its runs. */
  async forgetLast(): Promise<void> {
    this.runs.forgetEarlier();
    await this.last.forget();
  }

  keepRun(trained: Trained, backup: Backup, best: BestWeights | null, progress: Progress): void {
    const { model, plan, opened, notKept } = trained;
    const { optimizer, loss } = model.compiled!;
    const now = { backup, best, curves: progress.curves.plain(), time: progress.clock.time };
    this.kept.keep({ ...plan, name: model.name, opened, optimizer, loss, notKept, ...now });
  }

  keepModel(trained: Trained, standing: Snapshot, progress: Progress): void {
    const { model, plan, opened, notKept } = trained;
    const { optimizer, loss } = model.compiled!;
    this.last.keep({
      ...plan,
      ...standing,
      name: model.name,
      opened,
      compiled: optimizer,
      loss,
      notKept,
      curves: progress.curves.plain(),
      time: progress.clock.time,
      outcome: progress.outcome ?? 'complete',
      evaluation: progress.evaluation!,
      lastEpoch: progress.endedIn,
      finished: Date.now(),
      runs: this.runs.runs,
    });
  }
}
