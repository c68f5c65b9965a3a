// State that panels render from: whoever holds some extends Observable, and tells of changes at most once a frame.

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
      for (const listener of [...this.#listeners]) tell(listener);
    });
  }
}

/** Each on its own: what one throws is reported to the page, and the others hear all the same. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}
