// Drawing with the keyboard: a pen on a grid of 28 × 28 that arrow keys move and the space bar lowers and lifts.
import type { StrokePoint } from '../../api/index.ts';
import { type Digit, PAD, type Stroke } from '../experiment/digit.ts';

const GRID = 28;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class GridPen {
  column = 14;
  row = 7;
  down = false;
  #stroke: Stroke = [];

  constructor(private readonly digit: () => Digit) {}

  /** Whether the key was one of the pen's. */
  key(e: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
    const undo = e.key === 'Backspace' || (e.key.toLowerCase() === 'z' && (e.ctrlKey || e.metaKey));
    if (undo) this.#undo();
    else if (e.ctrlKey || e.metaKey || e.altKey) return false;
    else if (e.key in MOVES) this.#move(MOVES[e.key]!);
    else if (e.key === ' ' || e.key === 'Enter') this.#toggle();
    else if (e.key === 'Delete') this.#clear();
    else if (e.key === 'Escape' && this.down) this.lift();
    else return false;
    return true;
  }

  lift(): void {
    this.down = false;
  }

  #move([dx, dy]: readonly [number, number]): void {
    this.column = Math.min(GRID - 1, Math.max(0, this.column + dx));
    this.row = Math.min(GRID - 1, Math.max(0, this.row + dy));
    if (this.down) this.digit().extendStroke(this.#stroke, [this.#point()]);
  }

  #toggle(): void {
    this.down = !this.down;
    if (this.down) this.#stroke = this.digit().beginStroke(this.#point());
  }

  #undo(): void {
    this.lift();
    this.digit().undo();
  }

  #clear(): void {
    this.lift();
    this.digit().clear();
  }

  #point(): StrokePoint {
    return [((this.column + 0.5) / GRID) * PAD, ((this.row + 0.5) / GRID) * PAD];
  }
}
