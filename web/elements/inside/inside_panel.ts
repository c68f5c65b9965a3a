// Inside: the current digit on its way through the network, layer by layer, and which pixels matter.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import './inside_layer.ts';
import { type Occlusion, PATCH } from '../experiment/occlusion.ts';
import { captioned, maps } from '../kit/maps.ts';
import type { Palette } from '../kit/palette.ts';
import { Panel } from '../kit/panel.ts';
import type { PixelPicture } from '../kit/pixels.ts';
import { Observe } from '../observable/observe.ts';

/** Drops of the probability smaller than this are not shown as if they mattered. */
const LEAST_DROP = 0.001;

export class InsidePanel extends Panel<'digit' | 'look' | 'nameOf'> {
  static override styles = [
    controls,
    maps,
    css`
      .layers {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 20px;
      }
      .inputs {
        grid-template-columns: repeat(3, minmax(0, 150px));
        margin-bottom: 8px;
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
      ${infos.map(
        (info) => html`<ziffer-inside-layer
          .experiment=${experiment}
          .locale=${this.locale}
          .palette=${this.palette}
          .info=${info}
        ></ziffer-inside-layer>`,
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
        ${captioned({ values: image, width: 28, height: 28, palette }, '28 × 28')}
        ${
          saliency
            ? captioned({ values: saliency, width: 28, height: 28, palette }, t.inside.saliency)
            : null
        }
        ${occlusion ? captioned(occlusionPicture(occlusion, palette), t.inside.occlusion) : null}
      </div>
      ${
        saliency
          ? html`<p class="muted small">
              ${t.inside.saliency}: ${t.inside.saliencySub(experiment.nameOf(saliencyOf))}
            </p>`
          : null
      }
      ${
        occlusion
          ? html`<p class="muted small">
              ${t.inside.occlusion}:
              ${t.inside.occlusionSub(this.f, PATCH, experiment.nameOf(occlusion.digit), occlusion.whole, occlusion.lowest)}
            </p>`
          : null
      }
    </section>`;
  }
}

function occlusionPicture({ drops }: Occlusion, palette: Palette): PixelPicture {
  const max = drops.reduce((most, d) => Math.max(most, Math.abs(d)), LEAST_DROP);
  return { values: drops, width: 28, height: 28, palette, mode: 'signed', max };
}

define('ziffer-inside', InsidePanel);
