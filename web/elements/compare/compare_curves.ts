// The validation accuracy of every run on common axes, and of the one that trains as it grows.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import '../charts/curve_chart.ts';
import type { ChartData, ChartSeries } from '../charts/curve_chart.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import type { EpochRow } from '../runs/curves.ts';
import type { Run } from '../runs/run_log.ts';
import { lineOf } from './run_colors.ts';

export class CompareCurves extends Panel<'busy' | 'curves' | 'modelName' | 'progress' | 'runs'> {
  static override styles = [
    controls,
    css`
      ziffer-curve-chart {
        height: 260px;
        max-width: 900px;
      }
    `,
  ];

  #drawn = '';
  #of: readonly Run[] | null = null;
  #data: ChartData | null = null;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.runs);
  }

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    const { t } = this;
    return html`<h3>${t.compare.curves}</h3>
      <ziffer-curve-chart
        role="img"
        aria-label=${t.compare.curves}
        .data=${this.#data}
        .palette=${this.palette}
        .format=${this.#format}
      ></ziffer-curve-chart>`;
  }

  readonly #format = (v: number, digits: number): string => this.f.onAxis(v, digits);

  /** Drawn anew with every run and every epoch, not with every step. */
  protected override willUpdate(): void {
    const { runs, curves, busy } = this.experiment;
    const live = busy && curves.epochs.length > 0;
    const key = `${live ? curves.id : 0}/${live ? curves.epochs.length : 0}/${this.t.code}`;
    if (runs.runs === this.#of && key === this.#drawn) return;
    this.#of = runs.runs;
    this.#drawn = key;
    const lines = runs.runs.map((run) => ({
      number: run.number,
      name: this.t.presets[run.modelName] ?? run.modelName,
      epochs: run.epochs,
      past: run.past,
    }));
    if (live) {
      const name = this.t.compare.live(this.t.presets[this.experiment.modelName] ?? '');
      lines.push({ number: runs.next, name, epochs: curves.epochs, past: curves.past.epochs });
    }
    const longest = Math.max(1, ...lines.map((line) => line.epochs.length));
    this.#data = {
      x: Array.from({ length: longest }, (_, i) => i + 1),
      series: lines.map((line) => series(line, longest)),
      floor: 0,
      ceiling: 1,
    };
  }
}

interface Line {
  readonly number: number;
  readonly name: string;
  readonly epochs: readonly EpochRow[];
  readonly past: number;
}

/** One that was trained on begins where it left the line that it shares. */
function series({ number, name, epochs, past }: Line, length: number): ChartSeries {
  const values = Array.from({ length }, (_, i) =>
    i < past - 1 ? null : (epochs[i]?.val_accuracy ?? epochs[i]?.accuracy ?? null),
  );
  return { label: `${number} · ${name}`, values, ...lineOf(number) };
}

define('ziffer-compare-curves', CompareCurves);
