// What the tests ask of a browser engine: one window that goes to an address, computes in the page or in its frame, and is drawn on.

export type Point = readonly [x: number, y: number];

export interface Engine {
  /** As it calls itself, such as "Firefox 153.7.0". */
  readonly title: string;
  goto(url: string): Promise<void>;
  /** The value of a JavaScript expression, awaited; of the page, or of the frame that lies so many frames deep. */
  evaluate(expression: string, depth: number): Promise<unknown>;
  /** Presses the mouse on the first point, drags it over the others and lets go; in CSS pixels of the window. */
  drag(points: readonly Point[]): Promise<void>;
  close(): Promise<void>;
}

/** The window of each, so that a lab shows its columns. */
export const WINDOW = { width: 1280, height: 900 };

/** Runs a function of the page there, as text: it sees nothing of this file. */
export function inPage<A, T>(
  engine: Engine,
  depth: number,
  code: (argument: A) => T | Promise<T>,
  argument: A,
): Promise<T> {
  return engine.evaluate(`(${code})(${JSON.stringify(argument)})`, depth) as Promise<T>;
}
