// The settings of the training, each with its allowed values and what it means.

import { css, html } from 'lit';
import type { OptimizerName } from '../../api/index.ts';
import { controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
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
import { NumberForm } from './number_form.ts';

export class SettingsForm extends NumberForm<'controls' | 'data' | 'set' | 'settings'> {
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

  override render() {
    const { t, f, experiment } = this;
    const { settings } = experiment;
    const s = t.model.settings;
    const cores = Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1);
    return html`<div class="grid" role="group" aria-label=${s.title} part="settings">
      ${this.#select(
        'optimizer',
        OPTIMIZERS.map((o) => [o, o]),
        (v) => experiment.set(usualOptimizer(v as OptimizerName)),
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
    const { t, f, experiment } = this;
    const { controls } = experiment;
    const attribute = attributeOf(name);
    if (controls.hidesSetting(attribute)) return null;
    const { min, max, integer } = LIMITS[name];
    const value = () => experiment.settings[name];
    const hint =
      name === 'trainCount'
        ? t.model.trainCountHint(f, experiment.data.total)
        : t.model.hints[name];
    return html`<label title=${hint ?? ''}>
      <span>${t.model.settings[name]}</span>
      ${this.number({
        name,
        label: t.model.settings[name],
        whole: integer,
        disabled: value() === null || controls.locksSetting(attribute),
        advice: integer ? t.model.invalidInt(f, min, max) : t.model.invalid(f, min, max),
        value,
        shown: () => (value() === null ? '–' : f.plain(value()!)),
        allows: (typed) => allowed(name, typed),
        take: (typed) => experiment.set({ [name]: typed }),
      })}
    </label>`;
  }
}

/** An attribute may say another number than those that are offered. */
function threadChoices(now: 'auto' | number): number[] {
  const usual = [1, 2, 4, 8];
  return now === 'auto' || usual.includes(now) ? usual : [...usual, now].sort((a, b) => a - b);
}

define('ziffer-settings', SettingsForm);
