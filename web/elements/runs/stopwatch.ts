// The time a training has taken, without its pauses.
export class Stopwatch {
  #sum = 0;
  #since: number | null = null;
  #shown = 0;

  run(): void {
    this.#since ??= performance.now();
  }

  hold(): void {
    if (this.#since !== null) this.#sum += performance.now() - this.#since;
    this.#since = null;
    this.lap();
  }

  /** What is shown stands still between steps, so that a table and a figure agree. */
  lap(): void {
    this.#shown = this.#sum + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  /** To zero, or to what an earlier page has measured. */
  reset(time = 0): void {
    this.#sum = time;
    this.#since = null;
    this.#shown = time;
  }

  /** Milliseconds. */
  get time(): number {
    return this.#shown;
  }
}
