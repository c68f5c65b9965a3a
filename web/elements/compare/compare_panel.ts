// Compare: the lecture in one press, and the finished trainings of this session: curves, table, McNemar's test between two.

import { css, html } from 'lit';
import { define } from '../kit/define.ts';
import './compare_curves.ts';
import './compare_table.ts';
import { controls } from '../kit/base_styles.ts';
import '../lecture/lecture_view.ts';
import './mcnemar_view.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';

export class ComparePanel extends Panel<'runs'> {
  static override styles = [
    controls,
    css`
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 24px;
      }
    `,
  ];

  constructor() {
    super();
    new Observe(this, () => this.experiment?.runs);
  }

  override render() {
    const { t, experiment, locale, palette } = this;
    return html`<div class="stack">
      <ziffer-lecture .experiment=${experiment} .locale=${locale}></ziffer-lecture>
      ${
        experiment.runs.runs.length === 0
          ? html`<p class="muted">${t.compare.empty}</p>`
          : html`<ziffer-compare-curves
                .experiment=${experiment}
                .locale=${locale}
                .palette=${palette}
              ></ziffer-compare-curves>
              <ziffer-compare-table
                .experiment=${experiment}
                .locale=${locale}
              ></ziffer-compare-table>
              <ziffer-mcnemar .experiment=${experiment} .locale=${locale}></ziffer-mcnemar>`
      }
    </div>`;
  }
}

define('ziffer-compare', ComparePanel);
