// Train: the controls, how far it is, the curves, the figures, and what the network sees.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { card, controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import '../charts/curves_view.ts';
import './figures.ts';
import '../lecture/lecture_view.ts';
import '../kit/notice.ts';
import { Panel } from '../kit/panel.ts';
import './run_offer.ts';
import './sees_view.ts';
import './train_controls.ts';
import './train_progress.ts';
import './train_status.ts';
import { Turns } from '../kit/turns.ts';

export class TrainPanel extends Panel<'controls'> {
  static override styles = [
    controlStyles,
    card,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }
      .stack {
        flex: 1;
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      ziffer-curves {
        flex: 1 0 auto;
      }
      @container (min-width: 521px) {
        ziffer-curves {
          max-height: 340px;
        }
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px 20px;
      }
      ziffer-train-controls {
        display: var(--own, block);
      }
      .words {
        flex: 1 1 240px;
      }
      /* On a narrow screen the buttons are in the bar at the thumb. */
      @container (max-width: 700px) {
        :host([thumb]) {
          --own: none;
        }
      }
      ziffer-figures,
      ziffer-sees {
        padding-top: 16px;
        border-top: 1px solid var(--z-line);
      }
    `,
  ];

  /** The buttons also stand in a bar below, on narrow screens. */
  @property({ type: Boolean, reflect: true }) thumb = false;

  readonly #turns = new Turns(this, 2);

  readonly #focusButtons = (): void => {
    this.renderRoot.querySelector<HTMLElement>('ziffer-train-controls')?.focus();
  };

  protected override get prose() {
    return true;
  }

  override render() {
    const { t, experiment, locale, palette } = this;
    const { controls } = experiment;
    const turns = this.#turns;
    return html`<section class="stack" role="group" aria-labelledby="title">
      <h2 id="title" part="title">${t.train.title}</h2>
      <div class="top">
        <ziffer-train-controls
          part="controls"
          exportparts="button, primary"
          .experiment=${experiment}
          .locale=${locale}
        ></ziffer-train-controls>
        <div class="words">
          <ziffer-train-status
            exportparts="status"
            .experiment=${experiment}
            .locale=${locale}
          ></ziffer-train-status>
          ${
            controls.hides('lecture') || controls.locks('presets')
              ? null
              : html`<ziffer-lecture
                  brief
                  exportparts="button"
                  .experiment=${experiment}
                  .locale=${locale}
                ></ziffer-lecture>`
          }
        </div>
      </div>
      <ziffer-run-offer
        exportparts="notice, button, primary"
        .experiment=${experiment}
        .locale=${locale}
        @answered=${this.#focusButtons}
      ></ziffer-run-offer>
      <ziffer-notice
        .experiment=${experiment}
        .locale=${locale}
        only="train data worker entry"
      ></ziffer-notice>
      <ziffer-train-progress
        exportparts="keras"
        .experiment=${experiment}
        .locale=${locale}
      ></ziffer-train-progress>
      ${
        controls.hides('curves') || !turns.reached(1)
          ? null
          : html`<ziffer-curves
              exportparts="chart"
              .experiment=${experiment}
              .locale=${locale}
              .palette=${palette}
            ></ziffer-curves>`
      }
      ${
        controls.hides('figures') || !turns.reached(2)
          ? null
          : html`<ziffer-figures
              exportparts="figures, test-accuracy"
              .experiment=${experiment}
              .locale=${locale}
            ></ziffer-figures>`
      }
      ${
        controls.hides('sees') || !turns.reached(2)
          ? null
          : html`<ziffer-sees
              exportparts="sees"
              .experiment=${experiment}
              .locale=${locale}
              .palette=${palette}
            ></ziffer-sees>`
      }
    </section>`;
  }
}

define('ziffer-train', TrainPanel);
