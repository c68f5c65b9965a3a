// Your digits: what is drawn on the pad gets its label and is kept in this browser, is asked for, tested, trained with and handed on.

import { css, html } from 'lit';
import { query, state } from 'lit/decorators.js';
import { digitsText, type OwnDigit, readDigits } from '../experiment/digit_file.ts';
import { ASKED, type OwnDigits, TIMES } from '../experiment/own_digits.ts';
import { meantStrokes } from '../experiment/stray.ts';
import { asZifferError } from '../experiment/trouble.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { saveFile } from '../kit/save_file.ts';
import { Observe } from '../observable/observe.ts';
import './digit_sheet.ts';
import './own_results.ts';
import { idxFiles } from './idx_files.ts';
import { labOf } from './lab_of.ts';

const LABELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Milliseconds that the pen rests before the digit that was asked for counts as written. */
const REST = 1_200;

export class DigitsPanel extends Panel<
  'data' | 'digit' | 'evaluation' | 'model' | 'nameOf' | 'own'
> {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 18px;
      }
      section {
        display: grid;
        gap: 10px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .labels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(44px, 1fr));
        max-width: 640px;
      }
      @container (max-width: 520px) {
        .labels {
          grid-template-columns: repeat(5, 1fr);
        }
      }
      .labels button {
        min-height: 44px;
        padding: 0;
        font-size: 1.1em;
      }
      /* The button's name says it in words. */
      .labels small::after {
        content: attr(data-count);
        display: block;
        color: var(--z-muted);
        font-size: 0.7em;
      }
      .asked {
        margin: 0;
        font-size: 1.3em;
      }
      .asked strong {
        font-size: 1.8em;
      }
      .error {
        color: var(--z-bad);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private error = '';
  @state() private said = '';
  @query('input[type=file]') private files!: HTMLInputElement;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #revision = -1;
  #lab: Element | null = null;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.own);
    new Observe(this, () => this.experiment?.digit);
  }

  private get own(): OwnDigits {
    return this.experiment.own;
  }

  protected override get prose() {
    return true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#lab = labOf(this);
    this.#lab.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#lab?.removeEventListener('keydown', this.#key);
    clearTimeout(this.#resting);
  }

  protected override firstUpdated(): void {
    void this.own.look();
    this.addEventListener('dragover', this.#over);
    this.addEventListener('drop', this.#drop);
  }

  protected override updated(): void {
    const { digit } = this.experiment;
    if (digit.revision === this.#revision) return;
    this.#revision = digit.revision;
    clearTimeout(this.#resting);
    if (this.own.asked === null || digit.source !== 'ink') return;
    this.#resting = setTimeout(() => this.#label(this.own.asked), REST);
  }

  override render() {
    const { t, own } = this;
    const words = t.digits;
    const counts = own.byLabel;
    const ready = this.experiment.digit.source === 'ink';
    return html`<section>
        <p class="muted small">${words.about}</p>
        ${own.asked === null ? null : html`<p class="asked" role="status">${words.write} <strong>${own.asked}</strong></p>`}
        <div class="row labels" role="group" aria-label=${words.label}>
          ${LABELS.map(
            (label) => html`<button
              type="button"
              aria-disabled=${!ready}
              aria-label=${words.isA(label, counts[label]!)}
              @click=${() => this.#label(label)}
            >
              ${label}<small data-count=${counts[label]!}></small>
            </button>`,
          )}
        </div>
        <p class="muted small">${words.labelHint}</p>
        <div class="row">${this.#asking()} ${this.#mixing()}</div>
        <p class="hush" aria-live="polite">${this.said}</p>
      </section>
      ${
        own.list.length === 0
          ? null
          : html`<ziffer-own-results .experiment=${this.experiment} .locale=${this.locale} .palette=${this.palette}></ziffer-own-results>
              <ziffer-digit-sheet .experiment=${this.experiment} .locale=${this.locale}></ziffer-digit-sheet>`
      }
      <section>
        <div class="row">${this.#handing()}</div>
        <input type="file" hidden multiple accept=".json,application/json" aria-label=${words.open} @change=${this.#chosen} />
        ${this.error ? html`<p class="error notranslate" translate="no" role="alert">${this.error}</p>` : null}
      </section>`;
  }

  #asking() {
    const { digits } = this.t;
    const { own } = this;
    const asking = own.asked !== null;
    return html`<button type="button" aria-pressed=${asking} @click=${() => (asking ? own.endAsking() : own.ask())}>
      ${asking ? digits.stopAsking : digits.ask(ASKED)}
    </button>`;
  }

  #mixing() {
    const { digits } = this.t;
    const { own } = this;
    return html`<label class="small">
      ${digits.mix}
      <select @change=${(e: Event) => own.mix(TIMES[(e.target as HTMLSelectElement).selectedIndex]!)}>
        ${TIMES.map((times) => html`<option ?selected=${times === own.times}>${digits.times(times)}</option>`)}
      </select>
    </label>`;
  }

  #handing() {
    const { digits } = this.t;
    const { list } = this.own;
    const open = html`<button type="button" @click=${() => this.files.click()}>${digits.open}</button>`;
    if (list.length === 0) return open;
    return html`<button type="button" @click=${() => this.#save(list)}>${digits.save}</button>
      <button type="button" @click=${() => this.#saveIdx(list)}>${digits.saveIdx}</button>
      ${open}
      <button type="button" class="quiet" @click=${this.#clear}>${digits.clear}</button>`;
  }

  /** What is on the pad is this digit; the pad is free for the next. */
  #label(label: number | null): void {
    const { digit } = this.experiment;
    clearTimeout(this.#resting);
    if (label === null || digit.source !== 'ink') return;
    this.own.add(label, meantStrokes(digit.strokes));
    digit.clear();
    if (this.own.asked !== null) this.own.ask();
    this.said = this.t.digits.kept(label, this.own.list.length);
  }

  /** A digit's key names what was drawn, also where keys are else the page's: digits turn no slides. */
  readonly #key = (event: Event): void => {
    const e = event as KeyboardEvent;
    if (e.ctrlKey || e.metaKey || e.altKey || !/^\d$/.test(e.key)) return;
    const at = e.composedPath()[0] as HTMLElement;
    if (at.isContentEditable || at.matches('input, textarea, select')) return;
    if (this.experiment.digit.source !== 'ink') return;
    e.preventDefault();
    this.#label(Number(e.key));
  };

  readonly #clear = (): void => {
    if (confirm(this.t.digits.clearAll(this.own.list.length))) this.own.clear();
  };

  #save(list: readonly OwnDigit[]): void {
    saveFile(new Blob([digitsText(list)], { type: 'application/json' }), 'digits.json', this);
  }

  async #saveIdx(list: readonly OwnDigit[]): Promise<void> {
    for (const { name, blob } of await idxFiles(list)) saveFile(blob, name, this);
  }

  readonly #chosen = (): void => {
    const files = [...(this.files.files ?? [])];
    this.files.value = '';
    void this.#read(files);
  };

  readonly #over = (e: DragEvent): void => {
    if (e.dataTransfer?.types.includes('Files')) e.preventDefault();
  };

  readonly #drop = (e: DragEvent): void => {
    const files = [...(e.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    e.preventDefault();
    e.stopPropagation();
    void this.#read(files);
  };

  /** All that can be read; what cannot is named. */
  async #read(files: readonly File[]): Promise<void> {
    const read = await Promise.allSettled(files.map(readDigits));
    this.own.join(read.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
    const failed = read.flatMap((one) =>
      one.status === 'rejected' ? [asZifferError(one.reason).message] : [],
    );
    this.error = failed.join(' ');
  }
}

define('ziffer-digits', DigitsPanel);
