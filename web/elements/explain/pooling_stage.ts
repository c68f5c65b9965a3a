// Pooling: the numbers under its window, and what the largest and the mean of them make of the same map.
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { Explanation, Inspection, LayerSpec } from '../../api/index.ts';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { shownNumber } from './formula.ts';
import { inputOf, outputOf, type Place, type Scene } from './scene.ts';
import { explained } from './styles.ts';
import { Trial } from './trial.ts';
import './window_stage.ts';

type PoolSpec = Extract<LayerSpec, { className: 'MaxPooling2D' }>;

const KINDS = ['MaxPooling2D', 'AveragePooling2D'] as const;

export class PoolingStage extends Panel {
  static override styles = [
    controls,
    maps,
    explained,
    css`
      .both {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) go!: (place: Place) => void;
  readonly #trials = KINDS.map(() => new Trial(() => this.requestUpdate()));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const trial of this.#trials) trial.end();
  }

  override render() {
    const { scene, words } = this;
    const { info, place, told } = scene;
    const channels = info.outputShape[2]!;
    const made = KINDS.map((kind, i) => this.#made(kind, this.#trials[i]!));
    const value = (i: number) => {
      const told = made[i]?.told;
      return told ? shownNumber(this.f, told.activation) : '…';
    };
    const count = [...told.places].filter((p) => p >= 0).length;
    return html`<ziffer-window-stage
      .locale=${this.locale}
      .palette=${this.palette}
      .words=${words}
      .scene=${scene}
      .told=${told}
      .map=${{ values: outputOf(scene), channels, channel: place.channel }}
      .go=${this.go}
    >
      <div class="result">
        <p>${words.keeps(value(0))}</p>
        <p>${words.averages(this.f, count, value(1))}</p>
      </div>
      <p class="caption">${words.both} ${info.className}.</p>
      <div class="maps both">
        ${made.map(({ seen }, i) => this.#picture(seen, i === 0 ? words.max : words.average))}
      </div>
    </ziffer-window-stage>`;
  }

  #picture(seen: Inspection | null, caption: string) {
    const { scene, palette } = this;
    const [height = 1, width = 1, stride = 1] = scene.info.outputShape;
    const values = seen?.activations[0]?.values ?? new Float32Array(height * width * stride);
    const offset = scene.place.channel;
    return captioned({ values, width, height, stride, offset, palette, mode: 'signed' }, caption);
  }

  /** Computed by the core, as a layer of its own. */
  #made(kind: string, trial: Trial): { seen: Inspection | null; told: Explanation | null } {
    const { scene } = this;
    const { poolSize, strides, padding } = (scene.model.specs[scene.index] as PoolSpec).config;
    const layer = { className: kind, config: { poolSize, strides, padding, name: 'another' } };
    const seen = trial.of(layer as LayerSpec, scene.info.inputShape, inputOf(scene), null);
    return { seen, told: trial.explain(scene.place) };
  }
}

define('ziffer-pooling-stage', PoolingStage);
