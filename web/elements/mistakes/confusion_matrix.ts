// The confusion matrix of the test digits: rows are the truth, columns what was read. A cell opens its images.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';

export interface Cell {
  readonly truth: number;
  readonly read: number;
}

export class ConfusionMatrix extends Panel<'classNames' | 'nameOf'> {
  static override styles = [
    controls,
    css`
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 2px;
        table-layout: fixed;
        font-size: 0.87em;
      }
      th {
        height: 2em;
        padding: 0;
        text-align: center;
      }
      td {
        padding: 0;
        color: var(--z-muted);
        text-align: center;
      }
      button {
        display: grid;
        width: 100%;
        min-width: 0;
        min-height: 0;
        height: 2.15em;
        padding: 0;
        border: 0;
        border-radius: 5px;
        font-size: 1em;
        font-variant-numeric: tabular-nums;
        --tint: var(--z-validation);
        background: color-mix(in srgb, var(--tint) var(--strength, 0%), var(--z-card));
        color: var(--z-ink);
      }
      button:hover:not(:disabled) {
        background: color-mix(in srgb, var(--tint) var(--strength, 0%), var(--z-soft));
      }
      @media (forced-colors: active) {
        button {
          forced-color-adjust: none;
        }
      }
      .right {
        --tint: var(--z-training);
        --strength: 17%;
      }
      .w1 {
        --strength: 9%;
      }
      .w2 {
        --strength: 18%;
      }
      .w3 {
        --strength: 30%;
      }
      .w4 {
        --strength: 44%;
      }
      button[aria-pressed='true'] {
        outline: 2px solid var(--z-ink);
      }
      .axis {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      thead td {
        width: 1.4em;
      }
      .named thead td {
        width: 6.6em;
      }
      .named th[scope='row'] {
        overflow: hidden;
        text-align: left;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      @container (max-width: 480px) {
        .named thead td {
          width: 1.4em;
        }
        .named th[scope='row'] {
          text-overflow: clip;
        }
        table {
          border-spacing: 1px;
          font-size: 0.72em;
        }
      }
      /* At 320 px a cell is just the 24 px that a target needs, so nothing is left for gaps. */
      @container (max-width: 300px) {
        table {
          border-spacing: 0;
          font-size: 0.66em;
          letter-spacing: -0.02em;
        }
        button {
          min-height: 24px;
        }
      }
      @media (pointer: coarse) {
        button {
          min-height: 36px;
        }
      }
    `,
  ];

  @property({ attribute: false }) confusion: readonly (readonly number[])[] = [];
  @property({ attribute: false }) chosen: Cell | null = null;
  @property({ attribute: false }) choose: (cell: Cell) => void = () => {};
  @property({ type: Boolean }) rates = false;

  override render() {
    const { t } = this;
    const digits = this.confusion.map((_, k) => k);
    const most = Math.max(1, ...this.confusion.flatMap((row, i) => row.filter((_, j) => j !== i)));
    const named = this.experiment.classNames.length > 0;
    return html`<table class=${named ? 'named' : ''}>
        <caption class="hush">
          ${t.mistakes.matrix}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${digits.map((d) => html`<th scope="col" title=${this.experiment.nameOf(d)}>${d}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.confusion.map(
            (row, truth) => html`<tr>
              <th scope="row" title=${this.experiment.nameOf(truth)}>
                ${named ? html`<span class="muted" aria-hidden="true">${truth}</span>` : null}
                ${this.experiment.nameOf(truth)}
              </th>
              ${row.map((n, read) => html`<td>${this.#cell(n, { truth, read }, row, most)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="axis">↓ ${t.mistakes.rows} · → ${t.mistakes.columns}</p>`;
  }

  #cell(n: number, cell: Cell, row: readonly number[], most: number) {
    if (n === 0) return html`<span aria-hidden="true">·</span><span class="hush">0</span>`;
    const { t, f } = this;
    const { truth, read } = cell;
    const total = row.reduce((a, b) => a + b, 0);
    const strength = Math.min(4, Math.ceil((4 * n) / most));
    const shown = this.rates ? f.fixed((100 * n) / total, 1) : String(n);
    const pressed = this.chosen?.truth === truth && this.chosen.read === read;
    return html`<button
      type="button"
      class=${truth === read ? 'right' : `w${strength}`}
      aria-label=${t.mistakes.cell(
        this.rates ? `${shown} %` : shown,
        this.experiment.nameOf(truth),
        this.experiment.nameOf(read),
      )}
      aria-pressed=${pressed}
      @click=${() => this.choose(cell)}
    >
      ${shown}
    </button>`;
  }
}

define('ziffer-confusion-matrix', ConfusionMatrix);
