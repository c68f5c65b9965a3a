// The numbers under a window, each with its weight and their product; of pooling the numbers alone, and which one stays.
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { Explanation } from '../../api/index.ts';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { shownNumber } from './formula.ts';

/** A window wider than this is shown without each number's weight. */
const WIDEST = 3;

export class ProductGrid extends Panel {
  static override styles = [
    controls,
    css`
      :host {
        container-type: inline-size;
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 4px;
        table-layout: fixed;
        font-size: 0.94em;
      }
      td {
        padding: 6px 2px;
        border: 1px solid var(--z-line);
        border-radius: 6px;
        --tint: var(--z-training);
        background: color-mix(in srgb, var(--tint) var(--strength, 0%), var(--z-card));
        line-height: 1.25;
        text-align: center;
      }
      .minus {
        --tint: var(--z-validation);
      }
      .s1 {
        --strength: 8%;
      }
      .s2 {
        --strength: 16%;
      }
      .s3 {
        --strength: 26%;
      }
      span {
        display: block;
      }
      .factor {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      .s1 .factor,
      .s2 .factor,
      .s3 .factor,
      .kept .factor {
        color: var(--z-ink);
      }
      .kept {
        border: 2px solid var(--z-training);
        font-weight: 650;
      }
      .outside {
        border-style: dashed;
        color: var(--z-muted);
      }
      .wide {
        font-size: 0.76em;
      }
      @container (max-width: 330px) {
        table {
          border-spacing: 2px;
          font-size: 0.87em;
        }
      }
    `,
  ];

  @property({ attribute: false }) told!: Explanation;
  /** Of the window's channels. */
  @property({ attribute: false }) channel = 0;
  @property({ attribute: false }) words!: ExplainWords;

  override render() {
    const { told } = this;
    const [height, width] = told.shape;
    const rows = Array.from({ length: height }, (_, r) => r);
    const columns = Array.from({ length: width }, (_, c) => c);
    return html`<table class=${width > WIDEST ? 'wide' : ''}>
      <caption class="hush">
        ${told.rule === 'sum' ? this.words.products : this.words.fourKept}
      </caption>
      <tbody>
        ${rows.map((r) => html`<tr>${columns.map((c) => this.#cell(r * width + c))}</tr>`)}
      </tbody>
    </table>`;
  }

  #cell(cell: number) {
    const { told, words } = this;
    const i = cell * told.shape[2] + this.channel;
    const [x = 0, w = 0, product = 0] = [told.inputs[i], told.kernel[i], told.products[i]];
    if (told.places[i] === -1) {
      return html`<td class="outside">${told.rule === 'sum' ? shownNumber(this.f, 0) : '–'}
        <span class="small">${words.padding}</span></td>`;
    }
    const text = (value: number) => shownNumber(this.f, value);
    if (told.rule !== 'sum') {
      return html`<td class=${told.rule === 'max' && w === 1 ? 'kept' : ''}>${text(x)}</td>`;
    }
    if (told.shape[1] > WIDEST) return html`<td class=${this.#tint(product)}>${text(product)}</td>`;
    return html`<td class=${this.#tint(product)}>
      <span>${text(x)}</span><span class="factor">× ${text(w)}</span>
      <span>= ${text(product)}</span>
    </td>`;
  }

  #tint(product: number): string {
    const most = this.told.products.reduce((m, p) => Math.max(m, Math.abs(p)), 0);
    const share = most === 0 ? 0 : Math.abs(product) / most;
    const strength = share > 0.6 ? 's3' : share > 0.25 ? 's2' : share > 0.03 ? 's1' : '';
    return `${product < 0 ? 'minus' : ''} ${strength}`;
  }
}

define('ziffer-product-grid', ProductGrid);
