// What of this window is on the screen. A frame may be as high as its content, so that it never scrolls and the page around does:
// then the window's lower edge is not where the visitor's thumb is, nor its middle where he looks. An IntersectionObserver knows,
// also in a frame from another origin and without the help of the page around.
import { define } from './define.ts';

export const framed = parent !== window;

/** Between what is told of and what is left out by an observer: a dialog needs so much room, in CSS pixels. */
const LEAST = 360;
/** Milliseconds; a page that is not rendered is told nothing. */
const PATIENCE = 150;

/** In CSS pixels from the window's upper edge; null where all of it is on the screen, or nobody knows. */
export async function seenPart(): Promise<{ top: number; height: number } | null> {
  if (!framed) return null;
  const rect = await new Promise<DOMRectReadOnly | null>((resolve) => {
    const timer = setTimeout(() => done(null), PATIENCE);
    const observer = new IntersectionObserver((entries) =>
      done(entries.at(-1)?.intersectionRect ?? null),
    );
    const done = (rect: DOMRectReadOnly | null) => {
      clearTimeout(timer);
      observer.disconnect();
      resolve(rect);
    };
    observer.observe(document.documentElement);
  });
  if (!rect?.height) return null;
  const height = Math.min(innerHeight, Math.max(LEAST, rect.height));
  const top = Math.max(0, Math.min(rect.top, innerHeight - height));
  return height >= innerHeight ? null : { top, height };
}

/** Opens a dialog in the middle of what the visitor sees; its styles are `dialogFrame`. */
export async function openInSight(dialog: HTMLDialogElement): Promise<void> {
  const seen = await seenPart();
  dialog.style.setProperty('--z-seen-top', `${seen?.top ?? 0}px`);
  dialog.style.setProperty('--z-seen-height', seen ? `${seen.height}px` : '100dvh');
  if (dialog.isConnected && !dialog.open) dialog.showModal();
}

const STRIPES = 32;
const STEPS = 24;

/**
 * Lies over its parent and tells it, as `--z-below`, how far the edge of what is seen is above the window's. Many low stripes: an
 * observer speaks only when the share that is seen of one changes, and of something higher than the screen that is constant.
 */
class SeenPart extends HTMLElement {
  #observer: IntersectionObserver | null = null;
  readonly #bottoms = new Map<Element, number>();

  connectedCallback(): void {
    this.setAttribute('aria-hidden', 'true');
    const style = 'position:absolute;inset:0;z-index:-1;display:grid;visibility:hidden;width:1px';
    this.style.cssText = style;
    const threshold = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
    this.#observer = new IntersectionObserver((entries) => this.#hear(entries), { threshold });
    this.replaceChildren(...Array.from({ length: STRIPES }, () => document.createElement('i')));
    for (const stripe of this.children) this.#observer.observe(stripe);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }

  #hear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, intersectionRect } of entries) {
      if (isIntersecting) this.#bottoms.set(target, intersectionRect.bottom);
      else this.#bottoms.delete(target);
    }
    const bottom = Math.max(...this.#bottoms.values());
    if (!Number.isFinite(bottom)) return;
    const below = Math.max(0, Math.round(innerHeight - bottom));
    this.parentElement?.style.setProperty('--z-below', `${below}px`);
  }
}

define('ziffer-seen-part', SeenPart);
