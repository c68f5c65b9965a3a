// The panels of a lab come one after the other, each in a task of its own: the first is there and answers a finger before the
// last is built. Those that look closer are fetched only where they are shown.
import { part } from '../../platform/parts.ts';
import type { PanelName } from '../attributes/attributes.ts';
import { isTab } from './layout.ts';

export class PanelsInTurn {
  /** Those that have come; a panel that was taken away and is wanted again comes at once. */
  readonly here: Set<PanelName>;
  /** Null unless the rest could not be loaded. */
  retry: (() => void) | null = null;
  #coming = false;

  /** The first is there at once. */
  constructor(
    wanted: readonly PanelName[],
    private readonly changed: () => void,
    private readonly fail: (cause: unknown) => void,
  ) {
    this.here = new Set(wanted.slice(0, 1).filter((name) => !isTab(name)));
    // On its way meanwhile; bring() hears of its failure.
    if (wanted.some(isTab)) closerLook().catch(() => {});
  }

  /** Lets the first of `wanted` come that is not there yet; `changed` is called when it is. */
  bring(wanted: readonly PanelName[]): void {
    const next = wanted.filter((name) => !this.here.has(name));
    const [first] = next;
    if (!first || this.#coming || this.retry) return;
    this.#coming = true;
    setTimeout(async () => {
      try {
        if (isTab(first)) await closerLook();
        // The tabs, which come last, share one panel.
        for (const name of isTab(first) ? next : [first]) this.here.add(name);
      } catch (cause) {
        this.retry = () => {
          this.retry = null;
          this.changed();
        };
        this.fail(cause);
      }
      this.#coming = false;
      this.changed();
    });
  }
}

const closerLook = () => part('<ziffer-lab>: its tabs', () => import('./closer_look.ts'));
