// On a narrow screen: the training's buttons within reach of the thumb, and how it goes.

import { css, html } from 'lit';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import './train_controls.ts';

export class TrainBar extends Panel<'evaluation' | 'lastEpoch' | 'progress' | 'step'> {
  static override styles = [
    controls,
    css`
      .bar {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        padding: 8px 16px calc(8px + env(safe-area-inset-bottom));
        border-top: 1px solid var(--z-line);
        background: var(--z-card);
      }
      .now {
        display: grid;
        text-align: right;
        font-size: 0.8em;
        line-height: 1.25;
        white-space: nowrap;
      }
      @container (max-width: 479px) {
        .bar {
          flex-wrap: wrap;
          gap: 4px 8px;
        }
        .now {
          order: -1;
          display: flex;
          flex-direction: row-reverse;
          justify-content: space-between;
          width: 100%;
        }
      }
    `,
  ];

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    const { t, f, experiment, locale } = this;
    const { step, evaluation, lastEpoch } = experiment;
    const accuracy = evaluation?.accuracy ?? step?.accuracy;
    return html`<div class="bar" part="train-bar">
      <ziffer-train-controls
        compact
        exportparts="button, primary"
        .experiment=${experiment}
        .locale=${locale}
      ></ziffer-train-controls>
      ${
        accuracy === undefined
          ? null
          : html`<span class="now">
              <strong>${f.fixed(accuracy, 4)}</strong>
              <span class="muted">
                ${
                  evaluation
                    ? t.train.figures.test
                    : `${t.charts.epoch} ${step?.epoch ?? 1}/${lastEpoch}`
                }
              </span>
            </span>`
      }
    </div>`;
  }
}

define('ziffer-train-bar', TrainBar);
