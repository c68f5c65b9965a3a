// What is there from an earlier visit, with two answers each: an interrupted training that can go on, and the last finished model.
// And what a full storage will not bring back.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import type { KeptModel } from '../runs/kept_model.ts';
import type { KeptRun } from '../runs/kept_run.ts';

export class RunOffer extends Panel<
  'busy' | 'continueRun' | 'curves' | 'forgetLast' | 'kept' | 'last' | 'openLast' | 'phase'
> {
  static override styles = [
    controls,
    css`
      .offer {
        display: grid;
        gap: 4px;
        padding: 12px 14px;
        border: 1px solid color-mix(in srgb, var(--z-training) 40%, var(--z-line));
        border-radius: 8px;
        background: color-mix(in srgb, var(--z-training) 6%, var(--z-card));
        font-size: 0.94em;
      }
      .offer + .offer {
        margin-top: 8px;
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 6px;
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  override render() {
    const { offer, last, full } = this;
    return html`<div role="status">
      ${full ? html`<p class="muted">${full}</p>` : null}
      ${offer ? this.#words(offer) : null} ${last ? this.#lastWords(last) : null}
    </div>`;
  }

  get offer(): KeptRun | null {
    return this.experiment.busy ? null : this.experiment.kept.offer;
  }

  get last(): KeptModel | null {
    return this.experiment.busy ? null : this.experiment.last.offer;
  }

  /** What is not kept because the browser's storage is full. */
  get full(): string | null {
    const { t, f, experiment } = this;
    const { kept, last, curves, phase } = experiment;
    if (phase === 'finished' && last.full) return t.offer.modelNotKept;
    if (!experiment.busy || kept.full === null) return null;
    return kept.full ? t.offer.keptUntil(f, curves.past.epochs + kept.full) : t.offer.runNotKept;
  }

  /** Takes no room while there is nothing to say. */
  protected override updated(): void {
    this.hidden = !this.offer && !this.last && !this.full;
  }

  #words({ modelName, backup, settings, curves }: KeptRun) {
    const { t, f, experiment } = this;
    const before = curves.past.epochs;
    const best = curves.epochs[curves.bestEpoch - 1];
    const accuracy = best?.val_accuracy;
    return html`<div class="offer" part="notice">
      <strong>${t.offer.title}</strong>
      <p>${t.offer.run(f, t.presets[modelName] ?? '', before + backup.epoch, before + settings.epochs)}</p>
      ${
        best && accuracy !== undefined
          ? html`<p class="muted">${t.offer.best(f, accuracy, best.epoch)}</p>`
          : null
      }
      ${this.#acts(
        [t.offer.resume, () => void experiment.continueRun()],
        [t.offer.discard, () => void experiment.kept.discard()],
      )}
    </div>`;
  }

  #lastWords({ modelName, evaluation, finished }: KeptModel) {
    const { t, f, experiment } = this;
    const model = t.presets[modelName] ?? '';
    return html`<div class="offer" part="notice">
      <strong>${t.offer.lastTitle}</strong>
      <p>${model}, ${f.fixed(evaluation.accuracy, 4)}, ${f.moment(finished)}</p>
      ${this.#acts(
        [t.offer.open, () => void experiment.openLast()],
        [t.offer.forget, () => void experiment.forgetLast()],
      )}
    </div>`;
  }

  #acts(first: [string, () => void], second: [string, () => void]) {
    return html`<div class="acts">
      <button
        type="button"
        class="primary"
        part="button primary"
        @click=${() => this.#answer(first[1])}
      >
        ${first[0]}
      </button>
      <button type="button" part="button" @click=${() => this.#answer(second[1])}>
        ${second[0]}
      </button>
    </div>`;
  }

  /** The buttons go with their answer; who pressed one with the keyboard is to stay in the panel. */
  #answer(act: () => void): void {
    act();
    this.dispatchEvent(new Event('answered'));
  }
}

define('ziffer-run-offer', RunOffer);
