// "Result passport": the student's name gives the seed; a training with that seed is saved as a file that anybody can check.
import { css, html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Experiment } from '../experiment/experiment.ts';
import { asZifferError } from '../experiment/trouble.ts';
import { controls, dialogFrame } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { saveFile } from '../kit/save_file.ts';
import { openInSight } from '../kit/seen_part.ts';
import { claimOf } from './claim_of.ts';
import { passportText, seedOf, tidied } from './passport.ts';

/** What of the experiment a passport is made from. */
export type Seen =
  | 'data'
  | 'loss'
  | 'model'
  | 'origin'
  | 'outcome'
  | 'phase'
  | 'report'
  | 'runs'
  | 'set'
  | 'start'
  | 'settings';

export class PassportDialog extends Panel<Seen> {
  static override styles = [
    controls,
    dialogFrame,
    css`
      dialog {
        width: min(520px, calc(100vw - 24px));
        overflow: auto;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .body {
        display: grid;
        gap: 12px;
        margin-top: 12px;
      }
      label {
        display: grid;
        gap: 4px;
      }
      .act {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .error {
        color: var(--z-bad);
      }
    `,
  ];

  @property() goal = '';
  @state() private student = '';
  @state() private failed = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    void openInSight(this.dialog);
  }

  /** Why the last training proves nothing; null where it does. */
  get #lacks(): 'name' | 'data' | 'training' | 'past' | 'stopped' | 'seed' | null {
    const { experiment, student } = this;
    const last = experiment.runs.runs.at(-1);
    if (tidied(student) === '') return 'name';
    if (experiment.data.own) return 'data';
    if (!last || experiment.phase !== 'finished' || !experiment.model) return 'training';
    if (last.past > 0 || experiment.origin !== 'trained') return 'past';
    if (experiment.outcome === 'stopped') return 'stopped';
    return last.settings.seed === seedOf(student) ? null : 'seed';
  }

  override render() {
    const { t } = this;
    const { passport } = t;
    const lacks = this.#lacks;
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <div class="head">
        <h2 id="title">${passport.title}</h2>
        <button type="button" @click=${() => this.dialog.close()}>${t.model.close}</button>
      </div>
      <form class="body" @submit=${this.#submit}>
        <p>${passport.about}</p>
        <label>
          <span>${passport.student}</span>
          <input
            type="text"
            autocomplete="off"
            maxlength="200"
            .value=${this.student}
            @input=${(e: Event) => {
              this.student = (e.target as HTMLInputElement).value;
            }}
          />
        </label>
        <p class="muted" aria-live="polite">
          ${lacks ? passport.lacks[lacks] : passport.ready}
        </p>
        <div class="act">
          ${
            lacks === null
              ? html`<button class="primary">${passport.save}</button>`
              : lacks === 'name' || lacks === 'data'
                ? null
                : html`<button class="primary">${passport.train}</button>`
          }
        </div>
        ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : null}
      </form>
    </dialog>`;
  }

  readonly #submit = (e: Event): void => {
    e.preventDefault();
    const lacks = this.#lacks;
    if (lacks === null) void this.#save();
    else if (lacks !== 'name' && lacks !== 'data') this.#train();
  };

  /** With the student's own seed. */
  #train(): void {
    this.experiment.set({ seed: seedOf(this.student) });
    void this.experiment.start();
    this.dialog.close();
  }

  async #save(): Promise<void> {
    const { experiment, student, goal } = this;
    const last = experiment.runs.runs.at(-1)!;
    this.failed = '';
    try {
      const weights = await experiment.model!.weights();
      const trained = { ...last, loss: experiment.loss, weights };
      const claim = claimOf(trained, student, goal, new Date().toISOString());
      const blob = new Blob([passportText(claim)], { type: 'application/json' });
      saveFile(blob, `${fileName(student)}.ziffer.json`, this);
    } catch (error) {
      this.failed = asZifferError(error).message;
    }
  }
}

define('ziffer-passport', PassportDialog);

/** What every file system takes. */
function fileName(student: string): string {
  return (
    tidied(student)
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, 60) || 'passport'
  );
}

/** Opens the dialog inside `root`; it removes itself when it is closed. The last name is known to the lab that it was typed into. */
export async function openPassportDialog(
  root: ParentNode & Node,
  experiment: Pick<Experiment, Seen> & PassportDialog['experiment'],
  locale: PassportDialog['locale'],
  goal: string,
): Promise<void> {
  const dialog = Object.assign(new PassportDialog(), { experiment, locale, goal });
  root.appendChild(dialog);
  await dialog.updateComplete;
  dialog.open();
}
