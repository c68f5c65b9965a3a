// Renders a Lit element anew whenever what it looks at changes, as long as it is in the page.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from './observable.ts';

export class Observe implements ReactiveController {
  #here = false;
  #seen: Observable | undefined;
  #end: () => void = () => {};

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly subject: () => Observable | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#here = true;
    this.#follow();
    // What has changed while it was away.
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#here = false;
    this.#follow();
  }

  /** The subject may arrive as a property after the element was connected. An element that has left may still be updated. */
  hostUpdate(): void {
    this.#follow();
  }

  #follow(): void {
    const subject = this.#here ? this.subject() : undefined;
    if (subject === this.#seen) return;
    this.#end();
    this.#seen = subject;
    this.#end = subject?.subscribe(() => this.host.requestUpdate()) ?? (() => {});
  }
}
