// What went wrong, what to do, and a button that does it.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { Trouble } from '../experiment/trouble.ts';
import { controls } from './base_styles.ts';
import { define } from './define.ts';
import { Panel } from './panel.ts';

export class Notice extends Panel<'data' | 'dismiss' | 'origin' | 'trouble'> {
  static override styles = [
    controls,
    css`
      .notice {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 12px;
        padding: 12px 14px;
        border: 1px solid color-mix(in srgb, var(--z-bad) 45%, var(--z-line));
        border-radius: 8px;
        background: color-mix(in srgb, var(--z-bad) 6%, var(--z-card));
        font-size: 0.94em;
      }
      .notice::before {
        content: '!';
        grid-row: span 4;
        display: grid;
        place-content: center;
        width: 22px;
        height: 22px;
        border-radius: 50%;
        background: var(--z-bad);
        color: var(--z-card);
        font-weight: 700;
        font-size: 0.87em;
      }
      .what {
        color: var(--z-muted);
        font-size: 0.87em;
        overflow-wrap: anywhere;
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 6px;
      }
    `,
  ];

  /** Which kinds of trouble are shown here. */
  @property() only = '';

  override render() {
    const trouble = this.#trouble;
    return html`<div role="alert">${trouble ? this.#notice(trouble) : null}</div>`;
  }

  get #trouble(): Trouble | null {
    const { trouble } = this.experiment;
    return trouble && (!this.only || this.only.split(' ').includes(trouble.where)) ? trouble : null;
  }

  /** Takes no room while there is nothing to say. */
  protected override updated(): void {
    this.hidden = !this.#trouble;
  }

  #notice({ where, error, retry }: Trouble) {
    const { errors } = this.t;
    const title = {
      data: errors.dataTitle(this.experiment.data.name),
      model: errors.modelTitle,
      train: errors.trainTitle,
      picture: errors.pictureTitle,
      file: errors.fileTitle,
      drop: errors.fileTitle,
      worker: errors.workerTitle,
      entry: errors.entryTitle,
      part: errors.partTitle,
    }[where];
    const diverged = error.code === 'not_finite';
    const untrained = this.experiment.origin === 'untrained';
    const advice = {
      data: errors.offline,
      model: errors.noModel,
      worker: errors.worker,
      train: diverged ? `${errors.diverged} ${untrained ? errors.untrained : errors.asBefore}` : '',
      picture: errors.picture,
      file: errors.file,
      drop: errors.file,
      entry: errors.entry,
      part: errors.offline,
    }[where];
    const again = diverged ? errors.usual : where === 'worker' ? errors.restart : errors.retry;
    return html`<div class="notice" part="notice">
      <strong>${title}</strong>
      ${advice ? html`<p>${advice}</p>` : null}
      <p class="what">${error.message}</p>
      <div class="acts">
        ${
          retry ? html`<button type="button" part="button" @click=${retry}>${again}</button>` : null
        }
        <button type="button" part="button" @click=${() => this.experiment.dismiss()}>
          ${errors.dismiss}
        </button>
      </div>
    </div>`;
  }
}

define('ziffer-notice', Notice);
