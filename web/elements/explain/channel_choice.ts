// Which filter, channel or unit is explained: as pictures where they make maps, else by their numbers.
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { outputOf, type Place, type Scene } from './scene.ts';
import { explained } from './styles.ts';

/** More buttons than this are no choice any more, but a number to type. */
const MOST_PICTURES = 64;
const MOST_BUTTONS = 16;

export class ChannelChoice extends Panel<'nameOf'> {
  static override styles = [
    controls,
    maps,
    explained,
    css`
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(64px, 84px));
        gap: 8px;
      }
      .filters button {
        display: block;
        padding: 4px;
      }
      .filters button[aria-pressed='true'] {
        border-color: var(--z-training);
        box-shadow: inset 0 0 0 1px var(--z-training);
      }
      figcaption {
        margin-top: 1px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      input {
        width: 6em;
      }
      @media (forced-colors: active) {
        button[aria-pressed='true'] figcaption {
          color: HighlightText;
        }
      }
      @container (max-width: 420px) {
        .filters {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) go!: (place: Place) => void;

  override render() {
    const { words, scene } = this;
    const { outputShape, className } = scene.info;
    const count = outputShape.at(-1)!;
    if (count === 1) return nothing;
    const drawn = outputShape.length === 3 && outputShape[0]! * outputShape[1]! > 1;
    const label = /Conv2D/.test(className)
      ? words.filter
      : className === 'Dense'
        ? words.unit
        : words.channel;
    if (drawn && count <= MOST_PICTURES) return this.#pictures(label, count);
    const classes = scene.index === scene.model.layersInfo.length - 1 && count === 10;
    return count > MOST_BUTTONS ? this.#field(label, count) : this.#buttons(label, count, classes);
  }

  #pictures(label: string, count: number) {
    const { scene, palette } = this;
    const [height = 1, width = 1] = scene.info.outputShape;
    const all = { values: outputOf(scene), width, height, stride: count, palette };
    return html`<div class="filters" role="group" aria-label=${label}>
      ${Array.from({ length: count }, (_, k) =>
        this.#button(
          k,
          `${label} ${k + 1}`,
          captioned({ ...all, offset: k, mode: 'signed' }, `${k + 1}`, `${k + 1}`),
        ),
      )}
    </div>`;
  }

  #buttons(label: string, count: number, classes: boolean) {
    const name = (k: number) => (classes ? this.experiment.nameOf(k) : `${k + 1}`);
    return html`<div class="chips" role="group" aria-label=${label}>
      ${Array.from({ length: count }, (_, k) =>
        this.#button(k, classes ? name(k) : `${label} ${k + 1}`, name(k)),
      )}
    </div>`;
  }

  #button(channel: number, label: string, content: unknown) {
    const { place } = this.scene;
    return html`<button
      type="button"
      aria-pressed=${channel === place.channel}
      aria-label=${label}
      @click=${() => this.go({ ...place, channel })}
    >
      ${content}
    </button>`;
  }

  #field(label: string, count: number) {
    const { place } = this.scene;
    return html`<label>
      <span>${label}</span>
      <input
        type="number"
        min="1"
        max=${count}
        .value=${`${place.channel + 1}`}
        @change=${(e: Event) => {
          const typed = (e.target as HTMLInputElement).valueAsNumber;
          if (Number.isInteger(typed)) this.go({ ...place, channel: typed - 1 });
        }}
      />
      <span class="muted small">1 – ${this.f.int(count)}</span>
    </label>`;
  }
}

define('ziffer-channel-choice', ChannelChoice);
