// A panel that is fetched when it is first shown: until then a line says that it comes, or what to do where it could not.
import { css, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { firstWords } from '../../locales/first_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';

export class Later extends Panel {
  static override styles = [
    controls,
    css`
      .wait {
        display: grid;
        justify-items: start;
        gap: 8px;
        min-height: 120px;
        color: var(--z-muted);
      }
    `,
  ];

  /** Registers the panel's element; always the same function of the same panel. */
  @property({ attribute: false }) load!: () => Promise<unknown>;
  @property({ attribute: false }) content!: TemplateResult;
  @state() private here: (() => Promise<unknown>) | null = null;
  @state() private failed: (() => Promise<unknown>) | null = null;
  #asked: (() => Promise<unknown>) | null = null;

  override render() {
    if (this.here === this.load) return this.content;
    const words = firstWords(this.locale.t.code);
    if (this.failed !== this.load) return html`<p class="wait">${words.starting}</p>`;
    return html`<div class="wait">
      <p role="alert">${words.failed}</p>
      <button type="button" @click=${() => this.#fetch()}>${words.retry}</button>
    </div>`;
  }

  protected override updated(): void {
    if (this.#asked !== this.load) this.#fetch();
  }

  #fetch(): void {
    const { load } = this;
    this.#asked = load;
    this.failed = null;
    load().then(
      () => {
        this.here = load;
      },
      () => {
        this.failed = load;
      },
    );
  }
}

define('ziffer-later', Later);
