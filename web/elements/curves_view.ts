// Loss and accuracy side by side, by epoch or by step, as curves or as a table.
import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { chartPicture } from './chart_picture.ts';
import { controls } from './controls.ts';
import './curve_chart.ts';
import type { ChartData, CurveChart } from './curve_chart.ts';
import './curves_table.ts';
import { Panel } from './panel.ts';
import { saveFile } from './save_file.ts';
import type { Palette } from './tokens.ts';

type Quantity = 'loss' | 'accuracy';

export class CurvesView extends Panel {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }
      .charts {
        flex: 1;
        position: relative;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
        gap: 8px 20px;
      }
      .figure {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      ziffer-curve-chart {
        flex: 1;
        min-height: clamp(180px, 32cqi, 320px);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 8px;
        min-height: 1.5em;
      }
      .readout {
        display: flex;
        gap: 1ch;
        font-size: 0.8em;
      }
      .training {
        color: var(--z-training);
      }
      .validation {
        color: var(--z-validation);
      }
      .empty {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        padding: 16px;
        color: var(--z-muted);
        text-align: center;
        font-size: 0.94em;
        pointer-events: none;
      }
      .empty span {
        padding: 4px 12px;
        background: var(--z-card);
      }
      @container (max-width: 520px) {
        .empty {
          bottom: 50%;
        }
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 4px 16px;
        margin-top: 4px;
      }
      .legend,
      .views {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        font-size: 0.87em;
      }
      .views button {
        font-size: 1em;
      }
      .key {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .key::before {
        content: '';
        width: 20px;
        border-top: 2.5px solid var(--z-training);
      }
      .key.dashed::before {
        border-top: 2.5px dashed var(--z-validation);
      }
    `,
  ];

  @state() private by: 'epoch' | 'step' = 'epoch';
  @state() private asTable = false;
  @state() private log = false;
  @state() private pointed: number | null = null;

  readonly #drawn: Partial<Record<Quantity, { key: string; palette: Palette; data: ChartData }>> =
    {};

  readonly #point = (index: number | null): void => {
    this.pointed = index;
  };
  readonly #format = (v: number, digits: number): string => this.f.fixed(v, digits);

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    return html`${this.asTable ? this.#table() : this.#charts()} ${this.#foot()}`;
  }

  get #empty(): boolean {
    const { epochs, steps } = this.experiment.curves;
    return epochs.length === 0 && steps.step.length === 0;
  }

  /** Before the first epoch is over there is only the view by step to see. */
  get #view(): 'epoch' | 'step' {
    return this.experiment.curves.epochs.length === 0 && !this.#empty ? 'step' : this.by;
  }

  #charts() {
    return html`<div class="charts">
      ${this.#figure('loss')} ${this.#figure('accuracy')}
      ${this.#empty ? html`<p class="empty"><span>${this.t.charts.empty}</span></p>` : null}
    </div>`;
  }

  #figure(what: Quantity) {
    const { t } = this;
    const data = this.#data(what);
    const last = data.series[0]?.values.at(-1);
    const text = last == null ? '' : this.f.fixed(last, 4);
    return html`<div
      class="figure"
      role="img"
      aria-label=${t.charts.summary(t.charts[what], data.x.length, text)}
    >
      <div class="head">
        <h3>${t.charts[what]}</h3>
        <span class="readout" aria-hidden="true">${this.#readout(data)}</span>
      </div>
      <ziffer-curve-chart
        part="chart"
        .data=${data}
        .palette=${this.palette}
        .format=${this.#format}
        .pointed=${this.#point}
      ></ziffer-curve-chart>
    </div>`;
  }

  #readout(data: ChartData) {
    const i = this.pointed;
    const x = i === null ? undefined : data.x[i];
    if (i === null || x === undefined) return null;
    const value = (n: number) => {
      const v = data.series[n]?.values[i];
      return v == null ? '' : this.f.fixed(v, 4);
    };
    return html`<span class="muted">${this.t.charts[this.#view]} ${this.f.int(x)}</span>
      <span class="training">${value(0)}</span>
      <span class="validation">${value(1)}</span>`;
  }

  /** Made anew only when there is something new to draw: by step four times a second, by epoch once an epoch. */
  #data(what: Quantity): ChartData {
    const { curves, settings, phase } = this.experiment;
    const running = phase === 'training' ? Math.floor(performance.now() / 250) : phase;
    const moment =
      this.#view === 'step' ? `${running}/${curves.steps.step.length > 0}` : curves.epochs.length;
    const key = [curves.id, this.#view, moment, this.log, this.t.code, settings.epochs].join('/');
    const last = this.#drawn[what];
    if (last?.key === key && last.palette === this.palette) return last.data;
    const data = this.#makeData(what);
    this.#drawn[what] = { key, palette: this.palette, data };
    return data;
  }

  #makeData(what: Quantity): ChartData {
    const { t, palette } = this;
    const { curves } = this.experiment;
    const training = { label: t.charts.training, color: palette.css.training };
    const validation = { label: t.charts.validation, color: palette.css.validation, dashed: true };
    const bounds = what === 'loss' ? { floor: 0, log: this.log } : { floor: 0, ceiling: 1 };
    if (this.#view === 'step') {
      const at = curves.epochs.map((r) => r.epoch * curves.stepsPerEpoch);
      const values = new Map(at.map((s, i) => [s, curves.epochs[i]?.[`val_${what}`]]));
      const { step } = curves.steps;
      return {
        x: step,
        series: [
          { ...training, values: curves.steps[what] },
          { ...validation, values: step.map((s) => values.get(s) ?? null) },
        ],
        ...bounds,
      };
    }
    const rows = curves.epochs;
    const best = curves.best;
    const y = best?.[`val_${what}`] ?? best?.[what];
    return {
      x: rows.map((r) => r.epoch),
      series: [
        { ...training, values: rows.map((r) => r[what]) },
        { ...validation, values: rows.map((r) => r[`val_${what}`] ?? null) },
      ],
      mark:
        best && y !== undefined
          ? { x: best.epoch, y, text: t.charts.best(this.f, best.epoch) }
          : null,
      xMax: Math.min(this.experiment.settings.epochs, Math.max(5, rows.length)),
      ...bounds,
    };
  }

  #table() {
    return html`<ziffer-curves-table
      .experiment=${this.experiment}
      .locale=${this.locale}
      .by=${this.#view}
    ></ziffer-curves-table>`;
  }

  #foot() {
    const { t } = this;
    const { charts } = t;
    return html`<div class="foot">
      <div class="legend" aria-hidden="true">
        <span class="key">${charts.training}</span>
        <span class="key dashed">${charts.validation}</span>
      </div>
      <div class="views" role="group" aria-label=${charts.view}>
        ${this.#toggle(charts.byEpoch, this.#view === 'epoch', () => {
          this.by = 'epoch';
        })}
        ${this.#toggle(charts.byStep, this.#view === 'step', () => {
          this.by = 'step';
        })}
        ${this.#toggle(
          charts.log,
          this.log,
          () => {
            this.log = !this.log;
          },
          charts.logHint,
        )}
        ${this.#toggle(charts.table, this.asTable, () => {
          this.asTable = !this.asTable;
        })}
        <button
          type="button"
          class="quiet"
          title=${charts.csvHint}
          ?disabled=${this.#empty}
          @click=${this.#csv}
        >
          ${charts.csv}
        </button>
        <button
          type="button"
          class="quiet"
          title=${charts.pngHint}
          ?disabled=${this.#empty || this.asTable}
          @click=${this.#png}
        >
          ${charts.png}
        </button>
      </div>
    </div>`;
  }

  #toggle(text: string, on: boolean, act: () => void, hint?: string) {
    return html`<button
      type="button"
      class="quiet"
      title=${hint ?? ''}
      aria-pressed=${on}
      @click=${act}
    >
      ${text}
    </button>`;
  }

  readonly #png = async (): Promise<void> => {
    const { t, palette } = this;
    const { modelName, settings } = this.experiment;
    const charts = [...this.renderRoot.querySelectorAll<CurveChart>('ziffer-curve-chart')];
    const titles = [t.charts.loss, t.charts.accuracy];
    const blob = await chartPicture({
      parts: charts.flatMap(({ canvas }, i) =>
        canvas ? [{ title: titles[i] ?? '', canvas }] : [],
      ),
      legend: [
        { text: t.charts.training, color: palette.css.training, dashed: false },
        { text: t.charts.validation, color: palette.css.validation, dashed: true },
      ],
      caption: `${t.presets[modelName]} · ${t.model.settings.seed} ${settings.seed}`,
      background: palette.css.card,
      ink: palette.css.ink,
      muted: palette.css.muted,
      font: getComputedStyle(this).fontFamily,
    });
    if (blob) saveFile(blob, `${modelName}-${settings.seed}.png`);
  };

  readonly #csv = (): void => {
    const { curves, modelName, settings } = this.experiment;
    const text = this.#view === 'step' ? curves.csvBySteps() : curves.csv();
    saveFile(new Blob([text], { type: 'text/csv' }), `${modelName}-${settings.seed}.csv`);
  };
}

customElements.define('ziffer-curves', CurvesView);
