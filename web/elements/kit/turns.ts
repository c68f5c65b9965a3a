// Lets what a panel shows come in several tasks, one after the other: a finger that comes first is answered between them.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Turns implements ReactiveController {
  #turn = 0;
  #coming = false;

  /** `last`: the number of turns after the first rendering. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly last: number,
  ) {
    host.addController(this);
  }

  /** Whether what comes in this turn may be rendered. */
  reached(turn: number): boolean {
    return this.#turn >= turn;
  }

  hostUpdated(): void {
    if (this.#turn === this.last || this.#coming) return;
    this.#coming = true;
    setTimeout(() => {
      this.#coming = false;
      this.#turn++;
      this.host.requestUpdate();
    });
  }
}
