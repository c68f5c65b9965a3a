// Which keys are the lab's, and which the page's around it: slides turn by PageDown, arrows and the space bar, and a presenter who
// has drawn or pressed Train with the mouse means the slides. Keys that the lab uses do not reach the page; the others do.
// A text field needs them all but PageUp and PageDown. Whatever else has the focus uses keys only after somebody has come to it
// with the keyboard: by Tab, or by Enter.

let byPointer = false;
if (typeof document === 'object') {
  document.addEventListener('pointerdown', () => setPointer(true), {
    capture: true,
    passive: true,
  });
  const keyboard = ({ key }: KeyboardEvent) =>
    (key === 'Tab' || key === 'Enter') && setPointer(false);
  document.addEventListener('keydown', keyboard, { capture: true, passive: true });
}
function setPointer(now: boolean): void {
  byPointer = now;
}

/** Whether keys at what has the focus are the page's: it got the focus by mouse, pen or finger. */
export function leftToPage(): boolean {
  return byPointer;
}

/** Goes on the lab, for keys on their way up. */
export function keepUsedKeys(e: KeyboardEvent): void {
  const path = e.composedPath();
  const dialog = path.some((at) => at instanceof HTMLDialogElement && at.open);
  if (dialog || e.defaultPrevented || uses(path[0] as HTMLElement, e)) e.stopPropagation();
}

function uses(at: HTMLElement, e: KeyboardEvent): boolean {
  const { localName, isContentEditable } = at;
  const { type = '' } = at as Partial<HTMLInputElement>;
  const modified = e.ctrlKey || e.metaKey || e.altKey;
  const scrolls = at.tabIndex >= 0 && at.scrollHeight > at.clientHeight + 1;
  const name = isContentEditable
    ? 'textarea'
    : scrolls && localName !== 'button'
      ? 'scrolls'
      : localName;
  return usesKey({ name, type, modified, byPointer }, e.key);
}

export interface Focus {
  /** The element's name; `scrolls` for what scrolls. */
  readonly name: string;
  readonly type?: string;
  readonly modified?: boolean;
  readonly byPointer?: boolean;
}

const PAGES = ['PageUp', 'PageDown'];
const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
const PRESS = [' ', 'Enter'];

/** Whether the browser itself, or a panel, does something with a key there. */
export function usesKey({ name, type = '', modified, byPointer }: Focus, key: string): boolean {
  const field =
    /^(select|textarea)$/.test(name) ||
    (name === 'input' && !/^(checkbox|radio|range|button|file|submit)$/.test(type));
  if (field) return !PAGES.includes(key) || (name !== 'input' && !byPointer);
  if (modified) return false;
  if (type === 'range') return ARROWS.includes(key) || (PAGES.includes(key) && !byPointer);
  if (byPointer) return false;
  if (name === 'scrolls') return [...PAGES, ...ARROWS, ' '].includes(key);
  if (type === 'radio') return [...ARROWS, ...PRESS].includes(key);
  return /^(button|input|summary|a)$/.test(name) && PRESS.includes(key);
}
