// Gets the units of one phase computed: some by the compute workers, the rest here. Which worker does which unit changes
// nothing about the result: the core combines them in a fixed order.
import type { ZifferError } from '../protocol/errors.ts';
import type { ComputePool, Crew, Holder } from './compute_pool.ts';
import type { CoreUnits } from './core.ts';
import type { Progress } from './scheduler.ts';

export interface Owner {
  /** A unit came back: the phase may be complete. */
  wake(): void;
  warn(error: ZifferError): void;
  /** A worker that others wait for is gone with what it had computed of the phase, which must begin anew. */
  restart(): void;
  fail(thrown: unknown): void;
}

export class UnitRunner implements Crew {
  #pending: number[] = [];
  #away = 0;
  #depth = 1;
  /** Which worker began each unit of the phase; null: this thread. */
  #holders: (Holder | null)[] = [];
  /** Whether nothing of the phase is computed yet, so that anybody may begin a unit. */
  #fresh = true;
  /** Counts phases, so that answers to a phase that was given up are recognised. */
  #phase = 0;

  /** `pool` may be null where one thread is enough. */
  constructor(
    private readonly units: CoreUnits,
    private readonly config: string,
    private readonly pool: ComputePool | null,
    private readonly threads: number,
    private readonly owner: Owner,
  ) {
    pool?.join(this, threads - 1);
  }

  /** Threads at work now; compute workers that have not started yet do not count. */
  get crew(): number {
    return this.pool ? Math.min(this.threads, 1 + this.pool.ready) : 1;
  }

  begin(units: number): void {
    this.#phase++;
    // What others still compute of a phase that was given up is nobody's.
    this.#away = 0;
    this.#pending = Array.from({ length: units }, (_, i) => i);
    this.#holders = this.#pending.map(() => null);
    this.#fresh = true;
    // Where there are many units, a second one waits at each worker while the leader is busy.
    this.#depth = units > 2 * this.crew ? 2 : 1;
    this.#giveAway();
  }

  /** The next round of a phase: each of its units goes on where it was begun. */
  goOn(): void {
    this.#fresh = false;
    const phase = this.#phase;
    for (const [unit, holder] of this.#holders.entries()) {
      if (holder) this.#send(unit, holder);
      else this.#pending.push(unit);
      if (phase !== this.#phase) return;
    }
  }

  /** Computes one unit here, if one is left. */
  advance(): Progress {
    const unit = this.#pending.shift();
    if (unit === undefined) return this.#away > 0 ? 'waiting' : 'done';
    this.units.runUnit(unit);
    if (this.#pending.length > 0) return 'again';
    return this.#away > 0 ? 'waiting' : 'done';
  }

  /** Forgets the phase; late answers are ignored. */
  leave(): void {
    this.#phase++;
    this.#pending = [];
    this.#away = 0;
    this.pool?.leave(this);
  }

  onFree(): void {
    this.#giveAway();
  }

  onLost(error: ZifferError): void {
    this.owner.warn(error);
  }

  /** Fills the workers that have room; one unit stays for this thread. */
  #giveAway(): void {
    if (!this.pool || !this.#fresh) return;
    const most = (this.threads - 1) * this.#depth;
    while (this.#pending.length > 1 && this.#away < most) {
      const holder = this.pool.freest(this.#depth);
      if (!holder) return;
      const unit = this.#pending.pop()!;
      this.#holders[unit] = holder;
      this.#send(unit, holder);
    }
  }

  #send(unit: number, holder: Holder): void {
    const phase = this.#phase;
    this.#away++;
    const back = (finish: () => void) => {
      if (phase !== this.#phase) return;
      this.#away--;
      try {
        finish();
        this.owner.wake();
      } catch (thrown) {
        this.owner.fail(thrown);
      }
    };
    const task = {
      config: this.config,
      bytes: this.units.exportUnit(unit),
      done: (result: Uint8Array) => back(() => this.units.accept(result)),
      lost: () => back(() => this.#lose(unit)),
    };
    this.pool?.submit(task, holder);
  }

  #lose(unit: number): void {
    if (!this.#fresh) {
      this.owner.restart();
      return;
    }
    this.#holders[unit] = null;
    this.#pending.push(unit);
  }
}
