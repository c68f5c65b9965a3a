// The last step: scores become probabilities, and of the true class's probability the loss.
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { ExplainWords } from '../../locales/explain_words.ts';
import type { Format } from '../../locales/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import {
  called,
  digits,
  formula,
  name,
  number,
  over,
  row,
  shownNumber,
  sign,
  sub,
  sumOf,
  sup,
} from './formula.ts';
import { outputOf, type Scene } from './scene.ts';
import { explained } from './styles.ts';

export class SoftmaxStage extends Panel<'nameOf'> {
  static override styles = [
    controls,
    explained,
    css`
      .scroll {
        overflow-x: auto;
      }
      table {
        font-size: 0.94em;
      }
      td,
      th {
        padding: 3px 18px 3px 0;
        text-align: right;
        white-space: nowrap;
      }
      th {
        position: relative;
      }
      th[scope='row'] {
        text-align: left;
      }
      .unit {
        background: var(--z-soft);
        font-weight: 650;
      }
      tfoot td,
      tfoot th {
        border-top: 1px solid var(--z-edge);
      }
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
      }
      select {
        width: auto;
      }
      .loss {
        display: grid;
        gap: 6px;
        margin-top: 18px;
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;
  /** The true class. */
  @property({ attribute: false }) truth = 0;
  @property({ attribute: false }) setTruth!: (truth: number) => void;

  override render() {
    const { scene, words, f } = this;
    const w = words.softmax;
    const logits = scene.told.logits!;
    const outputs = outputOf(scene);
    const shown = (z: number) => large(f, Math.exp(z));
    const z = logits[scene.place.channel]!;
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
    return html`<h3>${w.title}</h3>
      <p class="words muted">${w.words}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${w.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">${w.className}</th>
              <th scope="col"><span class="hush">z</span><math aria-hidden="true"><mi>z</mi></math></th>
              <th scope="col"><span class="hush">e^z</span><math aria-hidden="true"><msup><mi>e</mi><mi>z</mi></msup></math></th>
              <th scope="col"><span class="hush">p</span><math aria-hidden="true"><mi>p</mi></math></th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(
              logits,
              (z, k) => html`<tr class=${k === scene.place.channel ? 'unit' : ''}>
                <th scope="row">${this.experiment.nameOf(k)}</th>
                <td>${shownNumber(f, z)}</td>
                <td>${shown(z)}</td>
                <td>${f.fixed(outputs[k] ?? 0, 4)}</td>
              </tr>`,
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">${w.total}</th>
              <td></td>
              <td>${large(f, total)}</td>
              <td>${f.fixed(
                outputs.reduce((sum, p) => sum + p, 0),
                4,
              )}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      ${formula(
        sub('p', this.experiment.nameOf(scene.place.channel)),
        sign('='),
        over(sup('e', name('z')), row(sumOf(sup('e', name('z'))))),
        sign('='),
        over(sup('e', number(f, z)), digits(large(f, total))),
        sign('='),
        digits(f.fixed(outputs[scene.place.channel] ?? 0, 4)),
      )}
      ${this.#loss(outputs)}`;
  }

  #loss(outputs: Float32Array) {
    const { words, f, truth, experiment } = this;
    const w = words.softmax;
    const p = outputs[truth] ?? 0;
    return html`<div class="loss">
      <h3>${w.loss}</h3>
      <label>
        <span>${w.truth}</span>
        <select
          @change=${(e: Event) => this.setTruth((e.target as HTMLSelectElement).selectedIndex)}
        >
          ${Array.from(outputs, (_, k) => html`<option .selected=${k === truth}>${experiment.nameOf(k)}</option>`)}
        </select>
      </label>
      ${formula(
        name('L'),
        sign('='),
        sign('−'),
        called('log', sub('p', experiment.nameOf(truth))),
        sign('='),
        sign('−'),
        called('log', digits(f.fixed(p, 4))),
        sign('='),
        p > 0 ? number(f, -Math.log(p)) : sign('∞'),
      )}
      <p class="words muted">${w.lossWords(experiment.nameOf(truth), f.percent(p, 2))}</p>
    </div>`;
  }
}

/** Of what an exponential makes, from thousandths to billions. */
function large(f: Format, value: number): string {
  if (value < 1000) return f.fixed(value, 3);
  return value < 1e9 ? f.int(value) : f.scientific(value, 3);
}

define('ziffer-softmax-stage', SoftmaxStage);
