// What the network says of the digit: the winner in words and a number, and ten bars.

import { css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { Reading } from '../experiment/digit.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import { LEARNED_PENS } from './pens.ts';

/** Milliseconds without a change before a screen reader is told. */
const PAUSE = 900;
const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export class ProbabilityBars extends Panel<
  'address' | 'classNames' | 'digit' | 'modelName' | 'nameOf' | 'origin' | 'phase' | 'unseen'
> {
  static override styles = [
    controls,
    css`
      .verdict {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.4em;
        min-height: 2.5rem;
        font-size: 1.27em;
      }
      .verdict strong {
        font-size: 1.3em;
        font-weight: 700;
      }
      .verdict .muted {
        font-size: 0.75em;
      }
      .verdict .none {
        align-self: center;
        color: var(--z-muted);
        font-size: 0.79em;
      }
      li {
        display: grid;
        grid-template-columns: 1.2em 1fr 3.4em;
        align-items: center;
        gap: 8px;
        height: 1.42em;
        font-size: 0.94em;
        color: var(--z-muted);
      }
      .named li {
        grid-template-columns: minmax(5em, 8em) 1fr 3.4em;
      }
      .of {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li.winner {
        color: var(--z-ink);
        font-weight: 600;
      }
      .track {
        height: 9px;
        border-radius: 5px;
        background: var(--z-soft);
        overflow: hidden;
      }
      .bar {
        width: 100%;
        height: 100%;
        border-radius: inherit;
        background: var(--z-edge);
        transform: scaleX(0);
        transform-origin: left;
        transition: transform 80ms linear;
      }
      .winner .bar {
        background: var(--z-training);
      }
      .value {
        text-align: right;
      }
      .note {
        margin-top: 8px;
        color: var(--z-muted);
        font-size: 0.87em;
      }
      .label {
        margin-top: 8px;
        font-size: 0.94em;
      }
      .good {
        color: var(--z-good);
      }
      .bad {
        color: var(--z-bad);
      }
      @media (prefers-reduced-motion: reduce) {
        .bar {
          transition: none;
        }
      }
      @media (forced-colors: active) {
        .track {
          outline: 1px solid CanvasText;
        }
        .bar {
          forced-color-adjust: none;
          background: CanvasText;
        }
        .winner .bar {
          background: Highlight;
        }
      }
    `,
  ];

  @state() private said = '';
  #drawn: Reading | null = null;
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.digit);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#saying);
  }

  override render() {
    const { t, f } = this;
    const { prediction } = this.experiment.digit;
    return html`<p class="verdict" part="verdict">${this.#verdict()}</p>
      <p class="hush" aria-live="polite">${this.said}</p>
      <ol
        class=${this.experiment.classNames.length > 0 ? 'named' : ''}
        aria-label=${t.draw.bars[prediction?.kind ?? 'probabilities']}
        part="bars"
      >
        ${DIGITS.map((digit) => {
          const p = prediction?.probabilities[digit];
          return html`<li
            class=${digit === prediction?.digit ? 'winner' : ''}
            aria-label=${p === undefined ? this.#name(digit) : t.draw.bar(f, this.#name(digit), p)}
          >
            <span aria-hidden="true" class="of">${this.#name(digit)}</span>
            <span class="track" aria-hidden="true"><div class="bar"></div></span>
            <span class="value" aria-hidden="true">${p === undefined ? '' : f.fixed(p * 100, 1)}</span>
          </li>`;
        })}
      </ol>
      ${this.#label()}
      ${this.#outputs()}
      ${this.#reader()}`;
  }

  /** What the numbers are, where no softmax made them. */
  #outputs() {
    const { prediction } = this.experiment.digit;
    const { outputs } = this.t.draw;
    if (!prediction || prediction.kind === 'probabilities') return null;
    return html`<p class="note">${outputs[prediction.kind]}</p>`;
  }

  /** Who reads, as long as it is not what was trained here. */
  #reader() {
    const { t, experiment } = this;
    if (experiment.phase !== 'idle') return null;
    const { untrained, unseen, pretrained, pens } = t.draw.verdict;
    if (experiment.origin === 'untrained') {
      return html`<p class="note">${experiment.unseen ? unseen : untrained}</p>`;
    }
    const answers = experiment.origin === 'pretrained' && experiment.digit.prediction !== null;
    const own = experiment.address === null && LEARNED_PENS.some((p) => p === experiment.modelName);
    return answers ? html`<p class="note">${own ? pens : pretrained}</p>` : null;
  }

  protected override updated(_: PropertyValues): void {
    const { prediction } = this.experiment.digit;
    if (prediction === this.#drawn) return;
    this.#drawn = prediction;
    this.#announce();
    this.renderRoot.querySelectorAll<HTMLElement>('.bar').forEach((bar, digit) => {
      bar.style.transform = `scaleX(${(prediction?.probabilities[digit] ?? 0).toFixed(3)})`;
    });
  }

  /** The answer is read out once the pen rests, not with every point. */
  #announce(): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      const p = this.experiment.digit.prediction;
      const { verdict } = this.t.draw;
      this.said = p
        ? `${verdict.sure} ${this.#name(p.digit)}, ${this.f.percent(p.probability, 0)}`
        : '';
    }, PAUSE);
  }

  #verdict() {
    const { verdict } = this.t.draw;
    const { digit, origin } = this.experiment;
    const p = digit.prediction;
    if (!p) {
      if (digit.unreadable) return html`<span class="none">${verdict.unreadable}</span>`;
      const waits = !digit.empty && (origin === 'loading' || origin === 'none');
      return html`<span class="none">${waits ? verdict.loading : digit.empty ? verdict.none : '…'}</span>`;
    }
    const first = this.#name(p.digit);
    const percent = html`<span class="muted">${this.f.percent(p.probability, 1)}</span>`;
    if (p.probability >= 0.9) return html`${verdict.sure} <strong>${first}</strong> ${percent}`;
    if (p.probability >= 0.6) return html`${verdict.likely} <strong>${first}</strong> ${percent}`;
    const second = this.#name(runnerUp(p.probabilities, p.digit));
    return html`${verdict.perhaps} <strong>${first}</strong> ${verdict.or}
      <strong>${second}</strong>`;
  }

  #name(digit: number): string {
    return this.experiment.nameOf(digit);
  }

  /** Of a test digit the truth is known. */
  #label() {
    const { t, f } = this;
    const { test, prediction } = this.experiment.digit;
    if (!test) return null;
    const right = prediction?.digit === test.label;
    return html`<p class="label">
      <span class="muted">${t.draw.fromTest(f, test.index)} · ${t.draw.label}</span>
      <strong>${this.#name(test.label)}</strong>
      ${
        prediction
          ? html`<span class=${right ? 'good' : 'bad'}>
              ${right ? '✓' : '✗'} ${right ? t.draw.right : t.draw.wrong}
            </span>`
          : null
      }
    </p>`;
  }
}

function runnerUp(probabilities: Float32Array, winner: number): number {
  let best = winner === 0 ? 1 : 0;
  probabilities.forEach((p, i) => {
    if (i !== winner && p > (probabilities[best] ?? 0)) best = i;
  });
  return best;
}

define('ziffer-probability-bars', ProbabilityBars);
