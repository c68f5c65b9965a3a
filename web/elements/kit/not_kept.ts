// What a model's file says and the model does not have, as a list of sentences.
import { css, html, type TemplateResult } from 'lit';
import type { NotKept } from '../../api/index.ts';
import type { Locale } from '../../locales/index.ts';

export const notKeptStyles = css`
  .lost ul {
    margin: 0;
    padding-inline-start: 1.2em;
    list-style: disc;
    overflow-wrap: anywhere;
  }
`;

/** Nothing where all is kept. */
export function notKeptList(list: readonly NotKept[], { t }: Locale): TemplateResult | null {
  if (list.length === 0) return null;
  return html`<div class="lost muted small notranslate" translate="no" part="not-kept">
    ${t.model.notKept.title}
    <ul>
      ${together(list).map(
        ({ what, layer, name }) => html`<li>${t.model.notKept[what](layer, name)}</li>`,
      )}
    </ul>
  </div>`;
}

/** The same of several layers is said once. */
export function together(list: readonly NotKept[]): NotKept[] {
  const said = new Map<string, NotKept>();
  for (const each of list) {
    const key = `${each.what} ${each.name}`;
    const before = said.get(key)?.layer;
    said.set(key, before ? { ...each, layer: `${before}, ${each.layer}` } : each);
  }
  return [...said.values()];
}

/** What makes a further training another one than the file's; initial weights are only drawn when the model begins anew. */
export function missedInTraining(list: readonly NotKept[]): NotKept[] {
  return list.filter(({ what }) => what !== 'initializer');
}
