// SPLICE, the messages by which a page of PreTeXt, Runestone, Doenet or OpenDSA keeps what somebody has done in a frame, and marks it:
// `&activity=week3` in the address of embed.html asks for them.
import { followLink, linkOf } from '../elements/lab/index.ts';
import type { ZifferLabElement } from '../elements/lab/lab_types.ts';

/** What the page keeps for the frame, and gives back in another visit. */
export interface SpliceState {
  /** The model and the settings, as links have them. */
  readonly link: string;
  /** 0 … 1, the best so far; null where nothing was scored. */
  readonly score: number | null;
}

export type Say = (
  message: Readonly<Record<string, unknown>> & { readonly subject: string },
) => void;

/** One activity of a page: asks for what was kept, and reports what changes. It never waits for an answer. */
export class Splice {
  #count = 0;
  #asked = '';
  #kept: SpliceState = { link: '', score: null };

  constructor(
    private readonly activity: string,
    private readonly say: Say,
  ) {}

  ask(): void {
    this.#asked = this.#tell('SPLICE.getState', {});
  }

  /** The state in the answer to `ask`, checked; null for anything else. An answer that comes twice counts once. */
  answered(message: unknown): SpliceState | null {
    const { subject, message_id: id, state } = Object(message) as Record<string, unknown>;
    if (subject !== 'SPLICE.getState.response' || this.#asked === '') return null;
    // Some hosts leave the number out.
    if (id !== undefined && id !== this.#asked) return null;
    this.#asked = '';
    const { link, score } = Object(state) as Record<string, unknown>;
    if (typeof link !== 'string') return null;
    const valid = typeof score === 'number' && score >= 0 && score <= 1;
    this.#kept = { link, score: valid ? score : null };
    return this.#kept;
  }

  /** A score is told with the state, the best one; a state alone is told without. */
  report(link: string, score: number | null): void {
    const before = this.#kept.score;
    const best = score === null ? before : Math.max(score, before ?? 0);
    if (link === this.#kept.link && best === before) return;
    this.#kept = { link, score: best };
    this.#tell('SPLICE.reportScoreAndState', {
      ...(best === null ? {} : { score: best }),
      state: this.#kept,
    });
  }

  event(name: string, data: unknown): void {
    this.#tell('SPLICE.sendEvent', { name, data });
  }

  #tell(subject: string, more: Record<string, unknown>): string {
    const id = `${this.activity}-${++this.#count}`;
    this.say({ subject, message_id: id, activity_id: this.activity, ...more });
    return id;
  }
}

/** Milliseconds in which nothing more has changed. */
const SETTLED = 500;

/** Lets the lab be kept and marked by the page around; `origin`: who may hear it, or '*'. */
export async function speakSplice(
  lab: ZifferLabElement,
  activity: string,
  origin: string,
): Promise<void> {
  const splice = new Splice(activity, (message) => parent.postMessage(message, origin));
  const experiment = await lab.load();
  addEventListener('message', ({ data, source, origin: from }) => {
    if (source !== parent || (origin !== '*' && from !== origin)) return;
    const state = splice.answered(data);
    if (state && !experiment.busy) followLink(experiment, state.link);
  });
  splice.ask();
  const fresh = linkOf(experiment);
  let soon: ReturnType<typeof setTimeout>;
  experiment.subscribe(() => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const link = linkOf(experiment);
      if (link !== fresh) splice.report(link, null);
    }, SETTLED);
  });
  lab.addEventListener('ziffer-goal', ({ detail }) =>
    splice.report(linkOf(experiment), detail.score),
  );
  lab.addEventListener('ziffer-trained', ({ detail }) => {
    const { outcome, history, test } = detail;
    splice.event('trained', { outcome, epochs: history.length, accuracy: test.accuracy });
  });
}
