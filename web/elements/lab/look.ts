// How an awake lab looks: its layout, light or dark as the page around it, and the palette of what is drawn on canvases.
import { adoptStyles, type CSSResult, type LitElement } from 'lit';
import { sheetsIn } from '../kit/movable_element.ts';
import { otherMedia, type Palette, paletteOf, schemes } from '../kit/palette.ts';
import { type Scheme, schemeAround, watchAround } from '../kit/scheme.ts';
import { layoutStyles } from './layout_styles.ts';

const OWN = [layoutStyles, otherMedia];

export class Look {
  /** A new object whenever colours have changed; null until they are read. */
  palette: Palette | null = null;
  /** Paper and contrast themes have colours of their own. */
  readonly #media = ['print', '(forced-colors: active)'].map((query) => matchMedia(query));
  #unwatch = () => {};
  #worn: CSSStyleSheet[] = [];
  #scheme: Scheme | null = null;

  constructor(
    private readonly element: LitElement,
    private readonly changed: () => void,
  ) {
    if (!sheetsIn(document, OWN)) adoptStyles(this.#root, OWN);
  }

  /** The element is in a document, maybe in another one than before. */
  begin(): void {
    this.#wear(OWN);
    this.#scheme = null;
    this.#unwatch = watchAround(this.element, this.#suit);
    for (const media of this.#media) media.addEventListener('change', this.read);
    this.#suit();
  }

  end(): void {
    this.#unwatch();
    for (const media of this.#media) media.removeEventListener('change', this.read);
  }

  readonly read = (): void => {
    const now = paletteOf(this.#root);
    if (JSON.stringify(now) === JSON.stringify(this.palette)) return;
    this.palette = now;
    this.changed();
  };

  get #root(): ShadowRoot {
    return this.element.renderRoot as ShadowRoot;
  }

  readonly #suit = (): void => {
    const scheme = schemeAround(this.element);
    if (scheme !== this.#scheme) this.#wear([...OWN, schemes[scheme]]);
    this.#scheme = scheme;
    // The page's own colours may be others, too.
    this.read();
  };

  /** Over the element's own styles, in place of what it wore there. */
  #wear(styles: readonly CSSResult[]): void {
    const sheets = sheetsIn(this.element.ownerDocument, styles);
    if (!sheets) return;
    const under = this.#root.adoptedStyleSheets.filter((sheet) => !this.#worn.includes(sheet));
    this.#root.adoptedStyleSheets = [...under, ...sheets];
    this.#worn = sheets;
  }
}
