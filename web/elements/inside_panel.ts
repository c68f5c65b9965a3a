// Inside: the current digit on its way through the network, layer by layer, and which pixels matter.
import { css, html } from 'lit';
import type { LayerActivation, LayerInfo } from '../api/index.ts';
import { controls } from './controls.ts';
import { shapeText } from './layer_words.ts';
import { Observe } from './observe.ts';
import { type Occlusion, PATCH } from './occlusion.ts';
import { Panel } from './panel.ts';
import { type PixelPicture, pixels } from './pixels.ts';
import type { Palette } from './tokens.ts';

/** More pictures than this side by side say no more. */
const MOST = 64;
/** Drops of the probability smaller than this are not shown as if they mattered. */
const LEAST_DROP = 0.001;

export class InsidePanel extends Panel {
  static override styles = [
    controls,
    css`
      .layers {
        display: grid;
        gap: 20px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 10px;
        margin-bottom: 8px;
      }
      .maps {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(56px, 1fr));
        gap: 8px;
        max-width: 1100px;
      }
      .kernels {
        grid-template-columns: repeat(auto-fill, minmax(34px, 44px));
        margin-bottom: 10px;
      }
      .inputs {
        grid-template-columns: repeat(3, minmax(0, 150px));
        margin-bottom: 8px;
      }
      .ten {
        grid-template-columns: repeat(auto-fill, minmax(80px, 1fr));
      }
      figure {
        min-width: 0;
      }
      figcaption {
        color: var(--z-muted);
        font-size: 0.8em;
        text-align: center;
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--z-line);
        border-radius: 5px;
        background: var(--z-card);
        image-rendering: pixelated;
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
      figcaption {
        margin-top: 3px;
      }
      p.empty {
        color: var(--z-muted);
      }
    `,
  ];

  #unwatch: (() => void) | null = null;
  readonly #seen = new IntersectionObserver((entries) => {
    this.#unwatch?.();
    this.#unwatch = null;
    if (entries.at(-1)?.isIntersecting) this.#unwatch = this.experiment.look.watch(true);
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
    this.#unwatch?.();
    this.#unwatch = null;
  }

  override render() {
    const { t, experiment } = this;
    const { look, digit } = experiment;
    const infos = look.model?.layersInfo ?? [];
    return html`<div class="layers">
      ${digit.image ? this.#input(digit.image) : html`<p class="empty">${t.inside.empty}</p>`}
      ${infos.map((info) =>
        this.#layer(
          info,
          look.activations?.find((a) => a.name === info.name),
        ),
      )}
    </div>`;
  }

  #input(image: Uint8Array) {
    const { t, palette, experiment } = this;
    const { saliency, saliencyOf, occlusion } = experiment.look;
    return html`<section>
      <div class="head">
        <h3>${t.inside.input}</h3>
      </div>
      <div class="maps inputs">
        ${this.#picture({ values: image, width: 28, height: 28, palette }, '28 × 28')}
        ${
          saliency
            ? this.#picture({ values: saliency, width: 28, height: 28, palette }, t.inside.saliency)
            : null
        }
        ${occlusion ? this.#picture(occlusionPicture(occlusion, palette), t.inside.occlusion) : null}
      </div>
      ${
        saliency
          ? html`<p class="muted small">
              ${t.inside.saliency}: ${t.inside.saliencySub(saliencyOf)}
            </p>`
          : null
      }
      ${
        occlusion
          ? html`<p class="muted small">
              ${t.inside.occlusion}:
              ${t.inside.occlusionSub(this.f, PATCH, occlusion.digit, occlusion.whole, occlusion.lowest)}
            </p>`
          : null
      }
    </section>`;
  }

  #layer(info: LayerInfo, activation: LayerActivation | undefined) {
    const { t } = this;
    const [height = 0, width = 0, channels = 0] = info.outputShape;
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
            : html`<div class="maps">
                ${Array.from({ length: Math.min(MOST, channels) }, (_, k) =>
                  this.#picture(
                    {
                      values: activation.values,
                      width,
                      height,
                      stride: channels,
                      offset: k,
                      palette: this.palette,
                    },
                    '',
                    `${info.name} ${k + 1}`,
                  ),
                )}
              </div>`
      }
    </section>`;
  }

  /** Of a kernel over several inputs the mean over them. */
  #kernels(info: LayerInfo) {
    const { weights } = this.experiment.look;
    const region = info.regions.find((r) => r.name === 'kernel');
    if (!weights || !region) return null;
    const [height = 0, width = 0, inputs = 1, filters = 1] = region.shape;
    const mean = new Float32Array(height * width * filters);
    for (let p = 0; p < height * width; p++) {
      for (let c = 0; c < inputs; c++) {
        for (let k = 0; k < filters; k++) {
          const w = weights[region.offset + (p * inputs + c) * filters + k] ?? 0;
          mean[p * filters + k] = (mean[p * filters + k] ?? 0) + w / inputs;
        }
      }
    }
    return html`<p class="muted small">${this.t.inside.kernels}: ${this.t.inside.kernelsSub(this.f, inputs)}</p>
      <div class="maps kernels">
        ${Array.from({ length: Math.min(MOST, filters) }, (_, k) =>
          this.#picture(
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
    const { t, palette } = this;
    return html`<p class="muted small">${t.inside.weights}: ${t.inside.weightsSub}</p>
      <div class="maps ten">
        ${Array.from({ length: Math.min(MOST, units) }, (_, k) =>
          this.#picture(
            {
              values: weights,
              width: 28,
              height: 28,
              stride: units,
              offset: region.offset + k,
              palette,
              mode: 'signed',
            },
            String(k),
          ),
        )}
      </div>`;
  }

  #units(activation: LayerActivation, info: LayerInfo) {
    const count = info.outputShape[0] ?? 0;
    const { values } = activation;
    const label = `${info.name}: ${[...values.subarray(0, 10)].map((v) => this.f.fixed(v, 2)).join(' · ')}`;
    return html`<div class="units">
      ${this.#canvas({ values, width: count, height: 1, palette: this.palette, mode: 'signed' }, label)}
      ${
        count <= 16
          ? html`<div class="numbers" aria-hidden="true">
              ${Array.from({ length: count }, (_, k) => html`<span>${k}</span>`)}
            </div>`
          : null
      }
    </div>`;
  }

  #picture(picture: PixelPicture, caption: string, label = caption) {
    return html`<figure>
      ${this.#canvas(picture, label)}
      ${caption ? html`<figcaption aria-hidden="true">${caption}</figcaption>` : null}
    </figure>`;
  }

  #canvas(picture: PixelPicture, label: string) {
    return html`<canvas role="img" aria-label=${label} ${pixels(picture)}></canvas>`;
  }
}

function occlusionPicture({ drops }: Occlusion, palette: Palette): PixelPicture {
  const max = drops.reduce((most, d) => Math.max(most, Math.abs(d)), LEAST_DROP);
  return { values: drops, width: 28, height: 28, palette, mode: 'signed', max };
}

customElements.define('ziffer-inside', InsidePanel);
