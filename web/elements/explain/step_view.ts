// Backwards: what the digit on show would change in the weights of the picked filter or unit.
import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { captioned, maps } from '../kit/maps.ts';
import { Panel } from '../kit/panel.ts';
import { formula, number, row, shownNumber, sign, sub, term } from './formula.ts';
import { type OneStep, oneStep } from './one_step.ts';
import type { Scene } from './scene.ts';
import { explained } from './styles.ts';
import { strongest } from './terms.ts';

const RATE = 0.1;
const MOST_WEIGHTS = 5;
/** A loss below it has no gradient that one sees in three digits. */
const SURE = 0.001;

export class StepView extends Panel<'loss' | 'nameOf'> {
  static override styles = [
    controls,
    maps,
    explained,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
        gap: 10px;
      }
      .three {
        grid-template-columns: repeat(3, minmax(0, 130px));
        width: 100%;
      }
      td,
      th {
        padding: 3px 18px 3px 0;
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) truth = 0;
  @state() private step: OneStep | null = null;
  @state() private failed = false;
  @state() private busy = false;
  /** The weights from which the step goes: training goes on meanwhile. */
  #weights: Float32Array | null = null;
  #of: unknown[] = [];

  protected override willUpdate(): void {
    const of = [this.scene.image, this.scene.model, this.truth];
    if (of.every((what, i) => what === this.#of[i])) return;
    this.#of = of;
    this.step = null;
  }

  override render() {
    const w = this.words.step;
    return html`<h3>${w.title}</h3>
      <p class="words muted">${w.words(this.experiment.nameOf(this.truth))}</p>
      <button type="button" aria-disabled=${this.busy} @click=${() => void this.#compute()}>${w.start}</button>
      <div aria-live="polite">${this.failed ? html`<p role="alert">${w.failed}</p>` : nothing}
        ${this.step ? this.#losses(this.step) : nothing}</div>
      ${this.step ? this.#changes(this.step) : nothing}`;
  }

  #losses({ lossBefore, lossAfter }: OneStep) {
    const { f } = this;
    const sure =
      lossBefore < SURE ? html`<p class="words muted">${this.words.step.sure}</p>` : nothing;
    return html`${sure}<p>${this.words.step.loss}: ${shownNumber(f, lossBefore)} → ${shownNumber(f, lossAfter)}</p>`;
  }

  #changes({ gradient }: OneStep) {
    const { f, words, scene, palette } = this;
    const places = weightsOf(scene);
    const before = Float32Array.from(places, (p) => this.#weights![p]!);
    const slopes = Float32Array.from(places, (p) => gradient[p]!);
    const after = before.map((v, i) => v - RATE * slopes[i]!);
    const [height, width, channels] = scene.told.shape;
    const side = scene.info.className === 'Dense' && before.length === 784 ? 28 : null;
    const picture = { width: side ?? width, height: side ?? height, stride: side ? 1 : channels };
    const most = Math.max(...before.map(Math.abs), ...after.map(Math.abs));
    const drawn = (values: Float32Array, caption: string, max?: number) =>
      captioned({ ...picture, values, palette, mode: 'signed', ...(max ? { max } : {}) }, caption);
    const { shown } = strongest(slopes, MOST_WEIGHTS);
    const i = shown[0] ?? 0;
    return html`${
      side || (width > 1 && channels === 1)
        ? html`<div class="maps three">
            ${drawn(before, words.step.before, most)} ${drawn(slopes, words.step.gradient)}
            ${drawn(after, words.step.after(f.plain(RATE)), most)}
          </div>`
        : nothing
    }
    <table>
      <thead>
        <tr>
          ${[words.step.before, words.step.gradient, words.step.after(f.plain(RATE))].map(
            (head) => html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (k) => html`<tr>
            <td>${shownNumber(f, before[k]!)}</td>
            <td>${shownNumber(f, slopes[k]!)}</td>
            <td>${shownNumber(f, after[k]!)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${formula(
      sub('w', words.step.new),
      sign('='),
      row(number(f, before[i]!), sign('−'), number(f, RATE), sign('·'), term(f, slopes[i]!)),
      sign('='),
      number(f, after[i]!),
    )}`;
  }

  async #compute(): Promise<void> {
    if (this.busy) return;
    const { model, inspection, image } = this.scene;
    const of = this.#of;
    this.busy = true;
    this.failed = false;
    this.#weights = inspection.weights;
    try {
      const { loss } = this.experiment;
      const step = await oneStep(model, inspection.weights, image, this.truth, loss, RATE);
      if (of === this.#of) this.step = step;
    } catch {
      this.failed = of === this.#of;
    } finally {
      this.busy = false;
    }
  }
}

/** Where the weights of the picked filter or unit stand among all, in the order of its window. */
export function weightsOf({ info, place }: Pick<Scene, 'info' | 'place'>): number[] {
  const kernel = info.regions.find(({ name }) => /kernel$/.test(name))!;
  const outputs = info.outputShape.at(-1)!;
  const count = kernel.shape.reduce((n, d) => n * d, 1) / outputs;
  return Array.from({ length: count }, (_, i) => kernel.offset + i * outputs + place.channel);
}

define('ziffer-step-view', StepView);
