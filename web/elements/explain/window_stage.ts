// A layer that slides a window over maps: left its input with the window, right the map that it makes, between them the numbers.
import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Explanation } from '../../api/index.ts';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import type { PixelPicture } from '../kit/pixels.ts';
import './place_map.ts';
import type { Frame } from './place_map.ts';
import './product_grid.ts';
import { shownNumber } from './formula.ts';
import { inputOf, nearest, type Place, type Scene } from './scene.ts';
import { explained } from './styles.ts';
import { byChannel, strongest } from './terms.ts';

/** Channels of the input that are listed by themselves. */
const MOST_CHANNELS = 4;

export class WindowStage extends Panel {
  static override styles = [
    controls,
    explained,
    css`
      .below {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        margin-top: 12px;
      }
      .adds button {
        justify-content: space-between;
        min-width: 7.5em;
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  /** What is shown instead of the network's own number: of another kernel. */
  @property({ attribute: false }) told!: Explanation;
  /** The map that belongs to it. */
  @property({ attribute: false }) map!: {
    readonly values: Float32Array;
    readonly channels: number;
    readonly channel: number;
  };
  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) go!: (place: Place) => void;
  /** Of the window's channels; null: the one that adds most. */
  @state() private chosen: number | null = null;

  override render() {
    const { scene, words, told } = this;
    const { place, info } = scene;
    const { row, column } = place;
    const [outRows = 1, outColumns = 1] = info.outputShape;
    const channel = this.#channel();
    return html`<div class="scene">
      <div>
        <p class="caption">${words.input}${this.#channelName(channel)}</p>
        <ziffer-place-map
          .palette=${this.palette}
          .locale=${this.locale}
          .picture=${this.#inputPicture(channel)}
          .frame=${this.#window()}
          .label=${words.windowLabel(row, column)}
          .point=${this.#pointInput}
          .step=${this.#step}
        ></ziffer-place-map>
      </div>
      <div class="middle">
        <p class="caption">${this.#caption(channel)}</p>
        <ziffer-product-grid
          .locale=${this.locale}
          .words=${words}
          .told=${told}
          .channel=${channel}
        ></ziffer-product-grid>
        ${told.shape[2] > 1 ? this.#channels(channel) : nothing}
        <div class="below"><slot></slot></div>
      </div>
      <div>
        <p class="caption">${words.output} · ${words.row} ${row + 1}, ${words.column} ${column + 1}</p>
        <ziffer-place-map
          .palette=${this.palette}
          .locale=${this.locale}
          .picture=${
            {
              values: this.map.values,
              width: outColumns,
              height: outRows,
              stride: this.map.channels,
              offset: this.map.channel,
              palette: this.palette,
              mode: 'signed',
            } satisfies PixelPicture
          }
          .frame=${{ row, column, height: 1, width: 1 }}
          .label=${words.outputLabel(row, column)}
          .point=${(r: number, c: number) => this.go({ ...place, row: r, column: c })}
          .step=${this.#step}
        ></ziffer-place-map>
      </div>
    </div>`;
  }

  #caption(channel: number): string {
    const { words, told } = this;
    if (told.rule !== 'sum') return words.fourKept;
    return told.shape[2] > 1 ? words.productsOf(this.#inputChannel(channel)) : words.products;
  }

  #channelName(channel: number): string {
    const all = this.scene.info.inputShape[2] ?? 1;
    return all > 1 ? ` · ${this.words.channel} ${this.#inputChannel(channel) + 1}` : '';
  }

  #channel(): number {
    const { told, chosen } = this;
    const count = told.shape[2];
    if (chosen !== null && chosen < count) return chosen;
    return strongest(byChannel(told.products, count), 1).shown[0] ?? 0;
  }

  /** Of the layer's input: a window of some channels begins behind others. */
  #inputChannel(channel: number): number {
    const all = this.scene.info.inputShape[2] ?? 1;
    const first = this.told.places.findIndex(
      (p, i) => p >= 0 && i % this.told.shape[2] === channel,
    );
    return first < 0 ? channel : (this.told.places[first] ?? 0) % all;
  }

  #inputPicture(channel: number): PixelPicture {
    const { scene, palette } = this;
    const [height = 1, width = 1, stride = 1] = scene.info.inputShape;
    const offset = this.#inputChannel(channel);
    const first = scene.index === 0;
    const values = first ? scene.image : inputOf(scene);
    return { values, width, height, stride, offset, palette, mode: first ? 'ink' : 'signed' };
  }

  /** Around all places of the window, also those beyond the input. */
  #window(): Frame | null {
    const { told, scene } = this;
    const [height, width, channels] = told.shape;
    const [, columns = 1, all = 1] = scene.info.inputShape;
    const seen = [...told.places].flatMap((p, i) => (p < 0 ? [] : [[p, i] as const]));
    const [first, last] = [seen[0], seen.at(-1)];
    if (!first || !last) return null;
    const at = ([place]: readonly [number, number]) => {
      const cell = Math.floor(place / all);
      return [Math.floor(cell / columns), cell % columns] as const;
    };
    const [[top, left], [bottom, right]] = [at(first), at(last)];
    const cellOf = ([, i]: readonly [number, number]) => Math.floor(i / channels);
    const inRow = cellOf(first) % width;
    const above = Math.floor(cellOf(first) / width);
    const stepX =
      inRow < cellOf(last) % width ? (right - left) / ((cellOf(last) % width) - inRow) : 1;
    const below = Math.floor(cellOf(last) / width);
    const stepY = above < below ? (bottom - top) / (below - above) : 1;
    return {
      row: top - above * stepY,
      column: left - inRow * stepX,
      height: (height - 1) * stepY + 1,
      width: (width - 1) * stepX + 1,
    };
  }

  readonly #step = (rows: number, columns: number): void => {
    const { place } = this.scene;
    this.go({ ...place, row: place.row + rows, column: place.column + columns });
  };

  /** The window's middle comes to where one points. */
  readonly #pointInput = (row: number, column: number): void => {
    const { scene } = this;
    const frame = this.#window();
    const [rows = 1, columns = 1] = scene.info.outputShape;
    const [inRows = 1, inColumns = 1] = scene.info.inputShape;
    if (!frame) return;
    const along = (at: number, size: number, inside: number, outside: number) =>
      outside <= 1
        ? 0
        : Math.round(((at - (size - 1) / 2) * (outside - 1)) / Math.max(1, inside - size));
    const to = {
      ...scene.place,
      row: along(row, frame.height, inRows, rows),
      column: along(column, frame.width, inColumns, columns),
    };
    this.go(nearest(scene.info.outputShape, to));
  };

  #channels(now: number) {
    const { words, told, f } = this;
    const sums = byChannel(told.products, told.shape[2]);
    const { shown, others, rest } = strongest(sums, MOST_CHANNELS);
    return html`<p class="caption">${words.channels}</p>
      <div class="chips adds">
        ${shown.map(
          (c) => html`<button
            type="button"
            aria-pressed=${c === now}
            @click=${() => {
              this.chosen = c;
            }}
          >
            ${words.channel} ${this.#inputChannel(c) + 1}
            <span class="value">${shownNumber(f, sums[c] ?? 0)}</span>
          </button>`,
        )}
      </div>
      ${
        others > 0
          ? html`<p class="small muted">${words.others(f, others)}: ${shownNumber(f, rest)}</p>`
          : nothing
      }`;
  }
}

define('ziffer-window-stage', WindowStage);
