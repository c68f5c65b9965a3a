// Test digits side by side, some at a time; each can be sent to the pad.

import { css, html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { pixelCanvas, pixels } from '../kit/pixels.ts';

const SOME = 15;
const SIZE = 784;

export class DigitGallery extends Panel<'data' | 'nextTestDigit'> {
  static override styles = [
    controls,
    pixelCanvas,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(76px, 1fr));
        gap: 10px;
      }
      li button {
        display: grid;
        grid-template-columns: 100%;
        gap: 4px;
        width: 100%;
        padding: 0;
        border: 0;
        background: none;
      }
      canvas {
        border-radius: 8px;
      }
      button:hover canvas {
        border-color: var(--z-training);
      }
      span {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      .more {
        margin-top: 10px;
      }
    `,
  ];

  @property({ attribute: false }) indices: readonly number[] = [];
  @property({ attribute: false }) caption: (index: number) => string = String;
  @state() private shown = SOME;
  /** Pictures of the indices of `#fetched`. */
  @state() private pictures: Uint8Array | null = null;
  #fetched = '';

  override render() {
    const { t, f } = this;
    const { indices, pictures } = this;
    if (indices.length === 0) return html`<p class="muted">${t.mistakes.none}</p>`;
    const left = indices.length - this.shown;
    return html`<ul>
        ${indices.slice(0, this.shown).map(
          (index, k) => html`<li>
            <button
              type="button"
              aria-label="${this.caption(index)}. ${t.mistakes.toPad(index)}"
              title=${t.mistakes.toPad(index)}
              @click=${() => this.experiment.nextTestDigit(index)}
            >
              <canvas aria-hidden="true" ${pixels(this.#picture(pictures, k))}></canvas>
              <span aria-hidden="true">${this.caption(index)}</span>
            </button>
          </li>`,
        )}
      </ul>
      ${
        left > 0
          ? html`<button
              type="button"
              class="more"
              @click=${() => {
                this.shown += 2 * SOME;
              }}
            >
              ${t.mistakes.more(f, Math.min(left, 2 * SOME))}
            </button>`
          : null
      }`;
  }

  #picture(pictures: Uint8Array | null, k: number) {
    const values = pictures?.subarray(k * SIZE, (k + 1) * SIZE);
    return values?.length ? { values, width: 28, height: 28, palette: this.palette } : null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('indices') as readonly number[] | undefined;
    if (before && String(before) !== String(this.indices)) this.shown = SOME;
  }

  protected override updated(_: PropertyValues): void {
    const wanted = this.indices.slice(0, this.shown);
    const key = `${this.experiment.data.version}: ${wanted}`;
    if (key === this.#fetched) return;
    this.#fetched = key;
    void this.#fetch(wanted, key);
  }

  async #fetch(wanted: readonly number[], key: string): Promise<void> {
    try {
      const pictures = await (await this.experiment.data.test()).images(wanted);
      if (key === this.#fetched) this.pictures = pictures;
    } catch {
      // Shown as empty frames; whatever failed is told where it was asked for.
    }
  }
}

define('ziffer-digit-gallery', DigitGallery);
