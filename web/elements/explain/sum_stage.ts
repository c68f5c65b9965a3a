// One unit of a Dense layer: its strongest terms by themselves, the rest as one, and where each input came from.
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { shownNumber } from './formula.ts';
import { inMaps, type Scene } from './scene.ts';
import { explained } from './styles.ts';
import { strongest } from './terms.ts';

const MOST_TERMS = 10;

export class SumStage extends Panel {
  static override styles = [
    controls,
    maps,
    explained,
    css`
      .two {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px 28px;
      }
      .two.pictures {
        grid-template-columns: minmax(0, 300px) minmax(0, 1fr);
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
      }
      .scroll {
        overflow-x: auto;
      }
      td,
      th {
        padding: 3px 14px 3px 0;
        text-align: right;
        white-space: nowrap;
      }
      th[scope='row'] {
        text-align: left;
        white-space: normal;
      }
      .bar {
        display: block;
        width: 6em;
        height: 0.8em;
      }
      .plus rect {
        fill: var(--z-training);
      }
      .minus rect {
        fill: var(--z-validation);
      }
      @media (forced-colors: active) {
        .bar rect {
          fill: CanvasText;
        }
      }
      @container (max-width: 620px) {
        .two.pictures {
          grid-template-columns: minmax(0, 1fr);
        }
        .pair {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .bar {
          width: 3em;
        }
        td,
        th {
          padding-right: 8px;
        }
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;

  override render() {
    const { scene, words, f } = this;
    const { told } = scene;
    const { shown, others, rest } = strongest(told.products, MOST_TERMS);
    const most = Math.max(...shown.map((i) => Math.abs(told.products[i]!)), 1e-9);
    const pictures = told.products.length === 784;
    return html`<div class="two ${pictures ? 'pictures' : ''}">
      ${pictures ? this.#pictures() : nothing}
      <div>
        <p class="caption">${words.terms}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=${words.terms}>
          <table>
            <tbody>
              ${shown.map(
                (i) => html`<tr>
                  <th scope="row">${this.#nameOf(i)}</th>
                  <td>${shownNumber(f, told.inputs[i]!)}</td>
                  <td>× ${shownNumber(f, told.kernel[i]!)}</td>
                  <td>= ${shownNumber(f, told.products[i]!)}</td>
                  <td>${bar(told.products[i]! / most)}</td>
                </tr>`,
              )}
              ${
                others > 0
                  ? html`<tr>
                      <th scope="row">${words.others(f, others)}</th>
                      <td></td>
                      <td></td>
                      <td>${shownNumber(f, rest)}</td>
                      <td>${bar(rest / most)}</td>
                    </tr>`
                  : nothing
              }
            </tbody>
          </table>
        </div>
      </div>
    </div>`;
  }

  /** Of a unit that sees all pixels, what it weighs and what comes of it are pictures. */
  #pictures() {
    const { scene, palette, words } = this;
    const { told } = scene;
    const picture = { width: 28, height: 28, palette, mode: 'signed' } as const;
    return html`<div class="pair">
      ${captioned({ ...picture, values: told.kernel }, words.weights)}
      ${captioned({ ...picture, values: told.products }, words.productsPicture)}
    </div>`;
  }

  #nameOf(i: number): string {
    const { scene, words } = this;
    const number = scene.told.places[i] ?? i;
    const from = inMaps(scene, number);
    if (!from) return words.number(number);
    if (scene.model.inputShape.join() === '28,28,1' && scene.told.products.length === 784) {
      return words.pixel(from.row, from.column);
    }
    return words.from(from.row, from.column, from.channel);
  }
}

function bar(share: number) {
  const width = Math.min(1, Math.abs(share)) * 100;
  return html`<svg class="bar ${share < 0 ? 'minus' : 'plus'}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect x="0" y="1" width=${width} height="8"></rect>
  </svg>`;
}

define('ziffer-sum-stage', SumStage);
