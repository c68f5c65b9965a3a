// A convolution: its window over the input, with the network's own kernel or another one in its place.
import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LayerSpec } from '../../api/index.ts';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { equation } from './equation.ts';
import './kernel_choice.ts';
import type { Kernel } from './kernel_choice.ts';
import { inputOf, outputOf, type Place, type Scene } from './scene.ts';
import { explained } from './styles.ts';
import { Trial } from './trial.ts';
import './window_stage.ts';

export class ConvolutionStage extends Panel {
  static override styles = [
    controls,
    explained,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) go!: (place: Place) => void;
  @state() private kernel: Kernel | null = null;
  readonly #trial = new Trial(() => this.requestUpdate());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#trial.end();
  }

  override render() {
    const { words, scene, locale } = this;
    const { told, map } = this.#other() ?? this.#learned();
    return html`${
      this.#offers
        ? html`<ziffer-kernel-choice
            .locale=${locale}
            .words=${words}
            .kernel=${this.kernel}
            .learned=${scene.told.kernel}
            .choose=${(kernel: Kernel | null) => {
              this.kernel = kernel;
            }}
          ></ziffer-kernel-choice>`
        : nothing
    }<ziffer-window-stage
        .locale=${locale}
        .palette=${this.palette}
        .words=${words}
        .scene=${scene}
        .told=${told}
        .map=${map}
        .go=${this.go}
      >
        <div class="result">${equation(scene, told, words, this.f)}</div>
      </ziffer-window-stage>`;
  }

  /** A kernel over one channel is one that people can write. */
  get #offers(): boolean {
    const { info, told } = this.scene;
    return info.className === 'Conv2D' && info.inputShape[2] === 1 && told.shape.join() === '3,3,1';
  }

  #learned() {
    const { scene } = this;
    const channels = scene.info.outputShape[2]!;
    const map = { values: outputOf(scene), channels, channel: scene.place.channel };
    return { told: scene.told, map };
  }

  /** Computed by the core, as a layer of its own. */
  #other() {
    const { kernel, scene } = this;
    if (!kernel || !this.#offers) return null;
    const { config } = scene.model.specs[scene.index]!;
    const one = { filters: 1, groups: 1, useBias: false, name: 'another' };
    const layer = { className: 'Conv2D', config: { ...config, ...one } } as LayerSpec;
    const seen = this.#trial.of(layer, scene.info.inputShape, inputOf(scene), kernel.weights);
    const told = this.#trial.explain({ ...scene.place, channel: 0 });
    if (!seen || !told) return null;
    return { told, map: { values: seen.activations[0]!.values, channels: 1, channel: 0 } };
  }
}

define('ziffer-convolution-stage', ConvolutionStage);
