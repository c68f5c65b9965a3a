// What was read of a Keras script, and what was not: words to its author, and the lines on which nothing depends.
import { html, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/index.ts';
import type { CodeNote, CodeNotes } from '../plan/code_plan.ts';

/** Nothing where no script was read. Looks as `notKeptStyles` say. */
export function codeNotes(read: CodeNotes | null, { t, f }: Locale): TemplateResult | null {
  if (!read) return null;
  const line = ({ line, text }: CodeNote) =>
    html`<li lang="en">${line === null ? text : `${t.model.code.line(f, line)}: ${text}`}</li>`;
  return html`<div class="lost muted small notranslate" translate="no" part="code-notes">
    ${t.model.code.read(read.name ?? t.model.code.page)}
    ${read.notes.length > 0 ? html`<ul>${read.notes.map(line)}</ul>` : null}
    ${
      read.skipped.length > 0
        ? html`<details>
            <summary>${t.model.code.skipped(f, read.skipped.length)}</summary>
            <ul>${read.skipped.map(line)}</ul>
          </details>`
        : null
    }
  </div>`;
}
