// Explain: any number of the network, taken apart with the digit's own numbers, while it trains too.
import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { sourceOf } from '../../api/explain.ts';
import type { LayerInfo } from '../../api/index.ts';
import { explainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import { shapeText } from '../plan/layer_words.ts';
import './channel_choice.ts';
import './convolution_stage.ts';
import { equation } from './equation.ts';
import { panelStyles } from './panel_styles.ts';
import './pooling_stage.ts';
import {
  carried,
  nearest,
  nextOf,
  onward,
  outputOf,
  type Place,
  type Scene,
  sceneOf,
  strongestPlace,
} from './scene.ts';
import './softmax_stage.ts';
import './step_view.ts';
import { explained } from './styles.ts';
import './sum_stage.ts';
import { Walk } from './walk.ts';

export class ExplainPanel extends Panel<'digit' | 'look' | 'loss' | 'nameOf' | 'nextTestDigit'> {
  static override styles = [controls, explained, panelStyles];

  @state() private index = 0;
  /** Null: where the layer's largest number is, once there are any. */
  @state() private place: Place | null = null;
  @state() private truth: number | null = null;
  #truthOf: Uint8Array | null = null;
  #heard = { at: '', text: '' };
  #unwatch: (() => void) | null = null;
  readonly #seen = new IntersectionObserver((entries) => {
    this.#unwatch?.();
    this.#unwatch = null;
    if (entries.at(-1)?.isIntersecting) this.#unwatch = this.experiment.look.watch();
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

  get #words() {
    return explainWords(this.t.code);
  }

  /** Null while there is nothing to explain. */
  #scene(): Scene | null {
    const { model, weights, activations, image } = this.experiment.look;
    if (!model || !weights || !activations || !image) return null;
    const index = Math.min(this.index, model.layersInfo.length - 1);
    const { outputShape } = model.layersInfo[index]!;
    this.place ??= strongestPlace(outputShape, activations[index]!.values);
    return sceneOf(model, image, { weights, activations }, index, this.place);
  }

  protected override willUpdate(_: PropertyValues): void {
    const { image } = this.experiment.digit;
    // A label belongs to its digit.
    if (image !== this.#truthOf) this.truth = null;
    this.#truthOf = image;
  }

  override render() {
    const words = this.#words;
    if (!this.experiment.digit.image) {
      return html`<div class="stage">
        <p class="muted">${words.empty}</p>
        <div>${this.#nextDigit()}</div>
      </div>`;
    }
    const scene = this.#scene();
    if (!scene) return html`<p class="muted">${words.nothing}</p>`;
    return html`<div class="stage">
      ${this.#layers(scene.model.layersInfo, scene.index)}
      <p class="words">${this.#about(scene)}</p>
      <ziffer-channel-choice
        .experiment=${this.experiment}
        .locale=${this.locale}
        .palette=${this.palette}
        .words=${words}
        .scene=${scene}
        .go=${this.#go}
      ></ziffer-channel-choice>
      ${this.#stage(scene)} ${this.#onward(scene)} ${this.#step(scene)}
      <p class="hush" aria-live="polite">${this.#said(scene)}</p>
    </div>`;
  }

  #nextDigit() {
    return html`<button type="button" @click=${() => this.experiment.nextTestDigit()}>${this.#words.takeTest}</button>`;
  }

  #layers(infos: readonly LayerInfo[], index: number) {
    return html`<div class="layers" role="group" aria-label=${this.#words.layers}>
      ${infos.map(
        (info, i) => html`<button
          type="button"
          aria-pressed=${i === index}
          @click=${() => this.#choose(i, this.#carriedTo(info))}
        >
          <strong>${info.className}</strong>
          <span class="small">${shapeText(info.outputShape)}</span>
        </button>`,
      )}
    </div>`;
  }

  #carriedTo(to: LayerInfo): Place | null {
    const from = this.experiment.look.model?.layersInfo[this.index];
    return from && this.place ? carried(this.place, from, to) : null;
  }

  #choose(index: number, place: Place | null): void {
    this.index = index;
    this.place = place;
    this.#walk.halt();
  }

  readonly #go = (place: Place): void => {
    const info = this.experiment.look.model?.layersInfo[this.index];
    this.place = info ? nearest(info.outputShape, place) : place;
  };

  #about({ info, told }: Scene): string {
    const words = this.#words;
    const own = words.about[info.className];
    if (own) return own;
    if (told.rule === 'same') return words.aboutNoise;
    return told.rule === 'moved' ? words.aboutMoved : words.aboutEach;
  }

  /** Heard where the arrow keys move the place, and not again at each step of a training. */
  #said({ place, told, info, index }: Scene): string {
    if (this.#walk.running || info.outputShape.length !== 3) return '';
    const at = [index, place.row, place.column, place.channel].join();
    if (at !== this.#heard.at) {
      const value = this.f.fixed(told.activation, 3);
      this.#heard = { at, text: this.#words.said(place.row, place.column, value) };
    }
    return this.#heard.text;
  }

  #stage(scene: Scene) {
    const { told, info } = scene;
    const { locale, palette, f } = this;
    const words = this.#words;
    if (/^(Max|Average)Pooling2D$/.test(info.className)) {
      return html`<ziffer-pooling-stage .locale=${locale} .palette=${palette} .words=${words} .scene=${scene} .go=${this.#go}></ziffer-pooling-stage>`;
    }
    if (/^(Depthwise)?Conv2D$/.test(info.className)) {
      return html`<ziffer-convolution-stage .locale=${locale} .palette=${palette} .words=${words} .scene=${scene} .go=${this.#go}></ziffer-convolution-stage>
        ${this.#softmax(scene)}`;
    }
    const sums = told.rule === 'sum';
    const drawn = info.outputShape.length === 3 && info.outputShape[0]! > 1;
    return html`<div class=${sums || told.logits ? 'halves' : 'stage'}>
      <div class="stage">
        ${
          sums
            ? html`<ziffer-sum-stage .locale=${locale} .palette=${palette} .words=${words} .scene=${scene}></ziffer-sum-stage>`
            : nothing
        }
        <div class="result">${equation(scene, told, words, f)}</div>
        ${drawn ? this.#map(scene) : nothing}
      </div>
      ${this.#softmax(scene)}
    </div>`;
  }

  /** As the person says, the test set, or the network itself. */
  get #truth(): number {
    const { test, prediction } = this.experiment.digit;
    return this.truth ?? test?.label ?? prediction?.digit ?? 0;
  }

  #step(scene: Scene) {
    const { info, model } = scene;
    const weighs = info.className === 'Conv2D' || info.className === 'Dense';
    if (!weighs || model.inputShape.join() !== '28,28,1') return nothing;
    return html`<ziffer-step-view
      .experiment=${this.experiment}
      .locale=${this.locale}
      .palette=${this.palette}
      .words=${this.#words}
      .scene=${scene}
      .truth=${this.#truth}
    ></ziffer-step-view>`;
  }

  #softmax(scene: Scene) {
    const { experiment } = this;
    if (scene.told.activationName !== 'softmax') return nothing;
    return html`<ziffer-softmax-stage
      .experiment=${experiment}
      .locale=${this.locale}
      .words=${this.#words}
      .scene=${scene}
      .truth=${this.#truth}
      .setTruth=${(truth: number) => {
        this.truth = truth;
      }}
    ></ziffer-softmax-stage>`;
  }

  /** What goes out of a layer without a window of its own. */
  #map(scene: Scene) {
    const { place, info } = scene;
    const [height = 1, width = 1, stride = 1] = info.outputShape;
    const { palette } = this;
    const values = outputOf(scene);
    const picture = {
      values,
      width,
      height,
      stride,
      offset: place.channel,
      palette,
      mode: 'signed',
    };
    return html`<ziffer-place-map
      class="single"
      .locale=${this.locale}
      .palette=${palette}
      .picture=${picture}
      .frame=${{ row: place.row, column: place.column, height: 1, width: 1 }}
      .label=${this.#words.outputLabel(place.row, place.column)}
      .point=${(row: number, column: number) => this.#go({ ...place, row, column })}
      .step=${(rows: number, columns: number) =>
        this.#go({ ...place, row: place.row + rows, column: place.column + columns })}
    ></ziffer-place-map>`;
  }

  #onward(scene: Scene) {
    const words = this.#words;
    const { index, model, info } = scene;
    const [source, next] = [sourceOf(model, index), nextOf(model, index)];
    const [before, behind] = [model.layersInfo[source], model.layersInfo[next]];
    return html`<div class="go">
      ${
        behind
          ? html`<button type="button" class="primary" @click=${() => this.#choose(next, onward(scene))}>
              ${words.next(behind.className)}
            </button>`
          : nothing
      }
      ${
        info.outputShape.length === 3
          ? html`<button type="button" aria-pressed=${this.#walk.running} @click=${() => this.#walk.toggle()}>
              ${this.#walk.running ? words.halt : words.walk}
            </button>`
          : nothing
      }
      ${
        before
          ? html`<button type="button" @click=${() => this.#choose(source, carried(scene.place, info, before))}>
              ${words.back(before.className)}
            </button>`
          : nothing
      }
      ${this.#nextDigit()}
    </div>`;
  }

  readonly #onePlace = (): void => {
    const { place } = this;
    const shape = this.experiment.look.model?.layersInfo[this.index]?.outputShape ?? [1, 1, 1];
    const [rows = 1, columns = 1] = shape;
    if (!place) return;
    const on = place.row * columns + place.column + 1;
    this.#go({ ...place, row: Math.floor(on / columns) % rows, column: on % columns });
  };
  readonly #walk = new Walk(this, this.#onePlace);
}

define('ziffer-explain', ExplainPanel);
