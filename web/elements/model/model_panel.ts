// Model: the layer cards, the settings, and the model as Keras's summary and as Keras code.

import { css, html } from 'lit';
import { query, state } from 'lit/decorators.js';
import { part } from '../../platform/parts.ts';
import { card, controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { notKeptList, notKeptStyles } from '../kit/not_kept.ts';
import { kerasCode } from '../plan/keras_code.ts';
import './layer_cards.ts';
import { Panel } from '../kit/panel.ts';
import './settings_form.ts';
import '../kit/text_dialog.ts';
import type { TextDialog } from '../kit/text_dialog.ts';
import { Turns } from '../kit/turns.ts';

export class ModelPanel extends Panel<
  | 'blueprint'
  | 'busy'
  | 'code'
  | 'codeNotes'
  | 'controls'
  | 'layers'
  | 'loss'
  | 'notKept'
  | 'openCode'
  | 'report'
  | 'rewrite'
  | 'settings'
  | 'type'
> {
  static override styles = [
    controlStyles,
    card,
    notKeptStyles,
    css`
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
      .total {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 14px;
        font-size: 0.94em;
      }
      .total button {
        padding-inline: 2px;
      }
      @container (min-width: 600px) {
        .halves {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: 24px;
          align-items: start;
        }
      }
      .halves {
        display: grid;
        gap: 14px;
      }
    `,
  ];

  @state() private heading = '';
  @state() private text = '';
  @state() private coding = false;
  @query('ziffer-text-dialog') private dialog!: TextDialog;

  readonly #turns = new Turns(this, 1);

  protected override get prose() {
    return true;
  }

  override render() {
    const { t, f, experiment, locale } = this;
    const { blueprint, busy, controls } = experiment;
    return html`<section class="stack" role="group" aria-labelledby="title">
      <h2 id="title" part="title">${t.model.title}</h2>
      <div class="halves">
        <div class="stack">
          ${
            controls.hides('layers')
              ? null
              : html`<ziffer-layer-cards
                  exportparts="layers, layer"
                  .experiment=${experiment}
                  .locale=${locale}
                ></ziffer-layer-cards>`
          }
          ${notKeptList(experiment.notKept, locale)} ${this.#notes()}
          <p class="total">
            <span>
              <strong class="notranslate" translate="no">${blueprint ? f.int(blueprint.parameterCount) : '–'}</strong>
              <span class="muted">${t.model.parameters}</span>
            </span>
            ${controls.hides('summary') ? null : this.#texts()}
          </p>
        </div>
        ${
          controls.hides('settings') || !this.#turns.reached(1)
            ? null
            : html`<div class="stack">
                <ziffer-settings
                  exportparts="settings, input"
                  .experiment=${experiment}
                  .locale=${locale}
                ></ziffer-settings>
                ${busy ? html`<p class="muted small">${t.model.locked}</p>` : null}
              </div>`
        }
      </div>
      ${this.coding && !controls.hides('layers') ? this.#code() : null}
      <ziffer-text-dialog .locale=${locale} .heading=${this.heading} .text=${this.text}></ziffer-text-dialog>
    </section>`;
  }

  #code() {
    void part('the code view', () => import('../code/code_view.ts')).catch((error) => {
      this.coding = false;
      this.experiment.report('part', error, () => {
        this.coding = true;
      });
    });
    return html`<ziffer-code
      id="code"
      exportparts="code"
      .experiment=${this.experiment}
      .locale=${this.locale}
    ></ziffer-code>`;
  }

  #notes() {
    if (!this.experiment.codeNotes) return null;
    void part('the notes of what was read', () => import('./code_notes.ts')).catch(() => {});
    return html`<ziffer-script-notes
      exportparts="code-notes"
      .experiment=${this.experiment}
      .locale=${this.locale}
    ></ziffer-script-notes>`;
  }

  #texts() {
    const { t, experiment } = this;
    const { blueprint, layers, settings } = experiment;
    return html`<button
        type="button"
        class="link"
        ?disabled=${!blueprint}
        @click=${() => this.#show(t.model.summaryTitle, blueprint?.summary() ?? '')}
      >
        ${t.model.summary}
      </button>
      <button
        type="button"
        class="link"
        @click=${() => this.#show(t.model.kerasTitle, kerasCode(layers, settings, experiment.loss))}
      >
        ${t.model.keras}
      </button>
      ${
        this.experiment.controls.hides('layers')
          ? null
          : html`<button
              type="button"
              class="link"
              aria-expanded=${this.coding}
              @click=${() => {
                this.coding = !this.coding;
              }}
            >
              ${t.model.code.show}
            </button>`
      }`;
  }

  #show(heading: string, text: string): void {
    this.heading = heading;
    this.text = text;
    this.dialog.show();
  }
}

define('ziffer-model', ModelPanel);
