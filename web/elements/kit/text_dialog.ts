// A text to read and copy, such as the summary, in a dialog.

import { css, html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import { controls, dialogFrame } from './base_styles.ts';
import { copyText } from './copy_text.ts';
import { define } from './define.ts';
import { MovableElement } from './movable_element.ts';
import { openInSight } from './seen_part.ts';

export class TextDialog extends MovableElement {
  static override styles = [
    controls,
    dialogFrame,
    css`
      dialog {
        width: min(760px, calc(100vw - 32px));
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 12px;
      }
      h2 {
        flex: 1;
      }
      .by-hand:not(:empty) {
        margin-top: 10px;
      }
      pre {
        margin: 0;
        padding: 14px;
        overflow: auto;
        max-height: calc(0.6 * var(--z-seen-height));
        border: 1px solid var(--z-line);
        border-radius: 8px;
        background: var(--z-paper);
        font-family: var(--z-mono);
        font-size: 0.87em;
        line-height: 1.45;
      }
    `,
  ];

  @property({ attribute: false }) locale: Locale = localeFor('en');
  @property() heading = '';
  @property() text = '';
  @state() private copied: boolean | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  show(): void {
    this.copied = null;
    void openInSight(this.dialog);
  }

  override render() {
    const { t } = this.locale;
    return html`<dialog
      aria-labelledby="title"
      @click=${(e: Event) => e.target === this.dialog && this.dialog.close()}
    >
      <div class="head">
        <h2 id="title" class="notranslate" translate="no">${this.heading}</h2>
        <button type="button" class="notranslate" translate="no" @click=${this.#copy}>
          ${this.copied ? `✓ ${t.model.copied}` : t.model.copy}
        </button>
        <button type="button" @click=${() => this.dialog.close()}>${t.model.close}</button>
      </div>
      <pre tabindex="0" class="notranslate" translate="no">${this.text}</pre>
      <p class="by-hand" aria-live="polite">${this.copied === false ? t.frame.copyByHand : ''}</p>
      <p class="hush" aria-live="polite">${this.copied ? t.model.copied : ''}</p>
    </dialog>`;
  }

  readonly #copy = async (): Promise<void> => {
    this.copied = await copyText(this.renderRoot.querySelector('pre')!);
  };
}

define('ziffer-text-dialog', TextDialog);
