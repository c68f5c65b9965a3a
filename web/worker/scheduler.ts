// Shares the trainer worker's thread among fits and evaluations, a piece of work at a time, and lets messages through in between.

/** How long jobs run before waiting messages get their turn: predictions and pauses are answered within this time. */
const SLICE_MS = 8;

export type Progress =
  /** There is more to do now. */
  | 'again'
  /** Nothing to do until `Scheduler.wake`. */
  | 'waiting'
  | 'done';

export interface Job {
  /** Does one short piece of work. */
  advance(): Progress;
  /** Called instead of further `advance`s when it threw. */
  fail(thrown: unknown): void;
}

export class Scheduler {
  readonly #jobs = new Set<Job>();
  readonly #runnable: Job[] = [];
  readonly #yield: () => void;
  #turnComing = false;

  constructor(
    private readonly now: () => number,
    macrotask: (turn: () => void) => () => void,
  ) {
    this.#yield = macrotask(() => this.#turn());
  }

  add(job: Job): void {
    this.#jobs.add(job);
    this.wake(job);
  }

  /** To be called when a waiting job can go on; does nothing for a job that is not here. */
  wake(job: Job): void {
    if (!this.#jobs.has(job) || this.#runnable.includes(job)) return;
    this.#runnable.push(job);
    this.#comeBack();
  }

  remove(job: Job): void {
    this.#jobs.delete(job);
    const at = this.#runnable.indexOf(job);
    if (at >= 0) this.#runnable.splice(at, 1);
  }

  #turn(): void {
    this.#turnComing = false;
    const end = this.now() + SLICE_MS;
    do {
      const job = this.#runnable.shift();
      if (!job) return;
      const progress = advance(job);
      if (progress === 'done') this.#jobs.delete(job);
      else if (progress === 'again' && this.#jobs.has(job) && !this.#runnable.includes(job)) {
        this.#runnable.push(job);
      }
    } while (this.now() < end);
    this.#comeBack();
  }

  #comeBack(): void {
    if (this.#turnComing || this.#runnable.length === 0) return;
    this.#turnComing = true;
    this.#yield();
  }
}

function advance(job: Job): Progress {
  try {
    return job.advance();
  } catch (thrown) {
    job.fail(thrown);
    return 'done';
  }
}
