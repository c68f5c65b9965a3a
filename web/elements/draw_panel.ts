// Draw: the pad, what becomes of its ink, what the network reads, and other ways to a digit.
import { css, html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { card, controls } from './controls.ts';
import './draw_pad.ts';
import type { DrawPad } from './draw_pad.ts';
import './ink_strip.ts';
import './notice.ts';
import { Observe } from './observable.ts';
import { Panel } from './panel.ts';
import './probability_bars.ts';

const PICTURES = 'image/png,image/jpeg,image/bmp';

export class DrawPanel extends Panel {
  static override styles = [
    controls,
    card,
    css`
      .stack {
        display: grid;
        gap: 12px;
      }
      .pad {
        position: relative;
        width: 100%;
        max-width: 440px;
        margin: 0 auto;
      }
      .over {
        position: absolute;
        right: 10px;
        bottom: 10px;
        display: flex;
        gap: 8px;
      }
      .over button {
        min-height: 32px;
        padding: 4px 12px;
        background: var(--z-card);
        font-size: 0.87em;
      }
      ziffer-ink-strip {
        width: 100%;
        max-width: 440px;
        margin: 0 auto;
      }
      .ways {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
        margin-top: 4px;
      }
      .ways button {
        padding-inline: 8px;
      }
      @media (pointer: coarse) {
        .over button {
          min-width: 44px;
          min-height: 44px;
        }
      }
    `,
  ];

  /** The panels beside this one; what they do not tell is told here. */
  @property({ attribute: false }) others: readonly string[] = [];
  @state() private dropping = false;
  @query('input[type=file]') private file!: HTMLInputElement;
  @query('ziffer-draw-pad') private pad!: DrawPad;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.digit);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.#paste);
    this.addEventListener('dragover', this.#over);
    this.addEventListener('dragleave', this.#leave);
    this.addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.#paste);
  }

  override focus(options?: FocusOptions): void {
    this.pad.focus(options);
  }

  override render() {
    const { t, experiment, locale, palette } = this;
    const { digit } = experiment;
    return html`<section class="stack" aria-labelledby="title">
      <h2 id="title" part="title">${t.draw.title}</h2>
      <div class="pad">
        <ziffer-draw-pad
          exportparts="pad"
          .experiment=${experiment}
          .locale=${locale}
          .palette=${palette}
          ?dropping=${this.dropping}
        ></ziffer-draw-pad>
        <div class="over">
          <button type="button" part="button" ?disabled=${digit.empty} @click=${() => digit.undo()}>
            ${t.draw.undo}
          </button>
          <button type="button" part="button" ?disabled=${digit.empty} @click=${() => digit.clear()}>
            ${t.draw.clear}
          </button>
        </div>
      </div>
      <ziffer-notice
        .experiment=${experiment}
        .locale=${locale}
        only=${this.others.includes('train') ? 'picture model' : ''}
      ></ziffer-notice>
      <ziffer-ink-strip
        exportparts="step"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-ink-strip>
      <ziffer-probability-bars
        exportparts="verdict, bars"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-probability-bars>
      <div class="ways">
        <button type="button" part="button" title=${t.draw.pictureHint} @click=${() => this.file.click()}>
          ${t.draw.picture}
        </button>
        <button type="button" part="button" @click=${() => experiment.nextTestDigit()}>
          ${t.draw.next}
        </button>
      </div>
      <input type="file" accept=${PICTURES} hidden aria-label=${t.draw.picture} @change=${this.#chosen} />
    </section>`;
  }

  readonly #chosen = (): void => {
    this.#take(this.file.files);
    this.file.value = '';
  };

  readonly #paste = (e: ClipboardEvent): void => {
    const editing = e.composedPath()[0];
    if (editing instanceof HTMLInputElement || editing instanceof HTMLTextAreaElement) return;
    if (this.#take(e.clipboardData?.files)) e.preventDefault();
  };

  readonly #over = (e: DragEvent): void => {
    if (!e.dataTransfer?.types.includes('Files')) return;
    e.preventDefault();
    this.dropping = true;
  };

  readonly #leave = (): void => {
    this.dropping = false;
  };

  readonly #drop = (e: DragEvent): void => {
    this.dropping = false;
    e.preventDefault();
    this.#take(e.dataTransfer?.files);
  };

  #take(files: FileList | null | undefined): boolean {
    const picture = files?.[0];
    if (!picture) return false;
    void this.experiment.digit.take(picture);
    return true;
  }
}

customElements.define('ziffer-draw', DrawPanel);
