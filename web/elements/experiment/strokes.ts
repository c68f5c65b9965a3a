// The ink of a drawing: its limits, and how it is fitted into the pad.
import type { StrokePoint } from '../../api/index.ts';

/** Width and height of the pad in the units of its strokes. */
export const PAD = 280;

export type Stroke = StrokePoint[];

/** The core takes 50,000 points at most. */
const MAX_POINTS = 40_000;
const MAX_STROKES = 2_000;

/**
 * Keeps a drawing within its limits, however long somebody scribbles: its strokes lose every second point within them, again
 * until they are few enough, and its oldest strokes go. The strokes themselves are changed; they stay the same arrays.
 */
export function bounded(strokes: Stroke[]): Stroke[] {
  const kept = strokes.length > MAX_STROKES ? strokes.slice(-MAX_STROKES) : strokes;
  while (pointCount(kept) > MAX_POINTS) for (const stroke of kept) halve(stroke);
  return kept;
}

function pointCount(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0);
}

/** First and last points stay. */
function halve(stroke: Stroke): void {
  let kept = 0;
  for (let i = 0; i < stroke.length; i++) {
    if (i % 2 === 0 || i === stroke.length - 1) stroke[kept++] = stroke[i]!;
  }
  stroke.length = kept;
}

/** Keeps proportions; leaves a margin of a seventh, as a person would. */
export function fitIntoPad(strokes: readonly (readonly StrokePoint[])[]): Stroke[] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
  }
  const width = x1 - x0;
  const height = y1 - y0;
  const scale = (PAD * 5) / 7 / Math.max(width, height, 1e-9);
  const dx = (PAD - width * scale) / 2 - x0 * scale;
  const dy = (PAD - height * scale) / 2 - y0 * scale;
  return strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke) =>
      stroke.map(([x, y, pressure]): StrokePoint => {
        const fitted = [x * scale + dx, y * scale + dy] as const;
        return pressure === undefined ? [...fitted] : [...fitted, pressure];
      }),
    );
}
