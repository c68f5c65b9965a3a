// The numbers behind the curves, for those who would rather read them.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';

/** Of a long run the last steps; the CSV has them all. */
const MOST_STEPS = 200;

export class CurvesTable extends Panel<'curves' | 'progress'> {
  static override styles = [
    controls,
    css`
      .table {
        max-height: 222px;
        overflow: auto;
      }
      table {
        width: 100%;
      }
      th,
      td {
        padding: 3px 8px;
        border-bottom: 1px solid var(--z-line);
        text-align: right;
      }
      tr > :first-child {
        text-align: left;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--z-card);
      }
      tr.best td {
        color: var(--z-good);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) by: 'epoch' | 'step' = 'epoch';

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    const { charts } = this.t;
    const byEpoch = this.by === 'epoch';
    const head = [charts[this.by], charts.loss, charts.accuracy];
    if (byEpoch) {
      const { validation } = charts;
      head.push(`${charts.loss}, ${validation}`, `${charts.accuracy}, ${validation}`);
    }
    const caption = byEpoch ? charts.tableCaption : charts.tableCaptionStep;
    return html`<div class="table" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption class="hush">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${head.map((h) => html`<th scope="col">${h}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${byEpoch ? this.#epochs() : this.#steps()}
        </tbody>
      </table>
    </div>`;
  }

  #epochs() {
    const { epochs, bestEpoch } = this.experiment.curves;
    return epochs.map((r) =>
      this.#row(
        r.epoch,
        [r.loss, r.accuracy, r.val_loss, r.val_accuracy],
        r.epoch === bestEpoch ? 'best' : '',
      ),
    );
  }

  #steps() {
    const { step, loss, accuracy } = this.experiment.curves.steps;
    const first = Math.max(0, step.length - MOST_STEPS);
    return step.slice(first).map((s, i) => this.#row(s, [loss[first + i], accuracy[first + i]]));
  }

  #row(number: number, values: readonly (number | undefined)[], kind = '') {
    const { f } = this;
    return html`<tr class=${kind}>
      <td>${f.int(number)}</td>
      ${values.map((v) => html`<td>${v === undefined ? '' : f.fixed(v, 4)}</td>`)}
    </tr>`;
  }
}

define('ziffer-curves-table', CurvesTable);
