// From the ink to the network's input in five pictures, each explained where one points or tabs to.

import { css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { NormalizationSteps } from '../../api/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { type PixelPicture, pixels } from '../kit/pixels.ts';

const STEPS = ['ink', 'box', 'fit', 'centre', 'image'] as const;
type Step = (typeof STEPS)[number];

export class InkStrip extends Panel<'digit'> {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(5, 1fr);
        gap: 8px;
      }
      button {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        width: 100%;
        min-width: 0;
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
        cursor: help;
      }
      button:hover:not(:disabled) {
        background: none;
      }
      .frame {
        position: relative;
        display: grid;
        place-items: center;
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--z-line);
        border-radius: 6px;
        background: var(--z-card);
        overflow: hidden;
      }
      .image .frame {
        border: 2px solid var(--z-training);
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: contain;
        image-rendering: pixelated;
      }
      .ink canvas,
      .box canvas {
        image-rendering: auto;
      }
      .fit canvas {
        inset: calc(100% * 4 / 28);
        width: calc(100% * 20 / 28);
        height: calc(100% * 20 / 28);
        outline: 1px dotted var(--z-edge);
      }
      .rule {
        position: absolute;
        border: 1.5px dotted var(--z-validation);
        pointer-events: none;
      }
      .cross::before,
      .cross::after {
        content: '';
        position: absolute;
        background: var(--z-validation);
        opacity: 0.75;
      }
      .cross::before {
        inset: 50% 0 auto;
        height: 1px;
      }
      .cross::after {
        inset: 0 auto 0 50%;
        width: 1px;
      }
      .name {
        overflow-wrap: anywhere;
        color: var(--z-muted);
        font-size: 0.76em;
        text-align: center;
      }
      @media (forced-colors: active) {
        .tip {
          border: 1px solid;
        }
      }
      .tip {
        position: absolute;
        z-index: 2;
        inset: calc(100% + 6px) 0 auto;
        padding: 8px 12px;
        border-radius: 8px;
        background: var(--z-ink);
        color: var(--z-card);
        font-size: 0.87em;
      }
    `,
  ];

  @state() private open: Step | null = null;

  protected override get subject() {
    return this.experiment?.digit;
  }

  override render() {
    const { t } = this;
    return html`<ol
        aria-label=${t.draw.stripLabel}
        @keydown=${(e: KeyboardEvent) => {
          if (e.key === 'Escape') this.open = null;
        }}
      >
        ${STEPS.map((step) => this.#item(step))}
      </ol>
      ${this.open ? html`<p class="tip" id="tip">${t.draw.steps[this.open]?.[1]}</p>` : null}`;
  }

  #item(step: Step) {
    const [name, explained] = this.t.draw.steps[step] ?? ['', ''];
    const show = () => {
      this.open = step;
    };
    const hide = () => {
      this.open = null;
    };
    return html`<li>
      <button
        type="button"
        class=${step}
        part="step"
        aria-label="${name}: ${explained}"
        @pointerenter=${show}
        @pointerleave=${hide}
        @focus=${show}
        @blur=${hide}
        @click=${show}
      >
        <span class="frame">
          <canvas aria-hidden="true" ${pixels(this.#picture(step))}></canvas>
          ${step === 'box' && this.#steps ? html`<span class="rule"></span>` : null}
          ${step === 'centre' && this.#steps ? html`<span class="cross"></span>` : null}
        </span>
        <span class="name" aria-hidden="true">${name}</span>
      </button>
    </li>`;
  }

  protected override updated(_: PropertyValues): void {
    const rule = this.renderRoot.querySelector<HTMLElement>('.rule');
    if (!rule || !this.#steps) return;
    const { ink, box } = this.#steps;
    // The ink stands in the middle of its square frame.
    const side = Math.max(ink.width, ink.height);
    const left = (side - ink.width) / 2 + box.x0;
    const top = (side - ink.height) / 2 + box.y0;
    rule.style.left = `${(left / side) * 100}%`;
    rule.style.top = `${(top / side) * 100}%`;
    rule.style.width = `${((box.x1 - box.x0) / side) * 100}%`;
    rule.style.height = `${((box.y1 - box.y0) / side) * 100}%`;
  }

  get #steps(): NormalizationSteps | null {
    return this.experiment.digit.image ? this.experiment.digit.steps : null;
  }

  #picture(step: Step): PixelPicture | null {
    const { palette } = this;
    const { image } = this.experiment.digit;
    const steps = this.#steps;
    if (step === 'image' || step === 'centre') {
      const shown = image && (steps || step === 'image');
      return shown ? { values: image, width: 28, height: 28, palette } : null;
    }
    if (!steps) return null;
    const gray = step === 'fit' ? steps.fitted : steps.ink;
    return { values: gray.pixels, width: gray.width, height: gray.height, palette };
  }
}

define('ziffer-ink-strip', InkStrip);
