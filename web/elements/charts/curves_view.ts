// Loss and accuracy side by side, by epoch or by step, as curves or as a table.

import { html } from 'lit';
import { state } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { chartPicture } from './chart_picture.ts';
import './curve_chart.ts';
import type { ChartData, CurveChart } from './curve_chart.ts';
import { chartData, type Quantity } from './curves_data.ts';
import { curvesStyles } from './curves_styles.ts';
import './curves_table.ts';
import { csv, csvBlob } from '../kit/csv.ts';
import type { Palette } from '../kit/palette.ts';
import { Panel } from '../kit/panel.ts';
import { saveFile } from '../kit/save_file.ts';

export class CurvesView extends Panel<
  'curves' | 'lastEpoch' | 'modelName' | 'phase' | 'progress' | 'settings'
> {
  static override styles = [controls, curvesStyles];

  @state() private by: 'epoch' | 'step' = 'epoch';
  @state() private asTable = false;
  @state() private log = false;
  @state() private pointed: number | null = null;

  readonly #drawn: Partial<Record<Quantity, { key: string; palette: Palette; data: ChartData }>> =
    {};

  readonly #point = (index: number | null): void => {
    this.pointed = index;
  };
  readonly #format = (v: number, digits: number): string => this.f.onAxis(v, digits);

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
    const { curves, lastEpoch, phase } = this.experiment;
    const running = phase === 'training' ? Math.floor(performance.now() / 250) : phase;
    const moment =
      this.#view === 'step' ? `${running}/${curves.steps.step.length > 0}` : curves.epochs.length;
    const key = [curves.id, this.#view, moment, this.log, this.t.code, lastEpoch].join('/');
    const last = this.#drawn[what];
    if (last?.key === key && last.palette === this.palette) return last.data;
    const data = chartData(curves, what, {
      by: this.#view,
      log: this.log,
      epochs: lastEpoch,
      locale: this.locale,
      palette: this.palette,
    });
    this.#drawn[what] = { key, palette: this.palette, data };
    return data;
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
        ${
          this.experiment.curves.past.epochs > 0
            ? html`<span class="key seam">${charts.trainedOn}</span>`
            : null
        }
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
    if (blob) saveFile(blob, `${modelName}-${settings.seed}.png`, this);
  };

  readonly #csv = (): void => {
    const { curves, modelName, settings } = this.experiment;
    const table = this.#view === 'step' ? curves.tableOfSteps() : curves.table();
    saveFile(csvBlob(csv(table, this.f)), `${modelName}-${settings.seed}.csv`, this);
  };
}

define('ziffer-curves', CurvesView);
