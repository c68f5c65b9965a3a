// A picture of numbers with a frame around some of them. Where it can be moved, a finger, a mouse or the arrow keys move it.
import { css, html, nothing, svg } from 'lit';
import { property } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { leftToPage } from '../kit/keys.ts';
import { Panel } from '../kit/panel.ts';
import { type PixelPicture, pixelCanvas, pixels } from '../kit/pixels.ts';

/** In cells of the picture. */
export interface Frame {
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
}

export class PlaceMap extends Panel {
  static override styles = [
    controls,
    pixelCanvas,
    css`
      .map {
        position: relative;
        border-radius: 5px;
      }
      .moves {
        cursor: crosshair;
        touch-action: none;
      }
      svg {
        position: absolute;
        inset: 1px;
        width: calc(100% - 2px);
        height: calc(100% - 2px);
        overflow: visible;
        pointer-events: none;
      }
      rect {
        fill: none;
        stroke: var(--z-validation);
        stroke-width: 2.5px;
        vector-effect: non-scaling-stroke;
      }
      rect.halo {
        stroke: var(--z-card);
        stroke-width: 5px;
      }
      @media (forced-colors: active) {
        rect {
          stroke: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) picture!: PixelPicture;
  @property({ attribute: false }) frame: Frame | null = null;
  @property() label = '';
  /** A frame's middle is wanted in this cell. */
  @property({ attribute: false }) point: ((row: number, column: number) => void) | null = null;
  /** It is to go so many places on. */
  @property({ attribute: false }) step: ((rows: number, columns: number) => void) | null = null;

  override render() {
    const { picture, point } = this;
    const shown = html`<canvas aria-hidden="true" ${pixels(picture)}></canvas>${this.#frame()}`;
    if (!point) return html`<div class="map" role="img" aria-label=${this.label}>${shown}</div>`;
    return html`<div
      class="map moves"
      role="application"
      tabindex="0"
      aria-label=${this.label}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @keydown=${this.#key}
    >
      ${shown}
    </div>`;
  }

  #frame() {
    const { frame, picture } = this;
    if (!frame) return nothing;
    const box = (name: string) => svg`<rect class=${name} x=${frame.column} y=${frame.row}
      width=${frame.width} height=${frame.height} rx="0.15"></rect>`;
    return html`<svg viewBox="0 0 ${picture.width} ${picture.height}" preserveAspectRatio="none" aria-hidden="true">
      ${box('halo')}${box('')}
    </svg>`;
  }

  readonly #down = (e: PointerEvent): void => {
    if (e.button !== 0) return;
    (e.currentTarget as HTMLElement).setPointerCapture(e.pointerId);
    this.#to(e);
  };

  readonly #move = (e: PointerEvent): void => {
    if ((e.currentTarget as HTMLElement).hasPointerCapture(e.pointerId)) this.#to(e);
  };

  #to(e: PointerEvent): void {
    const box = (e.currentTarget as HTMLElement).getBoundingClientRect();
    const { width, height } = this.picture;
    const row = Math.floor(((e.clientY - box.top) / box.height) * height);
    const column = Math.floor(((e.clientX - box.left) / box.width) * width);
    this.point?.(row, column);
  }

  readonly #key = (e: KeyboardEvent): void => {
    if (leftToPage()) return;
    const far = e.shiftKey ? 5 : 1;
    const by = {
      ArrowUp: [-far, 0],
      ArrowDown: [far, 0],
      ArrowLeft: [0, -far],
      ArrowRight: [0, far],
    }[e.key];
    if (!by) return;
    e.preventDefault();
    this.step?.(by[0]!, by[1]!);
  };
}

define('ziffer-place-map', PlaceMap);
