// Compare: the finished trainings of this session, their curves on common axes, and McNemar's test between two.
import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { controls } from './controls.ts';
import './curve_chart.ts';
import type { ChartData } from './curve_chart.ts';
import { trainAllPresets } from './lecture.ts';
import { Observe } from './observable.ts';
import { Panel } from './panel.ts';
import type { Run } from './run_log.ts';
import { mcnemar, wilson } from './statistics.ts';

/** Okabe and Ito's colours that read on white and on black; after them the dashes begin. */
const COLORS = ['#0b79c4', '#c9641d', '#149c74', '#b5679a', '#8a8f00', '#6f7a86'];

export class ComparePanel extends Panel {
  static override styles = [
    controls,
    css`
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 18px;
      }
      .empty {
        display: grid;
        justify-items: start;
        gap: 12px;
        color: var(--z-muted);
      }
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
      ziffer-curve-chart {
        height: 260px;
        max-width: 900px;
      }
      .pair {
        margin: 6px 0 10px;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .pair select {
        width: auto;
      }
      .c0 {
        color: #0b79c4;
      }
      .c1 {
        color: #c9641d;
      }
      .c2 {
        color: #149c74;
      }
      .c3 {
        color: #b5679a;
      }
      .c4 {
        color: #8a8f00;
      }
      .c5 {
        color: #6f7a86;
      }
    `,
  ];

  @state() private labels: Uint8Array | null = null;
  @state() private pair: readonly [number, number] | null = null;
  @state() private running = '';
  @state() private data: ChartData | null = null;
  #drawn: readonly Run[] | null = null;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.runs);
  }

  override render() {
    const { t, experiment } = this;
    const { runs } = experiment.runs;
    const lecture = html`<button
      type="button"
      ?disabled=${experiment.busy || this.running !== ''}
      @click=${this.#lecture}
    >
      ${this.running ? t.compare.lectureRunning(t.presets[this.running] ?? '') : t.compare.lecture}
    </button>`;
    if (runs.length === 0) {
      return html`<div class="empty"><p>${t.compare.empty}</p>${lecture}</div>`;
    }
    return html`<div class="stack">
      <div>
        <h3>${t.compare.curves}</h3>
        <ziffer-curve-chart
          role="img"
          aria-label=${t.compare.curves}
          .data=${this.data}
          .palette=${this.palette}
          .format=${this.#format}
        ></ziffer-curve-chart>
      </div>
      <div class="table" tabindex="0" role="region" aria-label=${t.tabs.compare ?? ''}>
        ${this.#table(runs)}
      </div>
      ${runs.length > 1 ? this.#test(runs) : html`<p class="muted">${t.compare.needTwo}</p>`}
      <div>${lecture}</div>
    </div>`;
  }

  protected override willUpdate(): void {
    const { runs } = this.experiment.runs;
    if (runs === this.#drawn) return;
    this.#drawn = runs;
    const longest = Math.max(1, ...runs.map((r) => r.epochs.length));
    this.data = {
      x: Array.from({ length: longest }, (_, i) => i + 1),
      series: runs.map((run) => ({
        label: this.#name(run),
        values: Array.from(
          { length: longest },
          (_, i) => run.epochs[i]?.val_accuracy ?? run.epochs[i]?.accuracy ?? null,
        ),
        color: COLORS[(run.number - 1) % COLORS.length] ?? '',
        dashed: run.number > COLORS.length,
      })),
      floor: 0,
      ceiling: 1,
    };
    if (runs.length > 1 && !this.labels) void this.#loadLabels();
    const known = this.pair?.every((n) => runs.some((r) => r.number === n));
    if (!known) {
      const [a, b] = runs.slice(-2);
      this.pair = a && b ? [a.number, b.number] : null;
    }
  }

  async #loadLabels(): Promise<void> {
    try {
      this.labels = await (await this.experiment.data.test()).labels();
    } catch {
      // The test is not shown without them.
    }
  }

  readonly #format = (v: number, digits: number): string => this.f.fixed(v, digits);

  readonly #lecture = async (): Promise<void> => {
    await trainAllPresets(this.experiment, (name) => {
      this.running = name;
    });
    this.running = '';
  };

  #name(run: Run): string {
    return `${run.number} · ${this.t.presets[run.modelName] ?? run.modelName}`;
  }

  #table(runs: readonly Run[]) {
    const { t, f } = this;
    const head = [
      t.compare.run,
      t.compare.settings,
      t.compare.test,
      t.compare.params,
      t.compare.epochs,
      t.compare.time,
    ];
    return html`<table>
      <thead>
        <tr>
          ${head.map((h, i) => html`<th scope="col" class=${i > 1 ? 'number' : ''}>${h}</th>`)}
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${runs.map((run) => {
          const { accuracy, count } = run.test;
          const { margin } = wilson(Math.round(accuracy * count), count);
          const s = run.settings;
          return html`<tr>
            <th scope="row">
              <span class="key c${(run.number - 1) % COLORS.length}"></span>${this.#name(run)}
            </th>
            <td class="muted">${s.optimizer} ${f.plain(s.learningRate)} · ${s.batchSize} · ${t.model.settings.seed} ${s.seed}</td>
            <td class="number"><strong>${f.fixed(accuracy, 4)}</strong> ± ${f.fixed(margin, 4)}</td>
            <td class="number">${f.int(run.parameters)}</td>
            <td class="number">${f.int(run.epochs.length)}</td>
            <td class="number">${f.seconds(run.time)} s</td>
            <td>
              <button
                type="button"
                class="link"
                aria-label=${t.compare.remove(this.#name(run))}
                @click=${() => this.experiment.runs.remove(run.number)}
              >
                ✕
              </button>
            </td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  #test(runs: readonly Run[]) {
    const { t, f, pair, labels } = this;
    const a = runs.find((r) => r.number === pair?.[0]);
    const b = runs.find((r) => r.number === pair?.[1]);
    if (!a || !b || !labels) return null;
    const { onlyA, onlyB, p } = mcnemar(labels, a.test.predicted, b.test.predicted);
    const said = p < 0.0001 ? `p < ${f.fixed(0.0001, 4)}` : `p = ${f.fixed(p, 4)}`;
    return html`<section>
      <h3>${t.compare.mcnemar}</h3>
      <div class="pair">
        ${t.compare.between} ${this.#choice(runs, 0)} ${t.compare.and} ${this.#choice(runs, 1)}
      </div>
      <p>
        ${t.compare.onlyA(f, onlyA, this.#name(a))}, ${t.compare.onlyA(f, onlyB, this.#name(b))}.
        ${p < 0.05 ? t.compare.difference(said) : t.compare.noDifference(said)}
      </p>
    </section>`;
  }

  #choice(runs: readonly Run[], side: 0 | 1) {
    const choose = (e: Event) => {
      const number = Number((e.target as HTMLSelectElement).value);
      const [a = 0, b = 0] = this.pair ?? [];
      this.pair = side === 0 ? [number, b] : [a, number];
    };
    return html`<select aria-label="${this.t.compare.run} ${side + 1}" @change=${choose}>
      ${runs.map(
        (run) => html`<option value=${run.number} ?selected=${run.number === this.pair?.[side]}>
          ${this.#name(run)}
        </option>`,
      )}
    </select>`;
  }
}

customElements.define('ziffer-compare', ComparePanel);
