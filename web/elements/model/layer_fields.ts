// The fields of one layer, open in its card.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { LayerSpec } from '../../api/index.ts';
import type { Locale } from '../../locales/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { FIELDS, type Field, fieldValue } from '../plan/layer_list.ts';
import { NumberForm } from './number_form.ts';

export class LayerFields extends NumberForm<'layers'> {
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

  @property({ attribute: false }) spec!: LayerSpec;
  @property({ attribute: false }) change: (name: string, value: string | number) => void = () => {};
  @property({ attribute: false }) discard: () => void = () => {};
  /** Shapes and counts follow. */
  protected override readonly asTyped = true;

  override render() {
    const { t } = this;
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

  /** What is typed into the card of a layer that has gone is of no more meaning. */
  override settle(): string | null {
    return this.experiment.layers.includes(this.spec) ? super.settle() : null;
  }

  #control(field: Field) {
    const value = fieldValue(this.spec, field.name);
    if (field.kind !== 'choice') return this.#number(field);
    return html`<select
      @change=${(e: Event) => this.change(field.name, (e.target as HTMLSelectElement).value)}
    >
      ${field.choices.map(
        (choice) => html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`,
      )}
    </select>`;
  }

  #number(field: Exclude<Field, { kind: 'choice' }>) {
    const { name } = field;
    const { t, f } = this;
    const whole = field.kind === 'integer';
    const { min, max } = field;
    const value = () => Number(fieldValue(this.spec, name));
    return this.number({
      name,
      label: t.model.fields[name] ?? name,
      whole,
      disabled: false,
      advice: whole ? t.model.invalidInt(f, min, max) : t.model.invalid(f, min, max),
      value,
      shown: () => shownValue(this.spec, name, this.locale),
      allows: (typed) => typed >= min && typed <= max && (!whole || Number.isInteger(typed)),
      take: (typed) => {
        if (isPair(this.spec, name) || typed !== value()) this.change(name, typed);
      },
    });
  }
}

function isPair(spec: LayerSpec, name: string): boolean {
  return Array.isArray((spec.config as Record<string, unknown>)[name]);
}

/** A kernel that is no square is shown with both its sides, and so are four sides that differ. */
function shownValue(spec: LayerSpec, name: string, { f }: Locale): string {
  const value = (spec.config as Record<string, unknown>)[name];
  const all = ([value] as readonly unknown[]).flat(2) as number[];
  if (new Set(all).size > 1) {
    const between = FIELDS[spec.className].find((field) => field.name === name)?.kind;
    return all.map((n) => f.plain(n)).join(between === 'interval' ? ' … ' : ' × ');
  }
  return f.plain(Number(fieldValue(spec, name)));
}

define('ziffer-layer-fields', LayerFields);
