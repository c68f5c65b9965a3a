// What was read of a Keras script, and what was not: which of its models, words to its author, and the lines on which nothing
// depends. Fetched with the first script.
import { css, html } from 'lit';
import { inLanguage } from '../../locales/code_words.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { notKeptStyles } from '../kit/not_kept.ts';
import { Panel } from '../kit/panel.ts';
import type { CodeNote, CodeNotes } from '../plan/code_plan.ts';

export class ScriptNotes extends Panel<'busy' | 'code' | 'codeNotes' | 'controls' | 'openCode'> {
  static override styles = [
    controls,
    notKeptStyles,
    css`
      :host {
        display: block;
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin-block: 6px;
      }
      select {
        flex: 1 1 12em;
        max-width: 100%;
      }
      li code {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-family: var(--z-mono);
        font-size: 0.93em;
        color: var(--z-ink);
      }
      summary {
        min-height: 24px;
      }
    `,
  ];

  override render() {
    const { t, f } = this;
    const read = this.experiment.codeNotes;
    if (!read) return null;
    return html`<div class="lost muted small" part="code-notes">
      <span>${t.model.code.read(read.name ?? t.model.code.page)}</span>
      ${read.models.length > 1 ? this.#choice(read) : null}
      ${read.notes.length > 0 ? html`<ul>${read.notes.map((note) => this.#note(note))}</ul>` : null}
      ${
        read.skipped.length > 0
          ? html`<details>
              <summary>${t.model.code.skipped(f, read.skipped.length)}</summary>
              <ul>${read.skipped.map((note) => this.#note(note))}</ul>
            </details>`
          : null
      }
    </div>`;
  }

  #choice({ models, model }: CodeNotes) {
    const { t, f, experiment } = this;
    const { code } = t.model;
    return html`<div class="choice">
      <label for="which">${code.models(f, models.length)}</label>
      <select
        id="which"
        ?disabled=${experiment.busy || experiment.controls.locks('layers')}
        @change=${this.#chosen}
      >
        ${models.map(
          ({ name, line, cell }) => html`<option value=${name} ?selected=${name === model}>
            ${name} (${cell === undefined ? code.line(f, line) : code.cell(f, cell)})
          </option>`,
        )}
      </select>
    </div>`;
  }

  #note({ line, cell, text, hint, of }: CodeNote) {
    const { t, f } = this;
    const said = inLanguage(t.code, text, hint);
    const { code } = t.model;
    const where =
      line === null
        ? ''
        : `${cell === undefined ? '' : `${code.cell(f, cell)}, `}${code.line(f, line)}: `;
    return html`<li class=${hint ? 'hint' : ''}>
      ${where}<span lang=${said === null ? 'en' : t.code}>${said ?? text}</span>
      ${of ? html`<code lang="en">${of}</code>` : null}
    </li>`;
  }

  readonly #chosen = async (e: Event): Promise<void> => {
    const select = e.target as HTMLSelectElement;
    const { code, codeNotes } = this.experiment;
    if (!code) return;
    const taken = await this.experiment.openCode({ ...code, model: select.value }, 'drop');
    if (!taken && codeNotes) select.value = codeNotes.model;
  };
}

define('ziffer-script-notes', ScriptNotes);
