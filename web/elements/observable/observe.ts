// Renders a Lit element anew whenever what it looks at changes.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from './observable.ts';

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
