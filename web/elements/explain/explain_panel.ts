// Explain: any number of the network, taken apart with the digit's own numbers, while it trains too.
import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { Explanation, LayerInfo, LayerSpec } from '../../api/index.ts';
import { explainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import { shapeText } from '../plan/layer_words.ts';
import './kernel_choice.ts';
import { equation } from './equation.ts';
import type { Kernel } from './kernel_choice.ts';
import { panelStyles } from './panel_styles.ts';
import { inputOf, nearest, onward, outputOf, type Place, type Scene, sceneOf } from './scene.ts';
import './softmax_stage.ts';
import { explained } from './styles.ts';
import './sum_stage.ts';
import { Trial } from './trial.ts';
import './window_stage.ts';

/** Milliseconds at each place of a walk. */
const PACE = 250;

export class ExplainPanel extends Panel<'digit' | 'look' | 'nameOf' | 'nextTestDigit'> {
  static override styles = [controls, maps, explained, panelStyles];

  @state() private index = 0;
  @state() private place: Place = { row: 9, column: 12, channel: 0 };
  @state() private kernel: Kernel | null = null;
  @state() private truth: number | null = null;
  @state() private walking = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #truthOf: Uint8Array | null = null;
  readonly #trials = { max: this.#trial(), mean: this.#trial(), kernel: this.#trial() };
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
    this.#halt();
    for (const trial of Object.values(this.#trials)) trial.end();
  }

  #trial(): Trial {
    return new Trial(() => this.requestUpdate());
  }

  get #words() {
    return explainWords(this.t.code);
  }

  protected override willUpdate(_: PropertyValues): void {
    const { image } = this.experiment.digit;
    // A label belongs to its digit.
    if (image !== this.#truthOf) this.truth = null;
    this.#truthOf = image;
  }

  override render() {
    const words = this.#words;
    const { look, digit } = this.experiment;
    const { model, weights, activations, image } = look;
    if (!digit.image) return this.#empty();
    if (!model || !weights || !activations || !image)
      return html`<p class="muted">${words.nothing}</p>`;
    const index = Math.min(this.index, model.layersInfo.length - 1);
    const scene = sceneOf(model, image, { weights, activations }, index, this.place);
    return html`<div class="stage">
      ${this.#layers(model.layersInfo, index)}
      <p class="words">${this.#about(scene)}</p>
      ${this.#channels(scene)} ${this.#stage(scene)} ${this.#onward(scene)}
    </div>`;
  }

  #empty() {
    const words = this.#words;
    return html`<div class="stage">
      <p class="muted">${words.empty}</p>
      <div>${this.#nextDigit()}</div>
    </div>`;
  }

  #nextDigit() {
    return html`<button type="button" @click=${() => this.experiment.nextTestDigit()}>${this.#words.takeTest}</button>`;
  }

  #layers(infos: readonly LayerInfo[], index: number) {
    return html`<div class="layers" role="group" aria-label=${this.#words.layers}>
      ${infos.map(
        (
          info,
          i,
        ) => html`<button type="button" aria-pressed=${i === index} @click=${() => this.#choose(i)}>
          <strong>${info.className}</strong>
          <span class="small">${shapeText(info.outputShape)}</span>
        </button>`,
      )}
    </div>`;
  }

  #choose(index: number, place: Place | null = null): void {
    this.index = index;
    if (place) this.place = place;
    this.kernel = null;
    this.#halt();
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

  /** Which filter, channel or unit: as pictures where they are maps. */
  #channels(scene: Scene) {
    const words = this.#words;
    const { info, place } = scene;
    const count = info.outputShape.at(-1)!;
    if (count === 1) return nothing;
    const [height = 1, width = 1] = info.outputShape;
    const drawn = info.outputShape.length === 3 && height * width > 1;
    const label = info.className === 'Dense' ? words.unit : drawn ? words.filter : words.channel;
    if (!drawn || count > 64) return this.#numbered(scene, label, count);
    return html`<div class="filters" role="group" aria-label=${label}>
      ${Array.from(
        { length: count },
        (_, k) => html`<button
          type="button"
          aria-pressed=${k === place.channel}
          aria-label="${label} ${k + 1}"
          @click=${() => this.#go({ ...place, channel: k })}
        >
          ${captioned(
            {
              values: outputOf(scene),
              width,
              height,
              stride: count,
              offset: k,
              palette: this.palette,
              mode: 'signed',
            },
            `${k + 1}`,
            '',
          )}
        </button>`,
      )}
    </div>`;
  }

  #numbered(scene: Scene, label: string, count: number) {
    const last = scene.index === scene.model.layersInfo.length - 1 && count === 10;
    if (count > 16 && !last) {
      return html`<label class="pick">
        <span>${label}</span>
        <input
          type="number"
          min="1"
          max=${count}
          .value=${`${scene.place.channel + 1}`}
          @change=${(e: Event) => this.#go({ ...scene.place, channel: (e.target as HTMLInputElement).valueAsNumber - 1 || 0 })}
        />
        <span class="muted small">1 – ${this.f.int(count)}</span>
      </label>`;
    }
    return html`<div class="chips" role="group" aria-label=${label}>
      ${Array.from(
        { length: count },
        (_, k) => html`<button
          type="button"
          aria-pressed=${k === scene.place.channel}
          aria-label=${last ? this.experiment.nameOf(k) : `${label} ${k + 1}`}
          @click=${() => this.#go({ ...scene.place, channel: k })}
        >
          ${last ? this.experiment.nameOf(k) : k + 1}
        </button>`,
      )}
    </div>`;
  }

  #stage(scene: Scene) {
    const { told, info } = scene;
    const slides = info.outputShape.length === 3 && told.shape[0] * told.shape[1] > 0;
    if (info.className === 'Dense') return this.#dense(scene);
    if (told.rule === 'sum' && info.className !== 'SeparableConv2D')
      return this.#convolution(scene);
    if (/^(Max|Average)Pooling2D$/.test(info.className)) return this.#pooling(scene);
    return html`${slides ? this.#output(scene) : nothing}
      <div class="result" aria-live="polite">${equation(scene, told, this.#words, this.f)}</div>
      ${told.logits ? this.#softmax(scene) : nothing}`;
  }

  #convolution(scene: Scene) {
    const words = this.#words;
    const { info } = scene;
    const learned = {
      told: scene.told,
      map: {
        values: outputOf(scene),
        channels: info.outputShape[2]!,
        channel: scene.place.channel,
      },
    };
    const { told, map } = this.#otherKernel(scene) ?? learned;
    const offers = info.inputShape[2] === 1 && scene.told.shape.join() === '3,3,1';
    return html`${
      offers
        ? html`<ziffer-kernel-choice
            .locale=${this.locale}
            .words=${words}
            .kernel=${this.kernel}
            .learned=${scene.told.kernel}
            .choose=${(kernel: Kernel | null) => {
              this.kernel = kernel;
            }}
          ></ziffer-kernel-choice>`
        : nothing
    }
      ${this.#window(scene, told, map)}
      <div class="result" aria-live="polite">${equation(scene, told, words, this.f)}</div>
      ${told.logits ? this.#softmax(scene) : nothing}`;
  }

  #window(
    scene: Scene,
    told: Explanation,
    map: { values: Float32Array; channels: number; channel: number },
  ) {
    return html`<ziffer-window-stage
      .locale=${this.locale}
      .palette=${this.palette}
      .words=${this.#words}
      .scene=${scene}
      .told=${told}
      .map=${map}
      .go=${this.#go}
    ></ziffer-window-stage>`;
  }

  /** Computed by the core as a layer of its own. */
  #otherKernel(scene: Scene) {
    const { kernel } = this;
    const trial = this.#trials.kernel;
    if (!kernel) return null;
    const spec = scene.model.specs[scene.index]!;
    const layer = {
      ...spec,
      config: { ...spec.config, filters: 1, groups: 1, useBias: false, name: 'another' },
    } as LayerSpec;
    const seen = trial.of(layer, scene.info.inputShape, inputOf(scene), kernel.weights);
    const told = trial.explain({ ...scene.place, channel: 0 });
    if (!seen || !told) return null;
    return { told, map: { values: seen.activations[0]!.values, channels: 1, channel: 0 } };
  }

  /** Both kinds on the same map. */
  #pooling(scene: Scene) {
    const words = this.#words;
    const { info, place } = scene;
    const own = { values: outputOf(scene), channels: info.outputShape[2]!, channel: place.channel };
    const kinds = (['max', 'mean'] as const).map((kind) => this.#pooled(scene, kind));
    const text = (told: Explanation | null) => (told ? this.f.fixed(told.activation, 3) : '…');
    const count = [...scene.told.places].filter((p) => p >= 0).length;
    const [height = 1, width = 1, stride = 1] = info.outputShape;
    return html`${this.#window(scene, scene.told, own)}
      <div class="result">
        <p>${words.keeps(text(kinds[0]!.told))}</p>
        <p>${words.averages(this.f, count, text(kinds[1]!.told))}</p>
      </div>
      <div>
        <p class="caption">${words.both} ${info.className}.</p>
        <div class="maps both">
          ${kinds.map(({ seen }, i) =>
            seen
              ? captioned(
                  {
                    values: seen.activations[0]!.values,
                    width,
                    height,
                    stride,
                    offset: place.channel,
                    palette: this.palette,
                    mode: 'signed',
                  },
                  i === 0 ? words.max : words.average,
                )
              : nothing,
          )}
        </div>
      </div>`;
  }

  #pooled(scene: Scene, kind: 'max' | 'mean') {
    const trial = this.#trials[kind];
    const { poolSize, strides, padding } = (scene.model.specs[scene.index] as PoolSpec).config;
    const config = { poolSize, strides, padding, name: 'another' };
    const layer = { className: kind === 'max' ? 'MaxPooling2D' : 'AveragePooling2D', config };
    const seen = trial.of(layer as LayerSpec, scene.info.inputShape, inputOf(scene), null);
    return { seen, told: trial.explain(scene.place) };
  }

  #dense(scene: Scene) {
    const words = this.#words;
    return html`<ziffer-sum-stage
        .locale=${this.locale}
        .palette=${this.palette}
        .words=${words}
        .scene=${scene}
      ></ziffer-sum-stage>
      <div class="result" aria-live="polite">${equation(scene, scene.told, words, this.f)}</div>
      ${scene.told.logits ? this.#softmax(scene) : nothing}`;
  }

  #softmax(scene: Scene) {
    const { experiment } = this;
    if (scene.told.activationName !== 'softmax') return nothing;
    const read = experiment.digit.prediction?.digit ?? 0;
    return html`<ziffer-softmax-stage
      .experiment=${experiment}
      .locale=${this.locale}
      .words=${this.#words}
      .scene=${scene}
      .truth=${this.truth ?? experiment.digit.test?.label ?? read}
      .setTruth=${(truth: number) => {
        this.truth = truth;
      }}
    ></ziffer-softmax-stage>`;
  }

  /** What comes in and what goes out, of a layer without a window. */
  #output(scene: Scene) {
    const { info, place } = scene;
    const [height = 1, width = 1, stride = 1] = info.outputShape;
    return html`<div class="single">
      <ziffer-place-map
        .locale=${this.locale}
        .palette=${this.palette}
        .picture=${{ values: outputOf(scene), width, height, stride, offset: place.channel, palette: this.palette, mode: 'signed' }}
        .frame=${{ row: place.row, column: place.column, height: 1, width: 1 }}
        .label=${this.#words.outputLabel(place.row, place.column)}
        .point=${(row: number, column: number) => this.#go({ ...place, row, column })}
        .step=${(rows: number, columns: number) =>
          this.#go({ ...place, row: place.row + rows, column: place.column + columns })}
      ></ziffer-place-map>
    </div>`;
  }

  #onward(scene: Scene) {
    const words = this.#words;
    const { index, model, info } = scene;
    const next = onward(scene);
    const moves = info.outputShape.length === 3;
    const previous = model.layersInfo[index - 1];
    return html`<div class="go">
      ${
        moves
          ? html`<button type="button" aria-pressed=${this.walking} @click=${() => (this.walking ? this.#halt() : this.#walk())}>
              ${this.walking ? words.halt : words.walk}
            </button>`
          : nothing
      }
      ${
        next
          ? html`<button type="button" class="primary" @click=${() => this.#choose(index + 1, next)}>
              ${words.next(model.layersInfo[index + 1]!.className)}
            </button>`
          : nothing
      }
      ${
        previous
          ? html`<button type="button" @click=${() => this.#choose(index - 1)}>${words.back(previous.className)}</button>`
          : nothing
      }
      ${this.#nextDigit()}
    </div>`;
  }

  #walk(): void {
    this.walking = true;
    this.#timer = setInterval(() => {
      const shape = this.experiment.look.model?.layersInfo[this.index]?.outputShape ?? [1, 1, 1];
      const [rows = 1, columns = 1] = shape;
      const { row, column } = this.place;
      const on = row * columns + column + 1;
      this.#go({ ...this.place, row: Math.floor(on / columns) % rows, column: on % columns });
    }, PACE);
  }

  #halt(): void {
    this.walking = false;
    clearInterval(this.#timer);
  }
}

type PoolSpec = Extract<LayerSpec, { className: 'MaxPooling2D' }>;

define('ziffer-explain', ExplainPanel);
