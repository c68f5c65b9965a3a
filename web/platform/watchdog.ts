// Notices that somebody has fallen silent: a server that holds a connection open and sends nothing, a worker that never starts.

/** Seconds without a byte after which a connection is given up. */
export const SILENCE_S = 30;

/**
 * Calls `silent` once, when `heard` was not called for so many seconds. They are counted, not read from a clock: while a machine
 * sleeps or a tab is frozen nothing is counted, so what could not speak is not taken for dead.
 */
export class Watchdog {
  #quiet = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(seconds: number, silent: () => void) {
    this.#timer = setInterval(() => {
      if (++this.#quiet < seconds) return;
      this.end();
      silent();
    }, 1000);
  }

  heard(): void {
    this.#quiet = 0;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
