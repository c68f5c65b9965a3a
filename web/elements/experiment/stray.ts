// Stray taps: a knuckle or a hesitating pen beside the digit. They stay to be seen, and are not read.
import type { StrokePoint } from '../../api/index.ts';

type Line = readonly StrokePoint[];

/** A stroke is stray that is shorter than this part of the longest, and farther from every other stroke. */
const SHARE = 0.1;
/** More strokes are a scribble, which is read as it is. */
const MOST_STROKES = 40;

/** The strokes that are meant, in their order. */
export function meantStrokes<S extends Line>(strokes: readonly S[]): S[] {
  if (strokes.length > MOST_STROKES) return [...strokes];
  const sizes = strokes.map(sizeOf);
  const bound = SHARE * Math.max(0, ...sizes);
  const long = strokes.filter((_, i) => sizes[i]! >= bound);
  return strokes.filter((stroke, i) => sizes[i]! >= bound || isNear(stroke[0], long, bound));
}

/** The diagonal of its box. */
function sizeOf(stroke: Line): number {
  if (stroke.length === 0) return 0;
  const side = (axis: 0 | 1) => {
    const [low, high] = stroke.reduce(
      ([least, most], point) => [Math.min(least, point[axis]), Math.max(most, point[axis])],
      [Infinity, -Infinity],
    );
    return high - low;
  };
  return Math.hypot(side(0), side(1));
}

/** Whether a short stroke's first point is no farther than `bound` from one of the lines. */
function isNear(point: StrokePoint | undefined, lines: readonly Line[], bound: number): boolean {
  if (!point) return true;
  return lines.some((line) =>
    line.some((to, i) => distanceToLine(point, line[Math.max(0, i - 1)]!, to) <= bound),
  );
}

/** From a point to the straight line between two others. */
export function distanceToLine(
  [x, y]: StrokePoint,
  [ax, ay]: StrokePoint,
  [bx, by]: StrokePoint,
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
