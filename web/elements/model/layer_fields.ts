// The fields of one layer, open in its card.

import { css, html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LayerSpec } from '../../api/index.ts';
import { type Locale, localeFor } from '../../locales/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { FIELDS, type Field, fieldValue } from '../plan/layer_list.ts';

export class LayerFields extends LitElement {
  static override styles = [
    controls,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(6.4em, 100%), 1fr));
        gap: 8px;
        align-items: end;
        padding: 4px 12px 12px;
      }
      label {
        color: var(--z-muted);
        font-size: 0.8em;
      }
      .error {
        margin: 3px 0 0;
        color: var(--z-bad);
      }
      input,
      select {
        padding-inline: 8px;
        color: var(--z-ink);
        font-size: 1.15em;
      }
    `,
  ];

  @property({ attribute: false }) locale: Locale = localeFor('en');
  @property({ attribute: false }) spec!: LayerSpec;
  @property({ attribute: false }) change: (name: string, value: string | number) => void = () => {};
  @property({ attribute: false }) discard: () => void = () => {};
  /** The fields whose text is no allowed value: what was typed. */
  @state() private wrong: ReadonlyMap<string, string> = new Map();

  override render() {
    const { t } = this.locale;
    return html`<div class="fields">
      ${FIELDS[this.spec.className].map((field) => {
        const name = t.model.fields[field.name];
        return html`<label>${name} ${this.#control(field)}</label>`;
      })}
      <button
        type="button"
        aria-label=${t.model.remove(this.spec.className)}
        @click=${() => this.discard()}
      >
        ${t.model.removeShort}
      </button>
    </div>`;
  }

  #right(name: string): void {
    const wrong = new Map(this.wrong);
    wrong.delete(name);
    this.wrong = wrong;
  }

  #control(field: Field) {
    const value = fieldValue(this.spec, field.name);
    if (field.kind === 'choice') {
      return html`<select
        @change=${(e: Event) => this.change(field.name, (e.target as HTMLSelectElement).value)}
      >
        ${field.choices.map(
          (choice) =>
            html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`,
        )}
      </select>`;
    }
    const shown = shownValue(this.spec, field.name, this.locale);
    const typed = this.wrong.get(field.name);
    return html`<input
      type="text"
      inputmode=${field.kind === 'integer' ? 'numeric' : 'decimal'}
      autocomplete="off"
      .value=${shown}
      aria-invalid=${this.wrong.has(field.name)}
      @input=${(e: Event) => this.#typed(field, (e.target as HTMLInputElement).value)}
      @change=${(e: Event) => {
        // What stands in a field is what trains.
        (e.target as HTMLInputElement).value = shownValue(this.spec, field.name, this.locale);
      }}
    />
    ${typed === undefined ? null : html`<p class="error" role="alert">${this.#advice(field, typed, shown)}</p>`}`;
  }

  #advice(field: Exclude<Field, { kind: 'choice' }>, typed: string, shown: string): string {
    const { t, f } = this.locale;
    const { model } = t;
    const advice =
      field.kind === 'integer'
        ? model.invalidInt(f, field.min, field.max)
        : model.invalid(f, 0, MAX_SHARE);
    return model.notTaken(typed, advice, shown);
  }

  /** Shapes and counts follow as one types. */
  #typed(field: Exclude<Field, { kind: 'choice' }>, text: string): void {
    if (text === shownValue(this.spec, field.name, this.locale)) {
      this.#right(field.name);
      return;
    }
    const whole = field.kind === 'integer';
    const value = this.locale.f.parse(text, whole);
    const fits = whole
      ? Number.isInteger(value) && value >= field.min && value <= field.max
      : value >= 0 && value <= MAX_SHARE;
    if (!fits) {
      this.wrong = new Map(this.wrong).set(field.name, text);
      return;
    }
    this.#right(field.name);
    if (isPair(this.spec, field.name) || value !== fieldValue(this.spec, field.name))
      this.change(field.name, value);
  }
}

/** Below 1, which would drop everything. */
const MAX_SHARE = 0.99;

function isPair(spec: LayerSpec, name: string): boolean {
  return Array.isArray((spec.config as Record<string, unknown>)[name]);
}

/** A kernel that is no square is shown with both its sides. */
function shownValue(spec: LayerSpec, name: string, { f }: Locale): string {
  const value = (spec.config as Record<string, unknown>)[name];
  if (Array.isArray(value) && value[0] !== value[1])
    return value.map((n) => f.plain(n)).join(' × ');
  return f.plain(Number(fieldValue(spec, name)));
}

define('ziffer-layer-fields', LayerFields);
