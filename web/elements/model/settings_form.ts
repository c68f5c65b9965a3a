// The settings of the training, each with its allowed values and what it means.

import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { OptimizerName } from '../../api/index.ts';
import { controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { attributeOf } from '../plan/setting_texts.ts';
import {
  allowed,
  DETAILS_OF,
  LIMITS,
  MAX_THREADS,
  type NumberSetting,
  OPTIMIZERS,
  usualOptimizer,
} from '../plan/settings.ts';

export class SettingsForm extends Panel {
  static override styles = [
    controlStyles,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(7.8em, 100%), 1fr));
        gap: 10px 12px;
      }
      label {
        display: block;
        min-width: 0;
        font-size: 0.87em;
        color: var(--z-muted);
      }
      label > span {
        display: block;
        margin-bottom: 3px;
      }
      input,
      select {
        color: var(--z-ink);
        font-size: 1.08em;
      }
      label.check {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
        color: var(--z-ink);
      }
      label.check span {
        margin: 0;
      }
      .checks {
        display: grid;
        gap: 4px;
        grid-column: 1 / -1;
      }
      .error {
        margin-top: 3px;
        color: var(--z-bad);
        font-size: 0.92em;
      }
      @media (pointer: coarse) {
        label.check {
          min-height: 44px;
        }
      }
    `,
  ];

  /** Fields whose text is no allowed value: what was typed. */
  @state() private wrong: Partial<Record<NumberSetting, string>> = {};

  override render() {
    const { t, f, experiment } = this;
    const { settings } = experiment;
    const s = t.model.settings;
    const cores = Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1);
    return html`<div class="grid" role="group" aria-label=${s.title} part="settings">
      ${this.#select(
        'optimizer',
        OPTIMIZERS.map((o) => [o, o]),
        (v) => {
          experiment.set(usualOptimizer(v as OptimizerName));
          this.wrong = {};
        },
      )}
      ${this.#number('learningRate')}
      ${DETAILS_OF[settings.optimizer].map((name) => this.#number(name))}
      ${this.#number('batchSize')} ${this.#number('epochs')} ${this.#number('validationSplit')}
      ${this.#number('patience')} ${this.#number('seed')}
      ${this.#select(
        'threads',
        [
          ['auto', t.model.autoThreads(f, cores)] as const,
          ...threadChoices(settings.threads).map((n) => [String(n), f.int(n)] as const),
        ],
        (v) => experiment.set({ threads: v === 'auto' ? 'auto' : Number(v) }),
      )}
      ${this.#number('trainCount')}
      <div class="checks">
        ${
          settings.optimizer === 'sgd'
            ? this.#check(
                'nesterov',
                settings.nesterov,
                (nesterov) => experiment.set({ nesterov }),
                settings.momentum === 0,
              )
            : null
        }
        ${this.#check('patience', settings.patience !== null, (stops) =>
          experiment.set({ patience: stops ? 2 : null }),
        )}
        ${this.#check('checkpoint', settings.checkpoint, (checkpoint) =>
          experiment.set({ checkpoint }),
        )}
      </div>
    </div>`;
  }

  #check(
    name: 'nesterov' | 'patience' | 'checkpoint',
    checked: boolean,
    set: (checked: boolean) => void,
    disabled = false,
  ) {
    const { controls } = this.experiment;
    const { hints, settings } = this.t.model;
    if (controls.hidesSetting(name)) return null;
    return html`<label class="check" title=${hints[name] ?? ''}>
      <input
        type="checkbox"
        .checked=${checked}
        ?disabled=${disabled || controls.locksSetting(name)}
        @change=${(e: Event) => set((e.target as HTMLInputElement).checked)}
      />
      <span>${name === 'patience' ? settings.earlyStopping : settings[name]}</span>
    </label>`;
  }

  #select(
    name: 'optimizer' | 'threads',
    options: readonly (readonly [string, string])[],
    set: (value: string) => void,
  ) {
    const { controls, settings } = this.experiment;
    if (controls.hidesSetting(name)) return null;
    const value = String(settings[name]);
    return html`<label title=${this.t.model.hints[name] ?? ''}>
      <span>${this.t.model.settings[name]}</span>
      <select
        part="input"
        ?disabled=${controls.locksSetting(name)}
        @change=${(e: Event) => set((e.target as HTMLSelectElement).value)}
      >
        ${options.map(
          ([v, text]) => html`<option value=${v} ?selected=${v === value}>${text}</option>`,
        )}
      </select>
    </label>`;
  }

  #number(name: NumberSetting) {
    const { t, f } = this;
    const { controls, settings } = this.experiment;
    const attribute = attributeOf(name);
    if (controls.hidesSetting(attribute)) return null;
    const value = settings[name];
    const typed = this.wrong[name];
    const shown = value === null ? '–' : f.plain(value);
    const { min, max, integer } = LIMITS[name];
    const advice = integer ? t.model.invalidInt(f, min, max) : t.model.invalid(f, min, max);
    return html`<label title=${t.model.hints[name] ?? ''}>
      <span>${t.model.settings[name]}</span>
      <input
        part="input"
        type="text"
        inputmode=${integer ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        ?disabled=${value === null || controls.locksSetting(attribute)}
        .value=${live(shown)}
        aria-invalid=${typed !== undefined}
        @change=${(e: Event) => this.#typed(name, e.target as HTMLInputElement)}
      />
      ${typed === undefined ? null : html`<p class="error" role="alert">${t.model.notTaken(typed, advice, shown)}</p>`}
    </label>`;
  }

  /** What stands in a field is what trains: what is not allowed goes, and the field says why. */
  #typed(name: NumberSetting, input: HTMLInputElement): void {
    const text = input.value;
    const value = this.f.parse(text, LIMITS[name].integer);
    if (!allowed(name, value)) {
      this.wrong = { ...this.wrong, [name]: text };
      return;
    }
    const { [name]: _, ...rest } = this.wrong;
    this.wrong = rest;
    this.experiment.set({ [name]: value });
    // The same number in another form ("0,10") is shown in its own again.
    this.requestUpdate();
  }
}

/** An attribute may say another number than those that are offered. */
function threadChoices(now: 'auto' | number): number[] {
  const usual = [1, 2, 4, 8];
  return now === 'auto' || usual.includes(now) ? usual : [...usual, now].sort((a, b) => a - b);
}

define('ziffer-settings', SettingsForm);
