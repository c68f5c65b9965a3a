// A text to read and copy, such as the summary, in a dialog.

import { css, html, LitElement } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import { controls, dialogFrame } from './base_styles.ts';
import { define } from './define.ts';

export class TextDialog extends LitElement {
  static override styles = [
    controls,
    dialogFrame,
    css`
      dialog {
        width: min(760px, calc(100vw - 32px));
        max-height: calc(100dvh - 48px);
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
      pre {
        margin: 0;
        padding: 14px;
        overflow: auto;
        max-height: 60dvh;
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
  @state() private copied = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  show(): void {
    this.copied = false;
    this.dialog.showModal();
  }

  override render() {
    const { t } = this.locale;
    return html`<dialog
      aria-labelledby="title"
      @click=${(e: Event) => e.target === this.dialog && this.dialog.close()}
    >
      <div class="head">
        <h2 id="title">${this.heading}</h2>
        <button type="button" @click=${this.#copy}>
          ${this.copied ? `✓ ${t.model.copied}` : t.model.copy}
        </button>
        <button type="button" @click=${() => this.dialog.close()}>${t.model.close}</button>
      </div>
      <pre tabindex="0">${this.text}</pre>
      <p class="hush" aria-live="polite">${this.copied ? t.model.copied : ''}</p>
    </dialog>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.copied = true;
    } catch {
      // Without the permission the text is selected, and one key copies it.
      const range = document.createRange();
      range.selectNodeContents(this.renderRoot.querySelector('pre')!);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    }
  };
}

define('ziffer-text-dialog', TextDialog);
