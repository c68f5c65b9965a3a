// The model as Keras code beside the layer cards: what is typed changes the cards, and what the cards change is written into the
// code. Fetched when it is first shown.
import { css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { ZifferError } from '../../api/index.ts';
import { readKeras } from '../../keras_code/read_keras.ts';
import { scriptOf } from '../../keras_code/source.ts';
import type { KerasReading, Note } from '../../keras_code/types.ts';
import { inLanguage } from '../../locales/code_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { codeAfter } from '../plan/code_after.ts';
import { CodeEditor, type LineWords } from './editor.ts';

/** Between the last key and the reading. */
const PAUSE_MS = 350;

export class CodeView extends Panel<
  'busy' | 'code' | 'controls' | 'layers' | 'loss' | 'rewrite' | 'settings' | 'type'
> {
  static override styles = [
    controls,
    css`
      .frame {
        border: 1px solid var(--z-line);
        border-radius: 8px;
        overflow: hidden;
      }
      .frame:focus-within {
        overflow: visible;
      }
      p {
        margin-top: 6px;
      }
      .wrong {
        color: var(--z-bad);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Why the code as it stands is not taken. */
  @state() private wrong: readonly Note[] = [];
  #editor: CodeEditor | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The layers, settings and loss that the code says. */
  #said = '';
  /** What is typed meanwhile is not to be written over by what was typed before. */
  #taking = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#editor?.end();
    this.#editor = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override render() {
    const { t, f } = this;
    const { code } = t.model;
    const [first] = this.wrong;
    return html`<div class="frame" part="code"></div>
      <p class="muted small" id="leave">${this.experiment.busy ? t.model.locked : code.leave}</p>
      <p class="wrong small" role="status">
        ${first ? `${code.line(f, first.line)}: ${this.#words(first.reason)}. ${code.lastGood}` : null}
      </p>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.#editor) this.#begin();
    else if (!this.#taking && this.#state() !== this.#said) this.#follow();
    this.#editor?.allow(!this.experiment.busy && !this.experiment.controls.locks('layers'));
  }

  #begin(): void {
    this.#editor = new CodeEditor({
      parent: this.renderRoot.querySelector('.frame')!,
      root: this.shadowRoot!,
      text: '',
      label: this.t.model.code.label,
      described: 'leave',
      typed: () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#take(), PAUSE_MS);
      },
    });
    this.#follow();
    // The button that shows it stands above all the settings.
    this.scrollIntoView({ block: 'nearest' });
  }

  /** The cards, or what was opened, have changed. */
  #follow(): void {
    clearTimeout(this.#timer);
    const { code, layers, settings, loss } = this.experiment;
    const text = codeAfter(code && scriptOf(code.text), code?.model, { layers, settings, loss });
    this.#editor!.replace(text);
    // What was only shown so far stays nobody's own until something is typed.
    if (code) this.experiment.rewrite(text);
    this.#said = this.#state();
    this.#say(readKeras(text, code?.model === undefined ? {} : { model: code.model }));
  }

  /** What was typed becomes the model, or is said to be wrong at its line; the last good model stays. */
  async #take(): Promise<void> {
    const text = this.#editor!.text;
    const { code } = this.experiment;
    const own = { name: code?.name ?? null, text };
    const reading = readAny(text, code?.model);
    this.#say(reading);
    if (this.wrong.length > 0) return;
    const wanted = reading.name === code?.model ? { ...own, model: code.model } : own;
    this.#taking = true;
    try {
      await this.experiment.type(wanted);
      this.#said = this.#state();
    } catch (error) {
      if (!(error instanceof ZifferError)) throw error;
      const { line } = reading;
      this.#say({
        ...reading,
        unread: [{ line, text: '', reason: error.message, blocking: true }],
      });
    } finally {
      this.#taking = false;
    }
  }

  #say({ unread, hints }: Pick<KerasReading, 'unread' | 'hints'>): void {
    this.wrong = unread.filter((note) => note.blocking);
    const said: LineWords[] = [
      ...unread.map(({ line, reason, blocking }) => {
        return { line, text: this.#words(reason), wrong: blocking };
      }),
      ...hints.map(({ line, text, code }) => {
        return { line, text: this.#words(text, code), wrong: false };
      }),
    ];
    this.#editor!.say(said.sort((a, b) => a.line - b.line));
  }

  #words(text: string, hint?: string): string {
    return inLanguage(this.t.code, text, hint) ?? text;
  }

  #state(): string {
    const { code, layers, loss } = this.experiment;
    const { seed: _, threads: __, ...settings } = this.experiment.settings;
    return JSON.stringify([code?.model, layers, settings, loss]) + (code?.text.length ?? '');
  }
}

/** The model of this name, or, where it has gone, the usual one. */
function readAny(text: string, model: string | undefined): KerasReading {
  if (model === undefined) return readKeras(text);
  const all = readKeras(text);
  return all.models.some(({ name }) => name === model) ? readKeras(text, { model }) : all;
}

define('ziffer-code', CodeView);
