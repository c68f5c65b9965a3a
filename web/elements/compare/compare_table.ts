// The finished runs in numbers: test accuracy with its interval, parameters, epochs, time.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import type { Run } from '../runs/run_log.ts';
import { wilson } from '../runs/statistics.ts';
import { classOf, runColors } from './run_colors.ts';

export class CompareTable extends Panel<'runs'> {
  static override styles = [
    controls,
    runColors,
    css`
      .table {
        overflow-x: auto;
      }
      table {
        width: 100%;
        font-size: 0.94em;
      }
      th,
      td {
        padding: 6px 12px 6px 0;
        border-bottom: 1px solid var(--z-line);
        text-align: left;
        white-space: nowrap;
      }
      td.number,
      th.number {
        text-align: right;
      }
      .key {
        display: inline-block;
        width: 18px;
        margin-right: 8px;
        border-top: 3px solid currentColor;
        vertical-align: middle;
      }
    `,
  ];

  constructor() {
    super();
    new Observe(this, () => this.experiment?.runs);
  }

  override render() {
    const { compare } = this.t;
    const head = [
      compare.run,
      compare.settings,
      compare.test,
      compare.params,
      compare.epochs,
      compare.time,
    ];
    return html`<div class="table" tabindex="0" role="region" aria-label=${compare.table}>
      <table>
        <thead>
          <tr>
            ${head.map((h, i) => html`<th scope="col" class=${i > 1 ? 'number' : ''}>${h}</th>`)}
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${this.experiment.runs.runs.map((run) => this.#row(run))}
        </tbody>
      </table>
    </div>`;
  }

  #row(run: Run) {
    const { t, f } = this;
    const { accuracy, count } = run.test;
    const { margin } = wilson(Math.round(accuracy * count), count);
    const { optimizer, learningRate, batchSize, seed } = run.settings;
    const told = `${optimizer} ${f.plain(learningRate)} · ${batchSize} · ${t.model.settings.seed} ${seed}`;
    const name = nameOf(run, t.presets);
    return html`<tr>
      <th scope="row"><span class="key ${classOf(run)}"></span>${name}</th>
      <td class="muted">${run.past > 0 ? html`${told}<br />${t.compare.on(f, run.past)}` : told}</td>
      <td class="number"><strong>${f.fixed(accuracy, 4)}</strong> ± ${f.fixed(margin, 4)}</td>
      <td class="number">${f.int(run.parameters)}</td>
      <td class="number">${f.int(run.epochs.length)}</td>
      <td class="number">${f.seconds(run.time)} s</td>
      <td>
        <button
          type="button"
          class="link"
          aria-label=${t.compare.remove(name)}
          @click=${() => this.experiment.runs.remove(run.number)}
        >
          ✕
        </button>
      </td>
    </tr>`;
  }
}

/** "2 · Simple CNN" */
export function nameOf(run: Run, presets: Readonly<Record<string, string>>): string {
  return `${run.number} · ${presets[run.modelName] ?? run.modelName}`;
}

define('ziffer-compare-table', CompareTable);
