// The compute workers of a trainer worker: started when a job first wants them, ended when idle. A task whose worker is lost can
// be done by anybody else, unless it goes on with what that worker began.

import type { Channel } from '../platform/channel.ts';
import { SILENCE_S, Watchdog } from '../platform/watchdog.ts';
import { newLife, watchLife } from '../platform/worker_life.ts';
import { isFromCompute, type ToCompute } from '../protocol/compute.ts';
import { ZifferError } from '../protocol/errors.ts';

/**
 * A worker that ends is noticed by the lock of its life. Where there are no locks, one that says nothing for so long, and for 20
 * times the slowest task, is given up.
 */
const SILENCE_MS = 30_000;
const IDLE_MS = 10_000;

export interface Task {
  /** The model's configuration: the worker keeps a replica for it. */
  config: string;
  bytes: Uint8Array;
  done(result: Uint8Array): void;
  /** The worker is gone, the task is not done. */
  lost(): void;
}

/** A job's view of the pool: told when a worker is free, or lost. */
export interface Crew {
  onFree(): void;
  onLost(error: ZifferError): void;
}

/** A worker that took tasks, for whoever must go on with it. */
export type Holder = Member;

interface Member {
  channel: Channel | null;
  /** The name of its lock. */
  life: string;
  /** Aborted when it leaves. */
  left: AbortController;
  /** Gives up one that never becomes ready. */
  starting: Watchdog;
  ready: boolean;
  tasks: Map<number, { task: Task; since: number }>;
}

export class ComputePool {
  readonly #members = new Set<Member>();
  readonly #crews = new Set<Crew>();
  #nextTask = 1;
  #slowest = 0;
  #silence: ReturnType<typeof setInterval> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly start: () => Promise<Channel>,
    private readonly module: WebAssembly.Module,
    private readonly now: () => number,
    private readonly watch: typeof watchLife = watchLife,
  ) {}

  /** Lets a job use up to `workers` workers, starting those that are missing; they come when they come. */
  join(crew: Crew, workers: number): void {
    clearTimeout(this.#idle);
    this.#crews.add(crew);
    while (this.#members.size < workers) void this.#hire();
  }

  leave(crew: Crew): void {
    this.#crews.delete(crew);
    if (this.#crews.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.end(), IDLE_MS);
  }

  /** Workers that can take tasks. */
  get ready(): number {
    let n = 0;
    for (const member of this.#members) if (member.ready) n++;
    return n;
  }

  /** The least busy worker, if it has fewer than `depth` tasks. */
  freest(depth: number): Holder | null {
    let best: Member | null = null;
    for (const member of this.#members) {
      if (member.ready && member.tasks.size < (best?.tasks.size ?? depth)) best = member;
    }
    return best;
  }

  /** Gives the task to this worker; it is lost at once where that is gone. The task's bytes are moved. */
  submit(task: Task, member: Holder): void {
    if (!member.channel || !this.#members.has(member)) {
      task.lost();
      return;
    }
    const id = this.#nextTask++;
    member.tasks.set(id, { task, since: this.now() });
    const message: ToCompute = { kind: 'task', task: id, config: task.config, bytes: task.bytes };
    member.channel.post(message, [task.bytes.buffer as ArrayBuffer]);
    this.#silence ??= setInterval(() => this.#lookAround(), 1000);
  }

  /** Ends all workers; tasks in progress are reported lost. */
  end(): void {
    clearTimeout(this.#idle);
    for (const member of [...this.#members]) this.#dismiss(member);
    this.#stopWatching();
  }

  async #hire(): Promise<void> {
    const member: Member = {
      channel: null,
      life: newLife(),
      left: new AbortController(),
      starting: new Watchdog(SILENCE_S, () =>
        this.#lose(member, `it did not start within ${SILENCE_S} s`),
      ),
      ready: false,
      tasks: new Map(),
    };
    this.#members.add(member);
    try {
      const channel = await this.start();
      if (!this.#members.has(member)) {
        channel.end();
        return;
      }
      member.channel = channel;
      channel.onMessage = (message) => this.#receive(member, message);
      channel.onLost = (reason) => this.#lose(member, reason);
      const { module } = this;
      channel.post({ kind: 'start', module, life: member.life } satisfies ToCompute);
    } catch (thrown) {
      this.#lose(member, thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  #receive(member: Member, message: unknown): void {
    if (!isFromCompute(message)) return;
    if (message.kind === 'broken') {
      this.#lose(member, message.message);
      return;
    }
    if (message.kind === 'alive') {
      const dead = () => this.#lose(member, 'it ended without a word');
      this.watch(member.life, member.left.signal, dead);
    }
    if (message.kind === 'ready') {
      member.ready = true;
      member.starting.end();
    }
    if (message.kind === 'result') {
      const entry = member.tasks.get(message.task);
      if (!entry) return;
      member.tasks.delete(message.task);
      this.#slowest = Math.max(this.#slowest, this.now() - entry.since);
      entry.task.done(message.bytes);
    }
    for (const crew of this.#crews) crew.onFree();
  }

  #lose(member: Member, reason: string): void {
    if (!this.#members.has(member)) return;
    this.#dismiss(member);
    const left = this.#members.size;
    const goesOn = left === 0 ? 'one thread' : `${left + 1} threads`;
    const why = reason.replace(/\.$/, '');
    const message = `a compute worker was lost: ${why}. The work goes on with ${goesOn}; the result stays the same.`;
    for (const crew of this.#crews) crew.onLost(new ZifferError('compute_lost', message));
  }

  #dismiss(member: Member): void {
    this.#members.delete(member);
    member.left.abort();
    member.starting.end();
    member.ready = false;
    member.channel?.end();
    const tasks = [...member.tasks.values()];
    member.tasks.clear();
    for (const { task } of tasks) task.lost();
  }

  #lookAround(): void {
    const limit = Math.max(SILENCE_MS, 20 * this.#slowest);
    let busy = false;
    for (const member of [...this.#members]) {
      const oldest = member.tasks.values().next().value;
      if (!oldest) continue;
      busy = true;
      if (this.now() - oldest.since > limit) this.#lose(member, `no answer for ${limit / 1000} s`);
    }
    if (!busy) this.#stopWatching();
  }

  #stopWatching(): void {
    clearInterval(this.#silence);
    this.#silence = undefined;
  }
}
