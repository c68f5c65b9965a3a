// What the tests ask of a browser engine: one window that goes to an address, computes in the page or in its frame, and is drawn on.

export type Point = readonly [x: number, y: number];

export type Key = 'PageDown';

export interface Engine {
  /** As it calls itself, such as "Firefox 153.7.0". */
  readonly title: string;
  goto(url: string): Promise<void>;
  /** The value of a JavaScript expression, awaited; of the page, or of the frame that lies so many frames deep. */
  evaluate(expression: string, depth: number): Promise<unknown>;
  /** Presses the mouse on the first point, drags it over the others and lets go; in CSS pixels of the window. */
  drag(points: readonly Point[]): Promise<void>;
  /** A key, to what has the focus. */
  press(key: Key): Promise<void>;
  close(): Promise<void>;
}

/** The window of each, so that a lab shows its columns. */
export const WINDOW = { width: 1280, height: 900 };

/** Longer than any step of a test takes on the slowest machine, in ms. */
const STUCK = 120_000;

/** Runs a function of the page there, as text: it sees nothing of this file. One that does not end fails with what the page shows. */
export function inPage<A, T>(
  engine: Engine,
  depth: number,
  code: (argument: A) => T | Promise<T>,
  argument: A,
): Promise<T> {
  const done = engine.evaluate(`(${code})(${JSON.stringify(argument)})`, depth) as Promise<T>;
  return within(code.name, done, () => engine.evaluate(`(${pageState})()`, depth));
}

/** The same promise, which fails when it does not settle for long; `state` then says what there is to be seen. */
export async function within<T>(
  what: string,
  done: Promise<T>,
  state: () => Promise<unknown> = async () => '',
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stuck = new Promise<never>((_, failed) => {
    timer = setTimeout(async () => {
      const silence = new Promise((said) =>
        setTimeout(said, 10_000, 'nothing: it does not answer'),
      );
      const seen = await Promise.race([state().catch(String), silence]);
      failed(new Error(`${what} did not end. The page says: ${JSON.stringify(seen)}`));
    }, STUCK);
  });
  return Promise.race([done, stuck]).finally(() => clearTimeout(timer));
}

/** What a lab shows, and what was fetched so far. */
function pageState() {
  const words = (root: ParentNode): string =>
    [...root.querySelectorAll('*')]
      .filter((element) => element.shadowRoot)
      .map((element) => `${element.localName}: ${element.shadowRoot!.textContent}`)
      .concat(
        [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? words(e.shadowRoot) : [])),
      )
      .join(' | ')
      .replace(/\s+/g, ' ');
  return {
    ready: document.readyState,
    seen: document.visibilityState,
    fetched: performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)),
    words: words(document).slice(0, 2000),
  };
}
