// Train: the controls, how far it is, the curves, the figures, and what the network sees.
import { css, html } from 'lit';
import { card, controls } from './controls.ts';
import './curves_view.ts';
import './figures.ts';
import './notice.ts';
import { Panel } from './panel.ts';
import './sees_view.ts';
import './train_controls.ts';
import './train_progress.ts';

export class TrainPanel extends Panel {
  static override styles = [
    controls,
    card,
    css`
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      .top {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
      }
      ziffer-figures,
      ziffer-sees:not(:empty) {
        padding-top: 16px;
        border-top: 1px solid var(--z-line);
      }
      ziffer-sees {
        padding-top: 16px;
        border-top: 1px solid var(--z-line);
      }
    `,
  ];

  override render() {
    const { t, experiment, locale, palette } = this;
    return html`<section class="stack" aria-labelledby="title">
      <h2 id="title" part="title">${t.train.title}</h2>
      <div class="top">
        <ziffer-train-controls
          class="own"
          part="controls"
          exportparts="button, primary"
          .experiment=${experiment}
          .locale=${locale}
        ></ziffer-train-controls>
        <ziffer-notice .experiment=${experiment} .locale=${locale} only="train data worker"></ziffer-notice>
        <ziffer-train-progress
          exportparts="status, keras"
          .experiment=${experiment}
          .locale=${locale}
        ></ziffer-train-progress>
      </div>
      <ziffer-curves
        exportparts="chart"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-curves>
      <ziffer-figures exportparts="figures, test-accuracy" .experiment=${experiment} .locale=${locale}></ziffer-figures>
      <ziffer-sees
        exportparts="sees"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-sees>
    </section>`;
  }
}

customElements.define('ziffer-train', TrainPanel);
