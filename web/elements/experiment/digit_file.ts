// Drawn digits as a file: a JSON list of { label, writer, strokes }, about 2 KB for ten. And what of a drawing is worth keeping.
import { type StrokePoint, ZifferError } from '../../api/index.ts';
import { distanceToLine } from './stray.ts';
import { fitIntoPad, PAD, type Stroke } from './strokes.ts';

export interface OwnDigit {
  readonly label: number;
  readonly strokes: readonly (readonly StrokePoint[])[];
  /** Who drew it; '' for whoever sits here. */
  readonly writer: string;
}

/** Of one file, and of all together: a class's. */
export const MOST_DIGITS = 20_000;
/** What a file of so many digits may weigh. */
const LARGEST_FILE = 32e6;
/** A point may lie so far, in the pad's units, from the line that is kept: a twentieth of a pixel of the network's picture. */
const NEAR = 0.7;
const LONGEST_WRITER = 60;

/** A digit in whole units of the pad, without the points that a line between their neighbours passes through anyway; one that is so stays. */
export function worthKeeping(
  label: number,
  strokes: readonly (readonly StrokePoint[])[],
  writer = '',
): OwnDigit {
  if (strokes.flat().every(inWholeUnits)) return { label, strokes, writer };
  const thinned = fitIntoPad(strokes).map((stroke) => thin(stroke).map(rounded));
  return { label, strokes: thinned, writer };
}

function inWholeUnits([x, y]: StrokePoint): boolean {
  return [x, y].every((at) => Number.isInteger(at) && at >= 0 && at <= PAD);
}

function rounded([x, y, pressure]: StrokePoint): StrokePoint {
  const at = [Math.round(x), Math.round(y)] as const;
  return pressure === undefined ? at : [...at, Math.round(pressure * 100) / 100];
}

/** Keeps the ends, and between them whatever bends (Douglas and Peucker). */
function thin(stroke: Stroke): Stroke {
  const kept = new Set([0, stroke.length - 1]);
  const open: [number, number][] = [[0, stroke.length - 1]];
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const [from, to] = piece;
    let [far, most] = [0, NEAR];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToLine(stroke[i]!, stroke[from]!, stroke[to]!);
      if (distance > most) [far, most] = [i, distance];
    }
    if (most === NEAR) continue;
    kept.add(far);
    open.push([from, far], [far, to]);
  }
  return stroke.filter((_, i) => kept.has(i));
}

/** What a file holds, one digit a line. */
export function digitsText(digits: readonly OwnDigit[]): string {
  const lines = digits.map(({ label, writer, strokes }) =>
    JSON.stringify(writer ? { label, writer, strokes } : { label, strokes }),
  );
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** The digits of a file; whoever has no name in it is called like the file. Errors: `data_corrupt`. */
export async function readDigits(file: File): Promise<OwnDigit[]> {
  const wrong = (what: string) =>
    new ZifferError(
      'data_corrupt',
      `${file.name}: expected drawn digits saved by the lab, got ${what}.`,
    );
  if (file.size > LARGEST_FILE) throw wrong(`${file.size} bytes`);
  const given = parsed(await file.text());
  if (!Array.isArray(given)) throw wrong('something else');
  if (given.length > MOST_DIGITS) throw wrong(`${given.length} digits`);
  const name = file.name.replace(/\.json$/i, '');
  return given.map((digit: unknown, i) => {
    if (!isDrawn(digit)) throw wrong(`something else at place ${i}`);
    const { label, strokes, writer } = digit;
    return worthKeeping(label, strokes, nameOf(writer) || nameOf(name));
  });
}

function nameOf(writer: unknown): string {
  return typeof writer === 'string' ? writer.slice(0, LONGEST_WRITER) : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether it has a label and ink. */
export function isDrawn(value: unknown): value is OwnDigit {
  const { label, strokes } = (value ?? {}) as Partial<OwnDigit>;
  if (!Number.isInteger(label) || (label as number) < 0 || (label as number) > 9) return false;
  const isStroke = (stroke: unknown) => Array.isArray(stroke) && stroke.every(isPoint);
  return (
    Array.isArray(strokes) && strokes.every(isStroke) && strokes.some(({ length }) => length > 0)
  );
}

function isPoint(point: unknown): point is StrokePoint {
  const shaped = Array.isArray(point) && (point.length === 2 || point.length === 3);
  return shaped && point.every((x) => typeof x === 'number' && Number.isFinite(x));
}
