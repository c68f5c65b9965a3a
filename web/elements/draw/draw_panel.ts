// Draw: the pad, what becomes of its ink, what the network reads, and other ways to a digit.

import { css, html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PENS, type Pen } from '../experiment/digit.ts';
import { card, controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import './draw_pad.ts';
import type { DrawPad } from './draw_pad.ts';
import './ink_strip.ts';
import '../kit/notice.ts';
import { isPicture } from '../experiment/open_model.ts';
import { Panel } from '../kit/panel.ts';
import './probability_bars.ts';

const UNDO = 'M4 8h8.5a4 4 0 0 1 0 8H8M7.5 4.5 4 8l3.5 3.5';
const CLEAR = 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.7 9v4.5M11.3 9v4.5';
const PEN = 'M4 14c2-6 4-8 6-6s2 6 6-2';
const PICTURES = 'image/png,image/jpeg,image/bmp';

export class DrawPanel extends Panel<'controls' | 'digit' | 'nextTestDigit'> {
  static override styles = [
    controlStyles,
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
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 4px 8px;
      }
      h2 {
        white-space: nowrap;
      }
      .head div {
        display: flex;
        gap: 4px;
        margin-left: auto;
      }
      .head button {
        width: 32px;
        min-height: 32px;
        padding: 0;
      }
      .head svg {
        width: 18px;
        height: 18px;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.7;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      ziffer-ink-strip {
        width: 100%;
        max-width: 440px;
        margin: 0 auto;
      }
      .word {
        margin: 0;
        width: 100%;
        max-width: 440px;
        margin-inline: auto;
      }
      .word:empty {
        display: none;
      }
      .ways {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 8px;
        margin-top: 4px;
      }
      .ways button {
        padding-inline: 8px;
      }
      @media print {
        .head div,
        .ways {
          display: none;
        }
      }
      @media (pointer: coarse) {
        .head button {
          width: 44px;
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

  protected override get subject() {
    return this.experiment?.digit;
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

  protected override get prose() {
    return true;
  }

  override render() {
    const { t, experiment, locale, palette } = this;
    const { controls, digit } = experiment;
    const ways = [
      controls.hides('upload') ? null : this.#upload(),
      controls.hides('test-digits') ? null : this.#nextDigit(),
    ].filter((way) => way !== null);
    return html`<section class="stack" role="group" aria-labelledby="title">
      <div class="head">
        <h2 id="title" part="title">${t.draw.title}</h2>
        <div>
          ${controls.hides('pen') ? null : this.#pen()} ${this.#tool(t.draw.undo, UNDO, () => digit.undo())}
          ${this.#tool(t.draw.clear, CLEAR, () => digit.clear())}
        </div>
      </div>
      <div class="pad">
        <ziffer-draw-pad
          exportparts="pad"
          .experiment=${experiment}
          .locale=${locale}
          .palette=${palette}
          ?dropping=${this.dropping}
        ></ziffer-draw-pad>
      </div>
      <p class="word small" role="status">${this.#word()}</p>
      <ziffer-notice
        .experiment=${experiment}
        .locale=${locale}
        only=${this.others.includes('train') ? 'picture model drop' : ''}
      ></ziffer-notice>
      ${
        controls.hides('steps')
          ? null
          : html`<ziffer-ink-strip
              exportparts="step"
              .experiment=${experiment}
              .locale=${locale}
              .palette=${palette}
            ></ziffer-ink-strip>`
      }
      <ziffer-probability-bars
        exportparts="verdict, bars"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-probability-bars>
      ${ways.length > 0 ? html`<div class="ways">${ways}</div>` : null}
    </section>`;
  }

  /** What the picture on the pad lacks or has too much of. */
  #word(): string | null {
    const { blank, others } = this.t.draw;
    const { digit } = this.experiment;
    if (digit.blank) return blank;
    const beside = digit.source === 'picture' ? digit.steps : null;
    if (!beside || beside.others === 0 || beside.place === 'alone') return null;
    return beside.others > 1 ? others.many : others[beside.place];
  }

  #upload() {
    const { picture, pictureHint } = this.t.draw;
    return html`<button
        type="button"
        part="button"
        title=${pictureHint}
        @click=${() => this.file.click()}
      >
        ${picture}
      </button>
      <input type="file" accept=${PICTURES} hidden aria-label=${picture} @change=${this.#chosen} />`;
  }

  #nextDigit() {
    return html`<button
      type="button"
      part="button"
      @click=${() => this.experiment.nextTestDigit()}
    >
      ${this.t.draw.next}
    </button>`;
  }

  /** Thin, medium, thick, and again. */
  #pen() {
    const { t } = this;
    const { digit } = this.experiment;
    const name = t.draw.pen(t.draw.pens[digit.pen]);
    const names = Object.keys(PENS) as Pen[];
    const next = names[(names.indexOf(digit.pen) + 1) % names.length] ?? 'medium';
    return html`<button
      type="button"
      part="button"
      aria-label=${name}
      title="${name}. ${t.draw.penHint}"
      @click=${() => digit.choosePen(next)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d=${PEN} stroke-width=${PENS[digit.pen] * 1.4} />
      </svg>
    </button>`;
  }

  #tool(name: string, icon: string, act: () => void) {
    const { empty } = this.experiment.digit;
    return html`<button
      type="button"
      part="button"
      aria-label=${name}
      title=${name}
      aria-disabled=${empty}
      @click=${empty ? null : act}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true"><path d=${icon} /></svg>
    </button>`;
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
    const file = e.dataTransfer?.files[0];
    // A model's file goes on to the lab.
    if (!file || !isPicture(file)) return;
    e.preventDefault();
    this.#take(e.dataTransfer?.files);
  };

  #take(files: FileList | null | undefined): boolean {
    const picture = files?.[0];
    if (!picture || this.experiment.controls.hides('upload')) return false;
    void this.experiment.digit.take(picture);
    return true;
  }
}

define('ziffer-draw', DrawPanel);
