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
  /** The fields whose text is no allowed value. */
  @state() private wrong: ReadonlySet<string> = new Set();

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
    return html`<input
      type="text"
      inputmode=${field.kind === 'integer' ? 'numeric' : 'decimal'}
      autocomplete="off"
      .value=${this.locale.f.plain(Number(value))}
      aria-invalid=${this.wrong.has(field.name)}
      @input=${(e: Event) => this.#typed(field, (e.target as HTMLInputElement).value)}
    />`;
  }

  /** Shapes and counts follow as one types. */
  #typed(field: Exclude<Field, { kind: 'choice' }>, text: string): void {
    const value = this.locale.f.parse(text);
    const fits =
      field.kind === 'integer'
        ? Number.isInteger(value) && value >= field.min && value <= field.max
        : value >= 0 && value < 1;
    const wrong = new Set(this.wrong);
    if (fits) wrong.delete(field.name);
    else wrong.add(field.name);
    this.wrong = wrong;
    if (fits && value !== fieldValue(this.spec, field.name)) this.change(field.name, value);
  }
}

define('ziffer-layer-fields', LayerFields);
