// How an awake lab looks: its layout, light or dark as the page around it, and the palette of what is drawn on canvases.
import { adoptStyles, type CSSResult, type LitElement } from 'lit';
import { otherMedia, type Palette, paletteOf, schemes } from '../kit/palette.ts';
import { schemeAround, watchAround } from '../kit/scheme.ts';
import { layoutStyles } from './layout_styles.ts';

const ofScheme = Object.values(schemes).map(({ styleSheet }) => styleSheet);

export class Look {
  /** A new object whenever colours have changed; null until they are read. */
  palette: Palette | null = null;
  /** Paper and contrast themes have colours of their own. */
  readonly #media = ['print', '(forced-colors: active)'].map((query) => matchMedia(query));
  #unwatch = () => {};

  constructor(
    private readonly element: LitElement,
    private readonly changed: () => void,
  ) {
    wear(this.#root, layoutStyles);
    wear(this.#root, otherMedia);
  }

  begin(): void {
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
    const sheet = schemes[schemeAround(this.element)].styleSheet;
    const worn = this.#root.adoptedStyleSheets;
    if (sheet && !worn?.includes(sheet)) {
      this.#root.adoptedStyleSheets = [...worn.filter((s) => !ofScheme.includes(s)), sheet];
    }
    // The page's own colours may be others, too.
    this.read();
  };
}

/** Where style sheets cannot be adopted, as Lit puts them. */
function wear(root: ShadowRoot, style: CSSResult): void {
  const { styleSheet } = style;
  const worn = root.adoptedStyleSheets ?? [];
  if (styleSheet && !worn.includes(styleSheet)) root.adoptedStyleSheets = [...worn, styleSheet];
  else if (!styleSheet) adoptStyles(root, [style]);
}
