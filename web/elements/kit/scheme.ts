// Whether the page around an element is light or dark, whatever it is switched by: the background that one sees, the color-scheme
// that it declares, or the name of a theme. Where it says nothing, the system does.

export type Scheme = 'light' | 'dark';

const THEMES = ['data-theme', 'data-bs-theme', 'data-md-color-scheme', 'data-color-mode'];
const CLASS = /(?:^|\s)(?:\w+-)?(dark|light)(?:-mode|-theme)?(?=\s|$)/;

const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

export function schemeAround(element: Element): Scheme {
  const around = ancestors(element);
  return (
    seen(around) ?? declared(around) ?? named(around) ?? (systemIsDark().matches ? 'dark' : 'light')
  );
}

/** Calls `changed` whenever what is around the element may have become light or dark; ends with the returned function. */
export function watchAround(element: Element, changed: () => void): () => void {
  let frame = 0;
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(changed);
  };
  const observer = new MutationObserver(soon);
  for (const near of ancestors(element)) observer.observe(near, { attributes: true });
  const sheets = { attributes: true, childList: true, characterData: true, subtree: true };
  const page = element.ownerDocument;
  observer.observe(page.head, sheets);
  // A style sheet that comes late; a background that fades.
  page.addEventListener('load', soon, true);
  page.addEventListener('transitionend', soon);
  const system = systemIsDark();
  system.addEventListener('change', changed);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    page.removeEventListener('load', soon, true);
    page.removeEventListener('transitionend', soon);
    system.removeEventListener('change', changed);
  };
}

/** As they are rendered, through slots and shadow roots; the nearest first. */
function ancestors(element: Element): Element[] {
  const near: Element[] = [];
  for (let at: Element | null = element; ; near.push(at)) {
    at =
      at.assignedSlot ?? at.parentElement ?? (at.getRootNode() as Partial<ShadowRoot>).host ?? null;
    if (!at) return near;
  }
}

function seen(around: readonly Element[]): Scheme | null {
  for (const near of around) {
    const bright = brightness(styleOf(near).backgroundColor);
    if (bright !== null) return bright < 0.5 ? 'dark' : 'light';
  }
  return null;
}

/** Also of an element around the frame. */
function styleOf(element: Element): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView ?? window).getComputedStyle(element);
}

/** Of a computed colour, 0 … 1; null where what is behind it shows through. */
export function brightness(color: string): number | null {
  const [a = 0, b = 0, c = 0, alpha = 1] = color
    .replace(/^color\(\S+/, '')
    .match(/-?[\d.]+(?:e-?\d+)?/g)
    ?.map(Number) ?? [0, 0, 0, 0];
  if (alpha < 0.5) return null;
  if (color.startsWith('ok')) return a;
  if (color.startsWith('l')) return a / 100;
  return (0.2126 * a + 0.7152 * b + 0.0722 * c) / (color.startsWith('rgb') ? 255 : 1);
}

function declared([near]: readonly Element[]): Scheme | null {
  const own = near && styleOf(near).colorScheme;
  const meta =
    near?.ownerDocument.querySelector<HTMLMetaElement>('meta[name=color-scheme]')?.content;
  return oneOf(own && own !== 'normal' ? own : (meta ?? ''));
}

/** Both, or none, say nothing. */
function oneOf(schemes: string): Scheme | null {
  const [dark, light] = [/\bdark\b/.test(schemes), /\blight\b/.test(schemes)];
  return dark === light ? null : dark ? 'dark' : 'light';
}

function named(around: readonly Element[]): Scheme | null {
  for (const near of around) {
    const names = THEMES.map((name) => near.getAttribute(name) ?? '');
    const scheme = schemeNamed(names, near.getAttribute('class') ?? '');
    if (scheme) return scheme;
  }
  return null;
}

/** What themes' names and a class attribute say. */
export function schemeNamed(themes: readonly string[], classes: string): Scheme | null {
  // Material for MkDocs calls its dark one slate.
  const theme = oneOf(themes.join(' ').replace('slate', 'dark'));
  return theme ?? (CLASS.exec(classes)?.[1] as Scheme | undefined) ?? null;
}
