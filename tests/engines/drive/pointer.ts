// A drag of the mouse and a key as W3C's WebDriver protocols have it, classic and BiDi alike.
import type { Key, Point } from './engine.ts';

const PIXELS_A_SECOND = 400;

/** One input source's actions. */
export function dragActions(points: readonly Point[]): object {
  const moves = points.map(([x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y];
    const duration = Math.round((1000 * Math.hypot(x - px, y - py)) / PIXELS_A_SECOND);
    return { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration };
  });
  const button = { button: 0 };
  return {
    type: 'pointer',
    id: 'mouse',
    parameters: { pointerType: 'mouse' },
    actions: [
      moves[0],
      { type: 'pointerDown', ...button },
      ...moves.slice(1),
      { type: 'pointerUp', ...button },
    ],
  };
}

/** Keys that are no characters have one of their own there. */
const CODES: Readonly<Record<Key, string>> = { PageDown: '\uE00F' };

/** Pressed and let go. */
export function keyActions(key: Key): object {
  const value = CODES[key];
  return {
    type: 'key',
    id: 'keyboard',
    actions: [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ],
  };
}
