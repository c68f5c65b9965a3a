// Fields for numbers. What stands in one is what trains: a text that is no allowed value stays, says its error, and no training begins
// until it is corrected.
import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Entries } from '../experiment/entries.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { Panel } from '../kit/panel.ts';

export interface NumberField {
  readonly name: string;
  /** What a screen reader calls it; the error would otherwise become part of its name. */
  readonly label: string;
  readonly whole: boolean;
  readonly disabled: boolean;
  /** Which values are allowed, in the visitor's language. */
  readonly advice: string;
  /** The value in force; null where there is none. */
  value(): number | null;
  /** As it is written. */
  shown(): string;
  allows(value: number): boolean;
  take(value: number): void;
}

/** What somebody has typed, and the value that was in force then: where another has come since, the text is of no more meaning. */
interface Draft {
  readonly text: string;
  readonly value: number | null;
  readonly refused: boolean;
}

/** What every such form looks at; `Seen`: what one of them looks at besides. */
export abstract class NumberForm<Seen extends keyof Experiment = never>
  extends Panel<Seen | 'corrected' | 'entries'>
  implements Entries
{
  @state() private drafts: ReadonlyMap<string, Draft> = new Map();
  /** Those that are rendered. */
  readonly #fields = new Map<string, NumberField>();
  #joined: Set<Entries> | null = null;

  /** Whether a value is taken key by key; otherwise when the field is left. */
  protected readonly asTyped: boolean = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#join();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#join();
    this.experiment?.corrected();
  }

  protected override willUpdate(): void {
    this.#join();
    this.#fields.clear();
  }

  protected override updated(): void {
    // A field that went takes its text with it.
    const standing = [...this.drafts].filter(([name]) => this.#draft(this.#fields.get(name)));
    if (standing.length < this.drafts.size) this.#stand(new Map(standing));
  }

  settle(): string | null {
    for (const field of this.#fields.values()) {
      const draft = this.#draft(field);
      if (!draft || this.#typed(field, draft.text, true)) continue;
      const input = this.renderRoot.querySelector<HTMLInputElement>(`input[name=${field.name}]`);
      input?.focus();
      return `${field.name}: expected ${field.advice}, got "${draft.text}".`;
    }
    return null;
  }

  protected number(field: NumberField) {
    this.#fields.set(field.name, field);
    const draft = this.#draft(field);
    const refused = draft?.refused ?? false;
    const typed = (whole: boolean) => (e: Event) => {
      this.#typed(field, (e.target as HTMLInputElement).value, whole);
    };
    return html`<input
        part="input"
        type="text"
        name=${field.name}
        aria-label=${field.label}
        aria-describedby=${refused ? `${field.name}-error` : nothing}
        inputmode=${field.whole ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        ?disabled=${field.disabled}
        .value=${live(draft?.text ?? field.shown())}
        aria-invalid=${refused}
        @input=${typed(false)}
        @change=${typed(true)}
      />
      ${refused ? html`<p class="error" role="alert" id="${field.name}-error">${this.t.model.notTaken(draft!.text, field.advice)}</p>` : null}`;
  }

  /** Whether the text is a value that is in force now. `left`: it is complete. */
  #typed(field: NumberField, text: string, left: boolean): boolean {
    const { name } = field;
    const before = this.#draft(field);
    const same = text === field.shown();
    const value = same ? field.value() : this.f.parse(text, field.whole);
    const right = same || (value !== null && field.allows(value));
    const now = right && !same && (left || this.asTyped);
    if (now) field.take(value!);
    const drafts = new Map(this.drafts);
    if (right && left) drafts.delete(name);
    else {
      // While a number is being typed, its beginnings are no mistake; one that was refused says so until it is right.
      const refused = !right && (left || this.asTyped || (before?.refused ?? false));
      drafts.set(name, { text, value: now ? value : field.value(), refused });
    }
    this.#stand(drafts);
    return right;
  }

  #stand(drafts: ReadonlyMap<string, Draft>): void {
    const refusing = (some: ReadonlyMap<string, Draft>) =>
      [...some.values()].some(({ refused }) => refused);
    const corrected = refusing(this.drafts) && !refusing(drafts);
    this.drafts = drafts;
    if (corrected) this.experiment.corrected();
  }

  #draft(field: NumberField | undefined): Draft | null {
    const draft = field && !field.disabled ? this.drafts.get(field.name) : undefined;
    return draft && draft.value === field!.value() ? draft : null;
  }

  #join(): void {
    const entries = this.isConnected ? (this.experiment?.entries ?? null) : null;
    if (entries === this.#joined) return;
    this.#joined?.delete(this);
    entries?.add(this);
    this.#joined = entries;
  }
}
