// The way back through changes of the layers.
import type { CompileOptions } from '../../api/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Code } from './code.ts';

export interface Step extends Pick<Plan, 'modelName' | 'layers'> {
  /** The code that said the layers, and its loss. */
  readonly code: Code | null;
  readonly loss?: CompileOptions['loss'];
}

/** Changes that can be taken back. */
const MOST_UNDONE = 100;

export class Undo {
  #steps: Step[] = [];
  #lastChange = '';

  get possible(): boolean {
    return this.#steps.length > 0;
  }

  /** What stands before a change. A number that is being typed is one change, not one a key: `change` names what is undone together. */
  keep({ modelName, layers, code, loss }: Step, change = ''): void {
    const goesOn = change !== '' && change === this.#lastChange;
    this.#lastChange = change;
    if (goesOn) return;
    this.#steps.push({ modelName, layers, code, loss });
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
