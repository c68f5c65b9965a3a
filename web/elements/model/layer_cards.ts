// The layers of the model as cards: what each is, its output shape, its parameters, and the error of the one that does not
// fit. A card opens to be edited; its grip moves it, with mouse, finger or arrow keys.

import { css, html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { LayerSpec } from '../../api/index.ts';
import { controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { inputOf, moved, NEW_LAYERS, placeFor, withField, without } from '../plan/layer_list.ts';
import { layerCardStyles } from './layer_card_styles.ts';
import './layer_fields.ts';
import { leftToPage } from '../kit/keys.ts';
import { Panel } from '../kit/panel.ts';
import { layerDetail, shapeText } from '../plan/layer_words.ts';

export class LayerCards extends Panel<
  | 'blueprint'
  | 'build'
  | 'canUndo'
  | 'controls'
  | 'layerInfos'
  | 'layers'
  | 'layersError'
  | 'layersErrorAt'
  | 'undo'
> {
  static override styles = [
    controlStyles,
    layerCardStyles,
    css`
      .foot {
        display: flex;
        gap: 8px;
        margin-top: 6px;
      }
      .add {
        flex: 1;
        border-style: dashed;
        color: var(--z-muted);
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(9em, 100%), 1fr));
        gap: 6px;
        margin-top: 6px;
      }
    `,
  ];

  @state() private open = -1;
  @state() private adding = false;
  @state() private dragged = -1;
  /** Where the dragged card would go. */
  @state() private target = -1;
  @state() private said = '';
  #focusGrip = -1;

  override render() {
    const { t, experiment } = this;
    const { layers } = experiment;
    const locked = experiment.controls.locks('layers');
    return html`<ol aria-label=${t.model.layerList} part="layers">
        <li class="input">
          <span class="name">${t.model.input}</span>
          <span class="shape">${shapeText(experiment.blueprint?.inputShape ?? inputOf(experiment.layers))}</span>
        </li>
        ${layers.map((spec, i) => this.#card(spec, i))}
      </ol>
      ${locked ? nothing : this.#foot()}
      <p class="hush" aria-live="polite">${this.said}</p>`;
  }

  #foot() {
    const { t, experiment } = this;
    return html`<div class="foot">
        <button
          type="button"
          class="add"
          aria-expanded=${this.adding}
          @click=${() => {
            this.adding = !this.adding;
          }}
        >
          + ${t.model.addLayer}
        </button>
        ${
          experiment.canUndo
            ? html`<button type="button" @click=${() => experiment.undo()}>${t.model.undo}</button>`
            : nothing
        }
      </div>
      ${this.adding ? this.#choices() : nothing}`;
  }

  #card(spec: LayerSpec, i: number) {
    const { t, f, experiment, locale } = this;
    const info = experiment.layerInfos[i];
    const wrong = experiment.layersErrorAt === i ? experiment.layersError : null;
    const open = this.open === i;
    const marks = [
      wrong ? 'wrong' : '',
      this.dragged === i ? 'dragged' : '',
      this.target === i && this.dragged > i ? 'before' : '',
      this.target === i && this.dragged < i && this.dragged >= 0 ? 'after' : '',
    ];
    const locked = experiment.controls.locks('layers');
    return html`<li class="layer ${marks.join(' ')}" part="layer">
      ${locked ? nothing : this.#grip(spec, i)}
      <button
        type="button"
        class="face"
        aria-expanded=${locked ? nothing : open}
        title=${locked ? nothing : t.model.edit(spec.className)}
        ?disabled=${locked}
        @click=${() => {
          this.open = open ? -1 : i;
        }}
      >
        <span class="name">${breakable(spec.className)}</span>
        <span class="shape">${info ? shapeText(info.outputShape) : '–'}</span>
        <span class="detail">${layerDetail(spec, locale)}</span>
        <span class="params">${info ? t.model.params(f, info.parameters) : ''}</span>
      </button>
      ${wrong ? html`<p class="error" role="alert">${wrong.message}</p>` : nothing}
      ${
        open
          ? html`<ziffer-layer-fields
              .experiment=${experiment}
              .locale=${locale}
              .spec=${spec}
              .change=${(name: string, value: string | number) =>
                this.#replace(i, withField(spec, name, value), `${i} ${name}`)}
              .discard=${() => this.#remove(i)}
            ></ziffer-layer-fields>`
          : nothing
      }
    </li>`;
  }

  #grip(spec: LayerSpec, i: number) {
    return html`<button
        type="button"
        class="grip"
        aria-label=${this.t.model.grip(spec.className, i + 1, this.experiment.layers.length)}
        @keydown=${(e: KeyboardEvent) => this.#gripKey(e, i)}
        @pointerdown=${(e: PointerEvent) => this.#grab(e, i)}
        @pointermove=${this.#drag}
        @pointerup=${this.#drop}
        @pointercancel=${this.#letGo}
      >
        <svg viewBox="0 0 8 14" aria-hidden="true">
          <path d="M2 2h.01M6 2h.01M2 7h.01M6 7h.01M2 12h.01M6 12h.01" />
        </svg>
      </button>`;
  }

  #choices() {
    return html`<div class="choices" role="group" aria-label=${this.t.model.addTitle}>
      ${NEW_LAYERS.map(
        (spec) =>
          html`<button type="button" @click=${() => this.#add(spec)}>${spec.className}</button>`,
      )}
    </div>`;
  }

  #add(spec: LayerSpec): void {
    const { layers } = this.experiment;
    const at = placeFor(spec, layers);
    this.experiment.build([...layers.slice(0, at), spec, ...layers.slice(at)]);
    this.adding = false;
    this.open = at;
  }

  #replace(i: number, spec: LayerSpec, change: string): void {
    const layers = this.experiment.layers.map((old, k) => (k === i ? spec : old));
    this.experiment.build(layers, change);
  }

  #remove(i: number): void {
    this.open = -1;
    this.experiment.build(without(this.experiment.layers, i));
    this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }

  #move(from: number, to: number): void {
    const { layers } = this.experiment;
    if (to < 0 || to >= layers.length || to === from) return;
    this.open = -1;
    this.said = this.t.model.moved(layers[from]?.className ?? '', to + 1, layers.length);
    this.experiment.build(moved(layers, from, to));
    this.#focusGrip = to;
  }

  protected override updated(_: PropertyValues): void {
    if (this.#focusGrip < 0) return;
    this.renderRoot.querySelectorAll<HTMLElement>('.grip')[this.#focusGrip]?.focus();
    this.#focusGrip = -1;
  }

  #gripKey(e: KeyboardEvent, i: number): void {
    if (leftToPage()) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (step) this.#move(i, i + step);
    else if (e.key === 'Delete') this.#remove(i);
    else return;
    e.preventDefault();
  }

  #grab(e: PointerEvent, i: number): void {
    if (e.button !== 0) return;
    (e.currentTarget as HTMLElement).setPointerCapture(e.pointerId);
    this.dragged = i;
    this.target = i;
  }

  readonly #drag = (e: PointerEvent): void => {
    if (this.dragged < 0) return;
    const cards = [...this.renderRoot.querySelectorAll('.layer')];
    const below = cards.findIndex((card) => {
      const { top, height } = card.getBoundingClientRect();
      return e.clientY < top + height;
    });
    this.target = below < 0 ? cards.length - 1 : below;
  };

  readonly #drop = (): void => {
    const { dragged, target } = this;
    this.#letGo();
    if (dragged >= 0) this.#move(dragged, target);
  };

  readonly #letGo = (): void => {
    this.dragged = -1;
    this.target = -1;
  };
}

/** May break between its words where the card is narrow. */
function breakable(className: string) {
  return className.split(/(?=[A-Z][a-z])/).map((part) => html`<wbr />${part}`);
}

define('ziffer-layer-cards', LayerCards);
