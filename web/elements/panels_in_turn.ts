// The panels of a lab come one after the other, each in a task of its own: the first is there and answers a finger before the
// last is built. All but the first ones are fetched only where they are shown.
import type { PanelName } from './lab_attributes.ts';

/** What is no part of panels.ts; the tabs share one panel. */
const LATER: { readonly [K in PanelName]?: () => Promise<unknown> } = {
  train: () => import('./train_panel.ts'),
  model: () => import('./model_panel.ts'),
  mistakes: () => import('./closer_look.ts'),
  inside: () => import('./closer_look.ts'),
  compare: () => import('./closer_look.ts'),
  files: () => import('./closer_look.ts'),
};

export class PanelsInTurn {
  /** Those that have come; a panel that was taken away and is wanted again comes at once. */
  readonly here: Set<PanelName>;
  /** Null unless the rest could not be loaded. */
  retry: (() => void) | null = null;
  #coming = false;

  /** What panels.ts has is there at once; all others are asked for together. */
  constructor(
    wanted: readonly PanelName[],
    private readonly changed: () => void,
    private readonly fail: (cause: unknown) => void,
  ) {
    this.here = new Set(wanted.filter((name) => !LATER[name]));
    // Whoever waits for one of them hears of its failure.
    for (const name of wanted) LATER[name]?.().catch(() => {});
  }

  /** Lets the first of `wanted` come that is not there yet; `changed` is called when it is. */
  bring(wanted: readonly PanelName[]): void {
    const next = wanted.find((name) => !this.here.has(name));
    if (!next || this.#coming || this.retry) return;
    this.#coming = true;
    setTimeout(async () => {
      try {
        await LATER[next]?.();
        this.here.add(next);
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
