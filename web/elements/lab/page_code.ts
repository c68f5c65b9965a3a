// The model as Keras code in the page: <script type="text/x-keras"> in the element, whose text is read and never run, and code
// that is pasted into the lab.
import type { Code } from '../experiment/code.ts';

const SCRIPT = ':scope > script[type="text/x-keras" i]';

export class PageCode {
  #code: Code | null = null;
  /** Also what is added or changed later. */
  readonly #changes = new MutationObserver(() => this.#look());

  constructor(
    private readonly element: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.#code = this.#read();
  }

  /** The same object as long as the page says the same. */
  get code(): Code | null {
    return this.#code;
  }

  begin(): void {
    const every = { childList: true, characterData: true, subtree: true, attributes: true };
    this.#changes.observe(this.element, { ...every, attributeFilter: ['type'] });
    this.#look();
  }

  end(): void {
    this.#changes.disconnect();
  }

  #look(): void {
    const code = this.#read();
    if (code?.text === this.#code?.text) return;
    this.#code = code;
    this.changed();
  }

  #read(): Code | null {
    const text = dedented(this.element.querySelector(SCRIPT)?.textContent ?? '');
    return text.trim() ? { name: null, text } : null;
  }
}

/** Code stands in a page as deep as the markup around it. */
export function dedented(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\r?\n)+/, '').split('\n');
  const depths = lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)![0]);
  const first = depths[0] ?? '';
  let common = first.length;
  for (const depth of depths) {
    while (depth.slice(0, common) !== first.slice(0, common)) common -= 1;
  }
  return lines.map((line) => (line.trim() ? line.slice(common) : line.trim())).join('\n');
}

/** What a paste brings as code: a file, or a text that makes a Keras model; null for anything else, and where somebody writes. */
export function pastedCode(e: ClipboardEvent): File | Code | null {
  const at = e.composedPath()[0];
  if (at instanceof Element && at.matches('input, textarea, select, [contenteditable]'))
    return null;
  const file = [...(e.clipboardData?.files ?? [])].find(({ name }) =>
    /\.(?:py|ipynb)$/i.test(name),
  );
  const text = e.clipboardData?.getData('text/plain') ?? '';
  return file ?? (makesModel(text) ? { name: null, text } : null);
}

/** More than a sentence about Keras: what it is made with is called. */
export function makesModel(text: string): boolean {
  return /\bkeras\b/.test(text) && /\b(?:Sequential|Model|Input)\s*\(/.test(text);
}
