// What the first layer sees in the current digit: its filters, their responses, and what the pooling keeps, alive while it
// trains. Of a softmax regression the weights of each digit, as ten pictures.

import { css, html, unsafeCSS } from 'lit';
import type { LayerActivation, LayerInfo } from '../../api/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { type PixelPicture, pixelCanvas, pixels } from '../kit/pixels.ts';
import { Observe } from '../observable/observe.ts';

/** More do not fit side by side; a wide layer shows its first ones. */
const MOST = 8;

/** Where the pictures of each filter stand: its column, and how many rows above its first. */
const placed = (at: (filter: number) => readonly [column: number, rows: number]) =>
  unsafeCSS(
    Array.from({ length: MOST }, (_, k) => {
      const [column, rows] = at(k);
      return [0, 1, 2]
        .map((r) => `.k${k}.r${r} { grid-column: ${column}; grid-row: ${rows + r + 1}; }`)
        .join('\n');
    }).join('\n'),
  );

export class SeesView extends Panel<'blueprint' | 'digit' | 'look' | 'nameOf'> {
  static override styles = [
    controls,
    pixelCanvas,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
        margin-bottom: 10px;
      }
      .grid {
        display: grid;
        grid-template-columns: 3.4em repeat(8, minmax(0, 1fr));
        align-items: center;
        gap: 6px 8px;
      }
      .grid .row {
        grid-column: 1;
      }
      .ten {
        display: grid;
        grid-template-columns: repeat(10, minmax(0, 1fr));
        gap: 8px;
        text-align: center;
      }
      .row {
        color: var(--z-muted);
        font-size: 0.76em;
      }
      .name {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .kernel {
        width: 62%;
        margin: 0 auto;
      }
      .blank {
        background: var(--z-soft);
        border-style: dashed;
      }
      ${placed((k) => [2 + k, 0])}
      @container (max-width: 460px) {
        .grid {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
        .grid .row {
          display: none;
        }
        ${placed((k) => [1 + (k % 4), 3 * Math.floor(k / 4)])}
        .ten {
          grid-template-columns: repeat(5, minmax(0, 1fr));
        }
      }
    `,
  ];

  #unwatch: (() => void) | null = null;
  readonly #seen = new IntersectionObserver((entries) => {
    const visible = entries.some((e) => e.isIntersecting);
    if (visible) this.#unwatch ??= this.experiment.look.watch();
    else this.#stop();
  });

  constructor() {
    super();
    new Observe(this, () => this.experiment?.look);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#stop();
  }

  #stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
  }

  override render() {
    const { look, blueprint } = this.experiment;
    const infos = (look.model ?? blueprint)?.layersInfo ?? [];
    const conv = infos[0]?.className === 'Conv2D' ? infos[0] : null;
    const behind = infos.slice(1).find(({ className }) => className !== 'BatchNormalization');
    if (conv) return this.#convolution(conv, behind);
    const dense = infos.find((l) => l.className === 'Dense');
    const first = dense && infos.every((l) => l === dense || l.className === 'Flatten');
    return first ? this.#tenPictures(dense) : null;
  }

  #convolution(conv: LayerInfo, next: LayerInfo | undefined) {
    const { t, f } = this;
    const { activations } = this.experiment.look;
    const pooled = next?.className.includes('Pooling') ? next : null;
    const filters = conv.outputShape[2] ?? 0;
    const count = Math.min(MOST, filters);
    const of = (info: LayerInfo) => activations?.find((a) => a.name === info.name) ?? null;
    const { prediction, image } = this.experiment.digit;
    const digit = prediction && prediction.probability >= 0.6 ? prediction.digit : undefined;
    return html`<div class="head">
        <h3>${digit === undefined ? t.sees.title : t.sees.titleIn(this.experiment.nameOf(digit))}</h3>
        <span class="muted small">
          ${image ? (pooled ? t.sees.sub(f, filters) : t.sees.subNoPool(f, filters)) : t.sees.noDigit}
        </span>
      </div>
      <div class="grid" part="sees">
        ${this.#row(0, t.sees.filter, count, (k) => this.#kernel(conv, k), 'kernel')}
        ${this.#row(1, size(conv), count, (k) => channel(of(conv), k, this), '')}
        ${pooled ? this.#row(2, size(pooled), count, (k) => channel(of(pooled), k, this), '') : null}
      </div>`;
  }

  #row(
    row: number,
    name: string,
    count: number,
    picture: (k: number) => PixelPicture | null,
    kind: string,
  ) {
    return html`<span class="row" aria-hidden="true">${name}</span>
      ${Array.from({ length: count }, (_, k) => {
        const p = picture(k);
        return html`<canvas
          class="${kind} ${p ? '' : 'blank'} k${k} r${row}"
          role="img"
          aria-label=${this.t.sees.cell(name, k + 1)}
          ${pixels(p)}
        ></canvas>`;
      })}`;
  }

  /** Kernels are height × width × inputs × filters; of several inputs the first is shown. */
  #kernel(conv: LayerInfo, k: number): PixelPicture | null {
    const { weights } = this.experiment.look;
    const region = conv.regions.find((r) => r.name === 'kernel');
    if (!weights || !region) return null;
    const [height = 0, width = 0, inputs = 1, filters = 1] = region.shape;
    const offset = region.offset + k;
    const stride = inputs * filters;
    return {
      values: weights,
      width,
      height,
      stride,
      offset,
      palette: this.palette,
      mode: 'signed',
    };
  }

  #tenPictures(dense: LayerInfo) {
    const { t } = this;
    const { weights } = this.experiment.look;
    const region = dense.regions.find((r) => r.name === 'kernel');
    const [inputs = 0, units = 0] = region?.shape ?? [];
    if (inputs !== 784) return null;
    return html`<div class="head">
        <h3>${t.sees.title}</h3>
        <span class="muted small">${t.sees.softmax}</span>
      </div>
      <div class="ten">
        ${Array.from({ length: Math.min(10, units) }, (_, k) => {
          const picture: PixelPicture | null = weights && {
            values: weights,
            width: 28,
            height: 28,
            stride: units,
            offset: (region?.offset ?? 0) + k,
            palette: this.palette,
            mode: 'signed',
          };
          return html`<div>
            <canvas role="img" aria-label=${t.sees.weightsOf(this.experiment.nameOf(k))} ${pixels(picture)}></canvas>
            <span class="row name">${this.experiment.nameOf(k)}</span>
          </div>`;
        })}
      </div>`;
  }
}

function size(info: LayerInfo): string {
  return `${info.outputShape[0]} × ${info.outputShape[1]}`;
}

/** One channel of height × width × channels. */
function channel(a: LayerActivation | null, k: number, view: Panel): PixelPicture | null {
  if (!a) return null;
  const [height = 0, width = 0, channels = 1] = a.shape;
  return { values: a.values, width, height, stride: channels, offset: k, palette: view.palette };
}

define('ziffer-sees', SeesView);
