// What every element of the lab is made on: it may be moved into another document, such as a frame's, with its look. A style sheet
// belongs to the document that made it, another one refuses it, and an element loses what it wears on its way.
import { type CSSResult, type CSSResultOrNative, LitElement } from 'lit';

export class MovableElement extends LitElement {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    try {
      return super.createRenderRoot();
    } catch {
      // The root is there; another document has refused the sheets.
      this.adoptedCallback();
      return this.shadowRoot!;
    }
  }

  adoptedCallback(): void {
    const { shadowRoot, ownerDocument } = this;
    const sheets = sheetsIn(ownerDocument, (this.constructor as typeof LitElement).elementStyles);
    if (shadowRoot && sheets) shadowRoot.adoptedStyleSheets = sheets;
  }
}

/** The styles as sheets of this document. None where sheets are not adopted: Lit writes them into the root, and they move with it. */
export function sheetsIn(
  home: Document,
  styles: readonly CSSResultOrNative[],
): CSSStyleSheet[] | null {
  const view = home.defaultView as (Window & typeof globalThis) | null;
  if (!view?.document.adoptedStyleSheets) return null;
  return (styles as CSSResult[]).map((style) => {
    if (home === document) return style.styleSheet!;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    return sheet;
  });
}
