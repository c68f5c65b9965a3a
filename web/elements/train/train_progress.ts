// How far the training is, as a bar and in Keras's own line.

import { css, html, type PropertyValues } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { plan } from '../plan/settings.ts';

export class TrainProgress extends Panel<
  'curves' | 'data' | 'firstEpoch' | 'lastEpoch' | 'phase' | 'progress' | 'settings' | 'step'
> {
  static override styles = [
    controls,
    css`
      .track {
        height: 4px;
        border-radius: 2px;
        background: var(--z-soft);
        overflow: hidden;
      }
      .fill {
        height: 100%;
        background: var(--z-training);
        transform: scaleX(0);
        transform-origin: left;
      }
      .loading .fill {
        background: var(--z-edge);
      }
      .keras {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1ch;
        min-height: 3em;
        margin-top: 8px;
        color: var(--z-muted);
        font-family: var(--z-mono);
        font-size: 0.8em;
        line-height: 1.5;
      }
      .keras span {
        white-space: nowrap;
      }
    `,
  ];

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    const { t, experiment } = this;
    const load = experiment.data.progress;
    const share = load ? load.loadedBytes / Math.max(1, load.totalBytes) : this.#done();
    return html`<div
        class="track ${load ? 'loading' : ''}"
        role="progressbar"
        aria-label=${load ? t.train.dataProgress : t.train.progress}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(share * 100)}
      >
        <div class="fill"></div>
      </div>
      <p class="keras" part="keras">${this.#keras()}</p>`;
  }

  protected override updated(_: PropertyValues): void {
    const load = this.experiment.data.progress;
    const share = load ? load.loadedBytes / Math.max(1, load.totalBytes) : this.#done();
    const fill = this.renderRoot.querySelector<HTMLElement>('.fill');
    if (fill) fill.style.transform = `scaleX(${share})`;
  }

  /** Of the epoch, as in Keras. */
  #done(): number {
    const { step, phase } = this.experiment;
    if (phase === 'finished' || phase === 'testing') return step ? 1 : 0;
    return step ? step.step / step.steps : 0;
  }

  /** A quotation of Keras, and so with its words and points in every language. */
  #keras() {
    const { step, curves, settings, phase, firstEpoch, lastEpoch } = this.experiment;
    if (!step)
      return html`<span>Epoch ${firstEpoch}/${lastEpoch}</span
        ><span>0/${plan(settings).steps}</span>`;
    const row = curves.epochs.slice(firstEpoch - 1).at(-1);
    const whole = row && row.epoch === step.epoch ? row : null;
    const parts = [
      `Epoch ${step.epoch}/${step.epochs}`,
      `${step.step}/${step.steps}`,
      `${step.msPerStep.toFixed(step.msPerStep < 10 ? 1 : 0)}ms/step`,
      `- loss: ${(whole?.loss ?? step.loss).toFixed(4)}`,
      `- accuracy: ${(whole?.accuracy ?? step.accuracy).toFixed(4)}`,
    ];
    // Keras shows validation with the epoch's end; until the next end the last one stays in sight.
    if (row?.val_loss !== undefined && (whole || phase !== 'finished')) {
      parts.push(
        `- val_loss: ${row.val_loss.toFixed(4)}`,
        `- val_accuracy: ${row.val_accuracy?.toFixed(4)}`,
      );
    }
    return parts.map((part) => html`<span>${part}</span>`);
  }
}

define('ziffer-train-progress', TrainProgress);
