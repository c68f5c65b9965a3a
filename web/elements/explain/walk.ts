// Lets the place go on by itself, as long as its panel is in the page.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds at each place. */
const PACE = 250;

export class Walk implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly step: () => void,
  ) {
    host.addController(this);
  }

  get running(): boolean {
    return this.#timer !== null;
  }

  toggle(): void {
    if (this.#timer) {
      this.halt();
      return;
    }
    this.#timer = setInterval(this.step, PACE);
    this.host.requestUpdate();
  }

  halt(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.halt();
  }
}
