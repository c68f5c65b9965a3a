// Mistakes: which test digits are misread and as what, the surest errors first, precision and recall of each digit.

import { css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { Evaluation } from '../../api/index.ts';
import { define } from '../kit/define.ts';
import type { Cell } from './confusion_matrix.ts';
import './confusion_matrix.ts';
import { controls } from '../kit/base_styles.ts';
import './digit_gallery.ts';
import { outputKind } from '../experiment/outputs.ts';
import { type Guesses, topK } from '../experiment/top_k.ts';
import { Panel } from '../kit/panel.ts';
import { classScores } from '../runs/statistics.ts';

export class MistakesPanel extends Panel<
  'busy' | 'data' | 'evaluation' | 'model' | 'nameOf' | 'phase' | 'test'
> {
  static override styles = [
    controls,
    css`
      .halves {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 24px 32px;
      }
      @container (min-width: 860px) {
        .halves {
          grid-template-columns: minmax(0, 4fr) minmax(0, 6fr);
        }
      }
      .empty {
        display: grid;
        justify-items: start;
        gap: 12px;
        color: var(--z-muted);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 12px;
        min-height: 2em;
      }
      h3 {
        font-size: 1em;
      }
      .guesses {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 28px;
        margin: 16px 0 4px;
      }
      .guesses dt {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      .guesses dd {
        margin: 0;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .scores {
        margin-top: 20px;
        overflow-x: auto;
      }
      .scores table {
        width: 100%;
      }
      .scores th,
      .scores td {
        padding: 4px 8px;
        border-bottom: 1px solid var(--z-line);
        text-align: right;
      }
      .scores tr > :first-child {
        text-align: left;
      }
    `,
  ];

  @state() private cell: Cell | null = null;
  @state() private rates = false;
  @state() private labels: Uint8Array | null = null;
  /** How many are right within 1, 2, 3 guesses, and how sure each first guess is. */
  @state() private guesses: Guesses | null = null;
  #of: Evaluation | null = null;

  override render() {
    const { t, f, experiment } = this;
    const { evaluation, phase, model } = experiment;
    if (!evaluation || !this.labels) {
      const reading = phase === 'testing' || !!evaluation;
      return html`<div class="empty">
        <p>${reading ? t.mistakes.reading : t.mistakes.empty}</p>
        <button
          type="button"
          aria-disabled=${reading || experiment.busy || !model}
          @click=${() => experiment.test()}
        >
          ${t.mistakes.read}
        </button>
      </div>`;
    }
    const wrong = evaluation.count - Math.round(evaluation.accuracy * evaluation.count);
    return html`<div class="halves">
      <section aria-labelledby="matrix">
        <div class="head">
          <h3 id="matrix">${t.mistakes.title(f, wrong, evaluation.count)}</h3>
          <button
            type="button"
            class="quiet"
            aria-pressed=${this.rates}
            @click=${() => {
              this.rates = !this.rates;
            }}
          >
            ${t.mistakes.rates} (%)
          </button>
        </div>
        <ziffer-confusion-matrix
          .experiment=${experiment}
          .locale=${this.locale}
            .confusion=${evaluation.confusion}
          .chosen=${this.cell}
          .choose=${this.#choose}
          ?rates=${this.rates}
        ></ziffer-confusion-matrix>
        ${this.#guesses(evaluation)}
      </section>
      <section>${this.#gallery(evaluation, this.labels)} ${this.#scores(evaluation)}</section>
    </div>`;
  }

  protected override updated(_: PropertyValues): void {
    const { evaluation } = this.experiment;
    if (evaluation === this.#of) return;
    this.#of = evaluation;
    this.cell = null;
    this.guesses = null;
    // The next may be of other data.
    if (!evaluation) this.labels = null;
    else void this.#loadLabels(evaluation);
  }

  async #loadLabels(evaluation: Evaluation): Promise<void> {
    try {
      const { experiment } = this;
      const { model } = experiment;
      const test = await experiment.data.test();
      const labels = await test.labels();
      if (experiment.evaluation !== evaluation) return;
      this.labels = labels;
      const wanted = () =>
        this.isConnected && experiment.model === model && experiment.evaluation === evaluation;
      const guesses = model && (await topK(model, test, 3, wanted));
      if (wanted()) this.guesses = guesses;
    } catch {
      // The evaluation was made with them; without them nothing is shown. A model may have been disposed of meanwhile.
    }
  }

  readonly #choose = (cell: Cell): void => {
    const same = this.cell?.truth === cell.truth && this.cell.read === cell.read;
    this.cell = same ? null : cell;
  };

  #gallery(evaluation: Evaluation, labels: Uint8Array) {
    const { t, cell } = this;
    const { predicted, count } = evaluation;
    const confidence = this.#confidence(evaluation);
    const name = (k = 0) => this.experiment.nameOf(k);
    const chosen = Array.from({ length: count }, (_, i) => i)
      .filter((i) =>
        cell ? labels[i] === cell.truth && predicted[i] === cell.read : labels[i] !== predicted[i],
      )
      .sort((a, b) => (confidence?.[b] ?? 0) - (confidence?.[a] ?? 0));
    const title = !cell
      ? t.mistakes.all
      : cell.truth === cell.read
        ? t.mistakes.correct(name(cell.truth))
        : t.mistakes.pair(name(cell.truth), name(cell.read));
    return html`<div class="head">
        <h3>${title} <span class="muted small">${t.mistakes.surest(this.f, chosen.length)}</span></h3>
        ${
          cell
            ? html`<button
                type="button"
                class="link"
                @click=${() => {
                  this.cell = null;
                }}
              >
                ${t.mistakes.all}
              </button>`
            : null
        }
      </div>
      <ziffer-digit-gallery
        .experiment=${this.experiment}
        .locale=${this.locale}
        .palette=${this.palette}
        .indices=${chosen}
        .caption=${(i: number) =>
          `${name(labels[i])} → ${name(predicted[i])} · ${confidence ? Math.round(100 * (confidence[i] ?? 0)) : '…'}`}
      ></ziffer-digit-gallery>`;
  }

  /** An evaluation has of each picture only the model's largest output; what logits mean shows with all ten. */
  #confidence({ confidence }: Evaluation): Float32Array | null {
    const { model } = this.experiment;
    const logits = model && outputKind(model.specs) === 'logits';
    return logits ? (this.guesses?.surest ?? null) : confidence;
  }

  #guesses({ count }: Evaluation) {
    const { t, f } = this;
    return html`<dl class="guesses">
      ${[1, 2, 3].map((k) => {
        const n = this.guesses?.right[k - 1];
        return html`<div>
          <dt>${t.mistakes.top(f, k)}</dt>
          <dd>${n === undefined ? '…' : f.percent(n / count, 2)}</dd>
        </div>`;
      })}
    </dl>
    <p class="muted small">${t.mistakes.topHint}</p>`;
  }

  #scores({ confusion }: Evaluation) {
    const { t, f } = this;
    const { className, precision, recall, f1 } = t.mistakes;
    return html`<div class="scores" tabindex="0" role="region" aria-label=${t.mistakes.perClass}>
      <table>
        <caption class="hush">
          ${t.mistakes.perClass}
        </caption>
        <thead>
          <tr>${[className, precision, recall, f1].map((h) => html`<th scope="col">${h}</th>`)}</tr>
        </thead>
        <tbody>
          ${classScores(confusion).map(
            (s, k) => html`<tr>
              <th scope="row">${this.experiment.nameOf(k)}</th>
              <td>${f.fixed(s.precision, 4)}</td>
              <td>${f.fixed(s.recall, 4)}</td>
              <td>${f.fixed(s.f1, 4)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

define('ziffer-mistakes', MistakesPanel);
