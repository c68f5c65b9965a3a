// State that panels render from: whoever holds some extends Observable, and tells of changes at most once a frame.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const nextFrame: (then: () => void) => void =
  typeof requestAnimationFrame === 'function'
    ? (then) => requestAnimationFrame(then)
    : (then) => setTimeout(then, 16);

/** Tells its listeners that something has changed; what, they look up themselves. */
export class Observable {
  readonly #listeners = new Set<() => void>();
  #told = true;

  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A training step comes every two milliseconds, a frame every sixteen: what is drawn is told once a frame. */
  changed(): void {
    if (!this.#told) return;
    this.#told = false;
    nextFrame(() => {
      this.#told = true;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

/** Renders a Lit element anew whenever what it looks at changes. */
export class Observe implements ReactiveController {
  #end: (() => void) | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly subject: () => Observable | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.hostDisconnected();
    this.#end = this.subject()?.subscribe(() => this.host.requestUpdate()) ?? null;
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#end = null;
  }

  /** The subject may arrive as a property after the element was connected. */
  hostUpdate(): void {
    if (!this.#end) this.hostConnected();
  }
}
