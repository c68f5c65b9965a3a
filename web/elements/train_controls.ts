// The buttons of the training: one that says what it will do, and step, stop, reset. In the Train panel, and on a narrow
// screen in a bar at the thumb.
import { css, html } from 'lit';
import { controls } from './controls.ts';
import { Panel } from './panel.ts';

export class TrainControls extends Panel {
  static override styles = [
    controls,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      button {
        min-height: 40px;
      }
      .primary {
        min-width: 9em;
        padding-inline: 20px;
        font-size: 1em;
      }
      :host([compact]) {
        flex: 1;
      }
      :host([compact]) div {
        flex-wrap: nowrap;
      }
      :host([compact]) button {
        flex: 0 1 auto;
        padding-inline: 12px;
      }
      :host([compact]) .primary {
        flex: 1 1 auto;
        min-width: 0;
        max-width: 16em;
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  override render() {
    const { t, experiment } = this;
    const { phase } = experiment;
    const runs = phase === 'training' || phase === 'paused' || phase === 'preparing';
    return html`<div role="group" aria-label=${t.train.title}>
      ${this.#primary()}
      <button
        type="button"
        part="button"
        title=${t.train.stepHint}
        ?disabled=${phase === 'testing' || phase === 'preparing' || !!experiment.layersError}
        @click=${() => experiment.stepOnce()}
      >
        ${t.train.step}
      </button>
      ${
        runs
          ? html`<button type="button" part="button" @click=${() => experiment.stop()}>
              ${t.train.stop}
            </button>`
          : html`<button
              type="button"
              part="button"
              title=${t.train.resetHint}
              ?disabled=${phase === 'testing'}
              @click=${() => experiment.reset()}
            >
              ${t.train.reset}
            </button>`
      }
    </div>`;
  }

  #primary() {
    const { t, experiment } = this;
    const { phase } = experiment;
    if (phase === 'training') {
      return this.#button(t.train.pause, () => experiment.pause());
    }
    if (phase === 'paused') return this.#button(t.train.resume, () => experiment.start());
    if (phase === 'preparing') return this.#button(t.train.loadingButton, null);
    const text = phase === 'finished' ? t.train.again : t.train.train;
    const blocked = phase === 'testing' || experiment.layersError;
    return this.#button(text, blocked ? null : () => experiment.start());
  }

  #button(text: string, act: (() => void) | null) {
    return html`<button
      type="button"
      class="primary"
      part="button primary"
      ?disabled=${act === null}
      @click=${() => act?.()}
    >
      ${text}
    </button>`;
  }
}

customElements.define('ziffer-train-controls', TrainControls);
