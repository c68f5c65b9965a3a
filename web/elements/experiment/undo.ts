// The way back through changes of the layers.
import type { Plan } from '../plan/plan.ts';

export type Step = Pick<Plan, 'modelName' | 'layers'>;

/** Changes that can be taken back. */
const MOST_UNDONE = 100;

export class Undo {
  #steps: Step[] = [];
  #lastChange = '';

  get possible(): boolean {
    return this.#steps.length > 0;
  }

  /** What stands before a change. A number that is being typed is one change, not one a key: `change` names what is undone together. */
  keep({ modelName, layers }: Step, change = ''): void {
    const goesOn = change !== '' && change === this.#lastChange;
    this.#lastChange = change;
    if (goesOn) return;
    this.#steps.push({ modelName, layers });
    if (this.#steps.length > MOST_UNDONE) this.#steps.shift();
  }

  /** Ends what is undone together. */
  pause(): void {
    this.#lastChange = '';
  }

  /** What stood before the last change. */
  back(): Step | undefined {
    this.#lastChange = '';
    return this.#steps.pop();
  }

  forget(): void {
    this.#steps = [];
  }
}
