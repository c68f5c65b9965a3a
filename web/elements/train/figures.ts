// The run in four figures: test accuracy with its interval, epochs, speed, time.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { wilson } from '../runs/statistics.ts';

export class Figures extends Panel<
  'clock' | 'curves' | 'evaluation' | 'lastEpoch' | 'phase' | 'progress' | 'step'
> {
  static override styles = [
    controls,
    css`
      dl {
        display: grid;
        grid-template-columns: 1.35fr 0.8fr 1.2fr 0.7fr;
        gap: 8px 16px;
      }
      dt {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      dd {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 6px;
      }
      dd strong {
        font-size: 1.4em;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      dd span {
        color: var(--z-muted);
        font-size: 0.87em;
        white-space: nowrap;
      }
      @container (max-width: 480px) {
        dl {
          grid-template-columns: 1.3fr 1fr;
        }
      }
    `,
  ];

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    const { t, f, experiment } = this;
    const { figures } = t.train;
    const { step, curves, clock, lastEpoch, phase } = experiment;
    const none = html`<strong class="muted">–</strong>`;
    const epochs = curves.epochs.length;
    return html`<dl part="figures">
      <div>
        <dt>${figures.test}</dt>
        <dd>${this.#test() ?? html`${none} <span>${figures.testPending}</span>`}</dd>
      </div>
      <div>
        <dt>${figures.epochs}</dt>
        <dd>
          <strong>${f.int(phase === 'training' && step ? step.epoch : epochs)}</strong>
          <span>${figures.of(f, lastEpoch)}</span>
        </dd>
      </div>
      <div>
        <dt>${figures.speed}</dt>
        <dd>
          ${
            step
              ? html`<strong>${f.int(Math.round(step.imagesPerSecond / 100) * 100)}</strong>`
              : none
          }
          <span>${figures.imagesPerSecond}</span>
        </dd>
      </div>
      <div>
        <dt>${figures.time}</dt>
        <dd>
          ${clock.time > 0 ? html`<strong>${f.seconds(clock.time)}</strong>` : none}
          <span>${t.units.second}</span>
        </dd>
      </div>
    </dl>`;
  }

  #test() {
    const { t, f, experiment } = this;
    const e = experiment.evaluation;
    if (!e) return null;
    const { low, high, margin } = wilson(Math.round(e.accuracy * e.count), e.count);
    return html`<strong part="test-accuracy">${f.fixed(e.accuracy, 4)}</strong>
      <span title=${t.train.figures.testHint(f, low, high)}>± ${f.fixed(margin, 4)}</span>`;
  }
}

define('ziffer-figures', Figures);
