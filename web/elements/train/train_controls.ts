// The buttons of the training: one that says what it will do, and step, stop, reset. In the Train panel, and on a narrow
// screen in a bar at the thumb.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { missedInTraining, notKeptList, notKeptStyles, together } from '../kit/not_kept.ts';
import { Panel } from '../kit/panel.ts';

interface Act {
  readonly text: string;
  readonly act: (() => void) | false;
  readonly hint: string;
}

export class TrainControls extends Panel<
  | 'busy'
  | 'controls'
  | 'layersError'
  | 'notKept'
  | 'offersTrainOn'
  | 'origin'
  | 'pause'
  | 'phase'
  | 'reset'
  | 'settings'
  | 'start'
  | 'stepOnce'
  | 'stop'
  | 'trainOn'
> {
  static override shadowRootOptions = { ...Panel.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    controlStyles,
    notKeptStyles,
    css`
      .buttons {
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
        min-width: 0;
      }
      :host([compact]) .buttons {
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
      /* Four do not fit side by side on the narrowest screens. */
      @container (max-width: 359px) {
        :host([compact]) .four {
          display: grid;
          grid-template-columns: 1fr 1fr;
        }
      }
      .lost {
        margin-top: 8px;
      }
      :host([compact]) .lost {
        margin: 0 0 4px;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  /** In the bar at the thumb, where a line is all there is room for. */
  @property({ type: Boolean, reflect: true }) compact = false;

  override render() {
    const { t, experiment } = this;
    const { controls, phase } = experiment;
    const [first, second] = this.#acts();
    const stepping = phase !== 'testing' && phase !== 'preparing' && !experiment.layersError;
    return html`${this.compact ? this.#lost() : null}
      <div role="group" class="buttons ${second ? 'four' : ''}" aria-label=${t.train.title}>
      ${this.#primary(first)}
      ${second ? this.#button(second.text, second.act, second.hint) : null}
      ${
        controls.hides('step')
          ? null
          : this.#button(t.train.step, stepping && (() => experiment.stepOnce()), t.train.stepHint)
      }
      ${
        experiment.busy
          ? this.#button(t.train.stop, () => experiment.stop())
          : controls.hides('reset')
            ? null
            : this.#button(t.train.reset, () => experiment.reset(), t.train.resetHint)
      }
    </div>
    ${this.compact ? null : this.#lost()}`;
  }

  /** While a file's model is what trains, or would: in what its training is another one than the file's. */
  #lost() {
    const { experiment, locale, t } = this;
    if (!experiment.offersTrainOn && !experiment.busy) return null;
    const lost = missedInTraining(experiment.notKept);
    if (!this.compact) return notKeptList(lost, locale);
    if (lost.length === 0) return null;
    const lines = together(lost).map(({ what, layer, name }) => t.model.notKept[what](layer, name));
    const text = `${t.model.notKept.title} ${lines.join('; ')}`;
    return html`<p class="lost muted small" part="not-kept" title=${text}>${text}</p>`;
  }

  /** What a training can begin with, first what one would mostly want: no first press throws away what a file has learned. */
  #acts(): [Act, Act?] {
    const { t, f, experiment } = this;
    const { phase, settings } = experiment;
    const ready = phase !== 'testing' && !experiment.layersError;
    const start = ready && (() => this.#begin(() => experiment.start()));
    const text = phase === 'finished' ? t.train.again : t.train.train;
    if (!experiment.offersTrainOn) return [{ text, act: start, hint: '' }];
    const trainOn = () => this.#begin(() => experiment.trainOn());
    const on = { text: t.train.on, act: trainOn, hint: t.train.onHint(f, settings.epochs) };
    return experiment.origin === 'opened'
      ? [on, { text: t.train.anew, act: start, hint: t.train.anewHint }]
      : [{ text, act: start, hint: '' }, on];
  }

  /** The second button goes with the press: who pressed it with the keyboard is on the first one then. */
  #begin(act: () => Promise<void>): void {
    this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
    void act();
  }

  #primary({ text, act, hint }: Act) {
    const { t, experiment } = this;
    switch (experiment.phase) {
      case 'preparing':
        return this.#button(t.train.loadingButton, false, '', 'primary');
      case 'training':
        return this.#button(t.train.pause, () => experiment.pause(), '', 'primary');
      case 'paused':
        return this.#button(t.train.resume, () => experiment.start(), '', 'primary');
      default:
        return this.#button(text, act, hint, 'primary');
    }
  }

  /** Without an act it stays focusable: who pressed it with the keyboard is still there when it is of use again. */
  #button(text: string, act: (() => void) | false, hint = '', kind = '') {
    return html`<button
      type="button"
      class=${kind}
      part="button ${kind}"
      title=${hint}
      aria-disabled=${!act}
      @click=${act || null}
    >
      ${text}
    </button>`;
  }
}

define('ziffer-train-controls', TrainControls);
