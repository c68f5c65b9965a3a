// Web Locks in one thread, as a test needs them: a lock can be taken from whoever holds it, as when its thread ends.

interface Asked {
  granted(): void;
}

export class Locks {
  readonly #held = new Map<string, { end(): void }>();
  readonly #waiting = new Map<string, Asked[]>();

  /** As navigator.locks.request, exclusive. */
  async request(
    name: string,
    ...[options, act]: [{ signal?: AbortSignal } | (() => unknown), (() => unknown)?]
  ): Promise<unknown> {
    const { signal } = typeof options === 'function' ? {} : options;
    const work = typeof options === 'function' ? options : act!;
    await this.#turn(name, signal);
    const ended = new Promise<void>((end) => this.#held.set(name, { end }));
    try {
      return await Promise.race([work(), ended]);
    } finally {
      this.#held.delete(name);
      this.#waiting.get(name)?.shift()?.granted();
    }
  }

  /** Whoever holds the lock has ended. */
  drop(name: string): void {
    this.#held.get(name)?.end();
  }

  #turn(name: string, signal?: AbortSignal): Promise<void> {
    if (!this.#held.has(name)) return Promise.resolve();
    return new Promise((granted, refused) => {
      const queue = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, queue);
      const asked = { granted };
      queue.push(asked);
      signal?.addEventListener('abort', () => {
        if (queue.includes(asked)) queue.splice(queue.indexOf(asked), 1);
        refused(signal.reason);
      });
    });
  }
}
