// One chart of the training: uPlot with the two data colours, its axes in the language's numbers, the best epoch marked.

import { css, html, type PropertyValues, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotCss from 'uplot/dist/uPlot.min.css';
import { define } from '../kit/define.ts';
import { MovableElement } from '../kit/movable_element.ts';
import type { Palette } from '../kit/palette.ts';

export interface ChartSeries {
  readonly label: string;
  readonly values: readonly (number | null | undefined)[];
  readonly color: string;
  readonly dashed?: boolean;
}

export interface ChartData {
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Where the best epoch stands, and what is written there. */
  readonly mark?: { readonly x: number; readonly y: number; readonly text: string } | null;
  /** Where the model was trained on; 0: it was not. */
  readonly seam?: number;
  /** Loss falls towards 0, accuracy rises towards 1: where the axis may not go beyond. */
  readonly floor?: number;
  readonly ceiling?: number;
  readonly log?: boolean;
  /** The axis goes at least this far, so that a curve that grows does not jump with every point. */
  readonly xMax?: number;
}

export class CurveChart extends MovableElement {
  static override styles = [
    unsafeCSS(uPlotCss),
    css`
      :host {
        display: block;
        position: relative;
        min-width: 0;
        overflow: hidden;
      }
      /* What is inside follows the element's size and never makes it. */
      .at {
        position: absolute;
        inset: 0;
      }
      .uplot {
        font-family: inherit;
      }
      .u-cursor-x {
        border-right: 1px solid var(--z-edge) !important;
      }
    `,
  ];

  @property({ attribute: false }) data: ChartData | null = null;
  @property({ attribute: false }) palette!: Palette;
  @property({ attribute: false }) format: (value: number, digits: number) => string = String;
  /** What the pointer stands on, for a read-out beside the legend; null when it leaves. */
  @property({ attribute: false }) pointed: (index: number | null) => void = () => {};

  #plot: uPlot | null = null;
  #shape = '';
  /** As the observer tells it: asking for it would lay the page out in the middle of building it. */
  #size: { width: number; height: number } | null = null;
  readonly #resizes = new ResizeObserver(([entry]) => this.#fit(entry!.contentRect));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.#shape = '';
    // A chart that was to come does not: uPlot would listen to the window for good.
    this.#size = null;
  }

  /** What is drawn now; null before the first drawing. */
  get canvas(): HTMLCanvasElement | null {
    return this.#plot?.ctx.canvas ?? null;
  }

  override render() {
    return html`<div class="at" aria-hidden="true"></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { data } = this;
    if (!data || !this.palette || !this.#size) return;
    if (this.#plot && !changed.has('data') && !changed.has('palette') && !changed.has('format'))
      return;
    const shape = `${data.series.map((s) => s.label + s.color)}/${data.log}/${this.palette.css.muted}`;
    const values = [data.x, ...data.series.map((s) => s.values)] as uPlot.AlignedData;
    if (!this.#plot || shape !== this.#shape || changed.has('format')) {
      this.#shape = shape;
      this.#plot?.destroy();
      this.#plot = new uPlot(
        { ...this.#size, ...this.#options(data) },
        values,
        this.renderRoot.querySelector<HTMLElement>('.at')!,
      );
    } else this.#plot.setData(values);
  }

  #fit({ width, height }: DOMRectReadOnly): void {
    this.#size = width > 0 ? { width, height } : null;
    if (this.#size && this.#plot) this.#plot.setSize(this.#size);
    // Each chart of a panel in a task of its own.
    else setTimeout(() => this.requestUpdate());
  }

  #options(data: ChartData): Omit<uPlot.Options, 'width' | 'height'> {
    const { css: colors } = this.palette;
    const font = `${Math.round(0.76 * Number.parseFloat(getComputedStyle(this).fontSize))}px ${
      getComputedStyle(this).fontFamily
    }`;
    const axis: uPlot.Axis = { stroke: colors.muted, font, ticks: { show: false }, gap: 6 };
    const grid = { stroke: colors.line, width: 1 };
    return {
      padding: [14, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_u, min, max) => this.#xRange(min, max) },
        y: { distr: data.log ? 3 : 1, range: (_u, min, max) => this.#yRange(min, max) },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
        },
        {
          ...axis,
          grid,
          size: 46,
          space: 36,
          values: (_u, ticks, _axis, _space, step) =>
            ticks.map((v) => (v === null ? '' : this.format(v, digitsOf(data.log ? v : step)))),
        },
      ],
      series: [
        {},
        ...data.series.map((s) => ({
          label: s.label,
          stroke: s.color,
          width: 2,
          dash: s.dashed ? [5, 4] : undefined,
          spanGaps: true,
          points: { show: (u: uPlot) => (u.data[0]?.length ?? 0) < 2, size: 5, fill: s.color },
        })),
      ],
      hooks: {
        draw: [(u) => this.#drawSeam(u), (u) => this.#drawMark(u, font)],
        setCursor: [(u) => this.pointed(u.cursor.idx ?? null)],
      },
    };
  }

  #xRange(min: number, max: number): uPlot.Range.MinMax {
    const last = Math.max(max ?? 1, this.data?.xMax ?? 0);
    const first = min ?? 0;
    return [first, last > first ? last : first + 1];
  }

  #yRange(min: number, max: number): uPlot.Range.MinMax {
    const { floor, ceiling, log } = this.data ?? {};
    if (min === null || max === null || !Number.isFinite(min)) return log ? [0.01, 1] : [0, 1];
    if (log) return [Math.max(1e-5, min / 1.25), max * 1.25];
    const room = Math.max(max - min, 0.004) * 0.08;
    return [
      floor === undefined ? min - room : Math.max(floor, min - room),
      ceiling === undefined ? max + room : Math.min(ceiling, max + room),
    ];
  }

  #drawSeam(u: uPlot): void {
    const { seam } = this.data ?? {};
    if (!seam) return;
    const { ctx, bbox } = u;
    const x = Math.round(u.valToPos(seam, 'x', true));
    ctx.save();
    ctx.strokeStyle = this.palette.css.muted;
    ctx.lineWidth = devicePixelRatio;
    // The last curve's may still hold.
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  #drawMark(u: uPlot, font: string): void {
    const mark = this.data?.mark;
    if (!mark) return;
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    const x = Math.round(u.valToPos(mark.x, 'x', true));
    const y = u.valToPos(mark.y, 'y', true);
    const { css: colors } = this.palette;
    ctx.save();
    ctx.strokeStyle = colors.muted;
    ctx.lineWidth = ratio;
    ctx.setLineDash([2 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = colors.validation;
    ctx.beginPath();
    ctx.arc(x, y, 4 * ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillStyle = colors.muted;
    ctx.font = font.replace(/^([\d.]+)px/, (_all, px) => `${Number(px) * ratio}px`);
    ctx.textBaseline = 'bottom';
    ctx.textAlign = 'left';
    const width = ctx.measureText(mark.text).width;
    const left = Math.min(Math.max(x - width / 2, bbox.left), bbox.left + bbox.width - width);
    ctx.fillText(mark.text, left, bbox.top - 2 * ratio);
    ctx.restore();
  }
}

/** How many digits after the point a multiple of this number needs. */
function digitsOf(step: number): number {
  for (let digits = 0; digits < 6; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 6;
}

define('ziffer-curve-chart', CurveChart);
