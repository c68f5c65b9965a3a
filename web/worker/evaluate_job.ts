// One `evaluate` in the trainer worker. The core copies the weights at its beginning, so that a fit of the same model that goes
// on meanwhile does not change them under it.
import { asZifferError, type ZifferError } from '../protocol/errors.ts';
import type { PlainEvaluation } from '../protocol/messages.ts';
import type { CoreEvaluator } from './core.ts';
import type { Job, Progress, Scheduler } from './scheduler.ts';
import type { UnitRunner } from './unit_runner.ts';

export interface EvaluateParts {
  evaluator: CoreEvaluator;
  runner: UnitRunner;
  scheduler: Scheduler;
  settle: (result: PlainEvaluation | ZifferError) => void;
}

export class EvaluateJob implements Job {
  #begun = false;
  #over = false;

  constructor(private readonly parts: EvaluateParts) {}

  advance(): Progress {
    if (this.#over) return 'done';
    const { evaluator, runner } = this.parts;
    if (!this.#begun) {
      this.#begun = true;
      this.restart();
    }
    const progress = runner.advance();
    if (progress === 'done') this.#end(evaluator.finish());
    return progress;
  }

  restart(): void {
    this.parts.runner.begin(this.parts.evaluator.begin());
  }

  /** A lost compute worker: the numbers are the same without it. */
  warn(): void {}

  fail(thrown: unknown): void {
    this.#end(asZifferError(thrown));
  }

  wake(): void {
    this.parts.scheduler.wake(this);
  }

  #end(result: PlainEvaluation | ZifferError): void {
    if (this.#over) return;
    this.#over = true;
    this.parts.scheduler.remove(this);
    this.parts.runner.leave();
    this.parts.settle(result);
  }
}
