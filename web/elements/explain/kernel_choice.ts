// Another kernel in the place of a learned one: Sobel's, blur, sharpen, or nine numbers of one's own.
import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ExplainWords } from '../../locales/explain_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { shownNumber } from './formula.ts';
import { CHOICES, KERNELS, type KernelChoice } from './kernels.ts';

export interface Kernel {
  readonly weights: Float32Array;
}

export class KernelPicker extends Panel {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 10px;
        min-width: 0;
        max-width: 100%;
      }
      select {
        width: auto;
        min-width: 0;
        max-width: 100%;
      }
      .own {
        display: grid;
        grid-template-columns: repeat(3, 5.2em);
        gap: 4px;
      }
      p {
        flex-basis: 100%;
        max-width: 72ch;
      }
    `,
  ];

  @property({ attribute: false }) words!: ExplainWords;
  @property({ attribute: false }) kernel: Kernel | null = null;
  /** The network's own, from which one's own begins. */
  @property({ attribute: false }) learned!: Float32Array;
  @property({ attribute: false }) choose!: (kernel: Kernel | null) => void;
  @state() private choice: KernelChoice = 'learned';

  override render() {
    const { words } = this;
    const choice = this.kernel ? this.choice : 'learned';
    return html`<label>
        <span>${words.kernel}</span>
        <select
          @change=${(e: Event) => this.#choose(CHOICES[(e.target as HTMLSelectElement).selectedIndex]!)}
        >
          ${CHOICES.map((c) => html`<option .selected=${c === choice}>${words.kernels[c]}</option>`)}
        </select>
      </label>
      ${choice === 'own' ? this.#fields() : nothing}
      ${choice === 'learned' ? nothing : html`<p class="small muted">${words.otherKernel}</p>`}`;
  }

  #fields() {
    return html`<div class="own">
      ${Array.from(
        this.kernel!.weights,
        (weight, i) => html`<input
          type="text"
          inputmode="text"
          aria-label=${this.words.ownWeight(Math.floor(i / 3), i % 3)}
          .value=${shownNumber(this.f, weight)}
          @change=${(e: Event) => this.#type(i, e.target as HTMLInputElement)}
        />`,
      )}
    </div>`;
  }

  #choose(choice: KernelChoice): void {
    this.choice = choice;
    const weights =
      choice === 'learned'
        ? null
        : choice === 'own'
          ? (this.kernel?.weights ?? this.learned)
          : KERNELS[choice];
    this.choose(weights && { weights: Float32Array.from(weights) });
  }

  /** What is no number goes back. */
  #type(i: number, field: HTMLInputElement): void {
    const number = this.f.parse(field.value);
    const weights = this.kernel!.weights.slice();
    if (Number.isFinite(number) && Math.abs(number) <= 1000) weights[i] = number;
    field.value = shownNumber(this.f, weights[i]!);
    this.choose({ weights });
  }
}

define('ziffer-kernel-choice', KernelPicker);
