// One layer of the network as it meets the current digit: its filters or weights, and what it puts out.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { LayerActivation, LayerInfo } from '../../api/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, drawn, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import { shapeText } from '../plan/layer_words.ts';

/** More pictures than this side by side say no more. */
const MOST = 64;

export class InsideLayer extends Panel<'look' | 'nameOf'> {
  static override styles = [
    controls,
    maps,
    css`
      .head {
        flex-wrap: wrap;
      }
      .kernels {
        grid-template-columns: repeat(auto-fill, minmax(34px, 44px));
        margin-bottom: 10px;
      }
      .ten {
        grid-template-columns: repeat(auto-fill, minmax(80px, 1fr));
      }
      .units canvas {
        height: 26px;
        aspect-ratio: auto;
      }
      .numbers {
        display: flex;
        color: var(--z-muted);
        font-size: 0.8em;
      }
      .numbers span {
        flex: 1;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) info!: LayerInfo;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.look);
  }

  override render() {
    const { t, info } = this;
    const activation = this.experiment.look.activations?.find((a) => a.name === info.name);
    const [height = 0, width = 0, channels = 1] = info.outputShape;
    const flat = info.outputShape.length === 1;
    return html`<section>
      <div class="head">
        <h3>${info.className}</h3>
        <span class="muted small">${info.name} · ${t.inside.output(shapeText(info.outputShape))}</span>
      </div>
      ${info.className === 'Conv2D' ? this.#kernels(info) : null}
      ${info.className === 'Dense' ? this.#denseWeights(info) : null}
      ${
        !activation
          ? null
          : flat
            ? this.#units(activation, info)
            : this.#channels(activation, height, width, channels)
      }
    </section>`;
  }

  #channels({ values }: LayerActivation, height: number, width: number, channels: number) {
    const { palette, info } = this;
    return html`<div class="maps">
      ${Array.from({ length: Math.min(MOST, channels) }, (_, k) =>
        captioned(
          { values, width, height, stride: channels, offset: k, palette },
          '',
          `${info.name} ${k + 1}`,
        ),
      )}
    </div>`;
  }

  #kernels(info: LayerInfo) {
    const { weights } = this.experiment.look;
    const region = info.regions.find((r) => r.name === 'kernel');
    if (!weights || !region) return null;
    const [height = 0, width = 0, inputs = 1, filters = 1] = region.shape;
    const mean = meanOverInputs(weights, region.offset, height * width, inputs, filters);
    return html`<p class="muted small">${this.t.inside.kernels}: ${this.t.inside.kernelsSub(this.f, inputs)}</p>
      <div class="maps kernels">
        ${Array.from({ length: Math.min(MOST, filters) }, (_, k) =>
          captioned(
            {
              values: mean,
              width,
              height,
              stride: filters,
              offset: k,
              palette: this.palette,
              mode: 'signed',
            },
            '',
            `${this.t.sees.filter} ${k + 1}`,
          ),
        )}
      </div>`;
  }

  /** Weights straight from the pixels are pictures. */
  #denseWeights(info: LayerInfo) {
    const { weights } = this.experiment.look;
    const region = info.regions.find((r) => r.name === 'kernel');
    const [inputs = 0, units = 0] = region?.shape ?? [];
    if (!weights || !region || inputs !== 784) return null;
    const { t, palette, experiment } = this;
    const last = experiment.look.model?.layersInfo.at(-1)?.name === info.name;
    return html`<p class="muted small">${t.inside.weights}: ${t.inside.weightsSub}</p>
      <div class="maps ten">
        ${Array.from({ length: Math.min(MOST, units) }, (_, k) =>
          captioned(
            {
              values: weights,
              width: 28,
              height: 28,
              stride: units,
              offset: region.offset + k,
              palette,
              mode: 'signed',
            },
            last ? experiment.nameOf(k) : String(k),
          ),
        )}
      </div>`;
  }

  #units(activation: LayerActivation, info: LayerInfo) {
    const count = info.outputShape[0] ?? 0;
    const { values } = activation;
    const label = `${info.name}: ${[...values.subarray(0, 10)].map((v) => this.f.fixed(v, 2)).join(' · ')}`;
    return html`<div class="units">
      ${drawn({ values, width: count, height: 1, palette: this.palette, mode: 'signed' }, label)}
      ${
        count <= 16
          ? html`<div class="numbers" aria-hidden="true">
              ${Array.from({ length: count }, (_, k) => html`<span>${k}</span>`)}
            </div>`
          : null
      }
    </div>`;
  }
}

/** Of filters over several channels the mean over these, place by place. */
function meanOverInputs(
  weights: Float32Array,
  offset: number,
  places: number,
  inputs: number,
  filters: number,
): Float32Array {
  const mean = new Float32Array(places * filters);
  for (let p = 0; p < places; p++) {
    for (let c = 0; c < inputs; c++) {
      for (let k = 0; k < filters; k++) {
        const w = weights[offset + (p * inputs + c) * filters + k] ?? 0;
        mean[p * filters + k] = (mean[p * filters + k] ?? 0) + w / inputs;
      }
    }
  }
  return mean;
}

define('ziffer-inside-layer', InsideLayer);
