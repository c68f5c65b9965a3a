// The square one draws on: pointer, touch, pen and keyboard become strokes of the experiment's digit.

import { css, html, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { StrokePoint } from '../../api/index.ts';
import { type Digit, PAD, type Stroke } from '../experiment/digit.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { leftToPage } from '../kit/keys.ts';
import type { Palette } from '../kit/palette.ts';
import { Panel } from '../kit/panel.ts';
import { GridPen } from './grid_pen.ts';
import { paintDigit } from './pad_ink.ts';
import { PadPointers } from './pad_pointers.ts';

export class DrawPad extends Panel<'digit'> {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
      }
      .pad {
        position: relative;
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--z-line);
        border-radius: var(--z-radius);
        background: var(--z-paper);
        cursor: crosshair;
        /* One finger draws, two still zoom the page. */
        touch-action: pinch-zoom;
        user-select: none;
        -webkit-user-select: none;
        -webkit-touch-callout: none;
      }
      :host([dropping]) .pad {
        border: 2px dashed var(--z-training);
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        border-radius: inherit;
      }
      .hint {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        gap: 4px;
        padding: 16px;
        text-align: center;
        color: var(--z-muted);
        pointer-events: none;
      }
      .hint strong {
        font-weight: 500;
        font-size: 1.07em;
      }
      .cursor {
        position: absolute;
        width: calc(100% / 28);
        height: calc(100% / 28);
        border: 2px solid var(--z-training);
        border-radius: 2px;
        pointer-events: none;
      }
      .cursor.down {
        background: color-mix(in srgb, var(--z-training) 45%, transparent);
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) dropping = false;
  @state() private keyed = false;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.pad') private pad!: HTMLElement;

  readonly #pen = new GridPen(() => this.digit);
  /** Of the canvas, in CSS pixels. Read where the page is laid out: elsewhere that would lay it out in the middle of building it. */
  #width = 0;
  readonly #resizes = new ResizeObserver(() => {
    this.#width = this.canvas.clientWidth;
    this.#paint();
  });
  #stroke: Stroke = [];
  readonly #pointers = new PadPointers<PointerEvent>({
    begin: (e) => this.#begin(e),
    extend: (e) => this.#extend(e),
    drop: () => {
      this.digit.dropStroke(this.#stroke);
      this.#paint();
    },
  });
  /** Predictions come twenty times a second; ink is painted only when it has changed. */
  #painted = '';
  #paintedWith: Palette | null = null;

  protected override get subject() {
    return this.experiment?.digit;
  }

  private get digit(): Digit {
    return this.experiment.digit;
  }

  override focus(options?: FocusOptions): void {
    this.pad.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    window.addEventListener('blur', this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    window.removeEventListener('blur', this.#leave);
    this.#leave();
  }

  override render() {
    const { t } = this;
    return html`<div
        class="pad"
        part="pad"
        role="application"
        tabindex="0"
        aria-label=${t.draw.pad}
        aria-describedby="keys"
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#end}
        @lostpointercapture=${this.#end}
        @pointercancel=${this.#cancel}
        @keydown=${this.#key}
        @blur=${this.#blur}
      >
        <canvas aria-hidden="true"></canvas>
        ${
          this.digit.empty && !this.keyed
            ? html`<div class="hint" aria-hidden="true">
                <strong>${this.dropping ? t.files.dropHere : t.draw.hint}</strong>
                <span class="small">${t.draw.hintSub}</span>
              </div>`
            : null
        }
        ${this.keyed ? html`<div class="cursor ${this.#pen.down ? 'down' : ''}"></div>` : null}
      </div>
      <p id="keys" class="hush">${t.draw.keys}</p>
      <p class="hush" aria-live="polite">
        ${this.keyed ? t.draw.cursor(this.f, this.#pen.row + 1, this.#pen.column + 1, this.#pen.down) : ''}
      </p>`;
  }

  protected override firstUpdated(): void {
    // On an iPad, Scribble would take a pencil's strokes for handwriting to be turned into text. Fingers may still pinch.
    const stylus = ({ touchType }: Touch & { touchType?: string }) => touchType === 'stylus';
    this.pad.addEventListener(
      'touchstart',
      (e) => {
        if (e.cancelable && [...e.changedTouches].some(stylus)) e.preventDefault();
      },
      { passive: false },
    );
    // Safari lets a page scroll from a non-passive touchmove unless it is told not to, whatever touch-action says.
    this.pad.addEventListener(
      'touchmove',
      (e) => {
        if (this.#pointers.draws && e.cancelable) e.preventDefault();
      },
      { passive: false },
    );
  }

  protected override updated(_: PropertyValues): void {
    this.#paint();
    const cursor = this.renderRoot.querySelector<HTMLElement>('.cursor');
    if (cursor) {
      cursor.style.left = `${(this.#pen.column / 28) * 100}%`;
      cursor.style.top = `${(this.#pen.row / 28) * 100}%`;
    }
  }

  #paint(): void {
    if (!this.canvas || !this.palette || this.#width === 0) return;
    const { digit, canvas, palette } = this;
    const picture = [digit.revision, this.#width, devicePixelRatio].join('/');
    if (picture === this.#painted && palette === this.#paintedWith) return;
    this.#painted = picture;
    this.#paintedWith = palette;
    paintDigit(canvas, this.#width, digit, palette);
  }

  /** Under transforms and zoom the rectangle on the screen is what pointers refer to, whatever the layout's size is. */
  #point(e: PointerEvent, rect: DOMRect): StrokePoint {
    const x = ((e.clientX - rect.left) / rect.width) * PAD;
    const y = ((e.clientY - rect.top) / rect.height) * PAD;
    // A mouse says 0.5 always; only a pen's pressure means something.
    return e.pointerType === 'pen' && e.pressure > 0 ? [x, y, e.pressure] : [x, y];
  }

  readonly #down = (e: PointerEvent): void => {
    if (!this.#pointers.down(e)) return;
    e.preventDefault();
    this.pad.focus({ preventScroll: true });
    this.keyed = false;
    this.#pen.lift();
    try {
      this.pad.setPointerCapture(e.pointerId);
    } catch {
      // It is gone already; its next move, without a button, ends the stroke.
    }
  };

  #begin(e: PointerEvent): void {
    this.#stroke = this.digit.beginStroke(this.#point(e, this.canvas.getBoundingClientRect()));
    this.#paint();
  }

  readonly #move = (e: PointerEvent): void => this.#pointers.move(e);

  #extend(e: PointerEvent): void {
    const rect = this.canvas.getBoundingClientRect();
    const events = e.getCoalescedEvents?.() ?? [];
    const points = (events.length ? events : [e]).map((c) => this.#point(c, rect));
    this.digit.extendStroke(this.#stroke, points);
    // Ink follows the pen at once, the rest of the panel with the next frame.
    this.#paint();
  }

  readonly #end = (e: PointerEvent): void => this.#pointers.end(e);

  readonly #cancel = (e: PointerEvent): void => this.#pointers.cancel(e);

  readonly #leave = (): void => this.#pointers.leave();

  readonly #key = (e: KeyboardEvent): void => {
    if (leftToPage() || !this.#pen.key(e)) return;
    e.preventDefault();
    this.keyed = true;
    this.requestUpdate();
  };

  readonly #blur = (): void => {
    this.#pen.lift();
    this.keyed = false;
  };
}

define('ziffer-draw-pad', DrawPad);
