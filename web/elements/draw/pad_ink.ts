// Paints the digit on the pad: strokes as smooth lines, pictures and test digits as their pixels.
import type { GrayPicture, StrokePoint } from '../../api/index.ts';
import { type Digit, PAD, PENS } from '../experiment/digit.ts';
import { meantStrokes } from '../experiment/stray.ts';
import type { Palette, Rgb } from '../kit/palette.ts';

/** MNIST's own pen on the pad: a tenth of a digit's size, as those of its writers. */
const PEN = 20;

/** `width`: of the canvas, in CSS pixels. */
export function paintDigit(
  canvas: HTMLCanvasElement,
  width: number,
  digit: Digit,
  palette: Palette,
): void {
  const size = Math.round(width * devicePixelRatio);
  const context = canvas.getContext('2d');
  if (!context || size === 0) return;
  if (canvas.width !== size || canvas.height !== size) {
    canvas.width = size;
    canvas.height = size;
  }
  context.clearRect(0, 0, size, size);
  context.save();
  context.scale(size / PAD, size / PAD);
  if (digit.source === 'ink') {
    const pen = (PEN * PENS[digit.pen]) / PENS.medium;
    const meant = new Set<Line>(meantStrokes(digit.strokes));
    const stray = digit.strokes.filter((stroke) => !meant.has(stroke));
    strokes(context, [...meant], palette.css.ink, pen);
    strokes(context, stray, palette.css.muted, pen);
  } else if (digit.source === 'picture' && digit.steps) {
    picture(context, digit.steps.ink, palette.ink, true);
  } else if (digit.image) {
    picture(context, { width: 28, height: 28, pixels: digit.image }, palette.ink, false);
  }
  context.restore();
}

type Line = readonly StrokePoint[];

function strokes(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  ink: string,
  width: number,
): void {
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const line of lines) {
    if (line.some((p) => p[2] !== undefined)) pressed(context, line, width);
    else smooth(context, line, width);
  }
}

/** Quadratic curves through the midpoints: no corners where the pointer was sampled. */
function smooth(context: CanvasRenderingContext2D, line: Line, width: number): void {
  const [first] = line;
  const last = line.at(-1);
  if (!first || !last) return;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(first[0], first[1]);
  for (let i = 1; i < line.length - 1; i++) {
    const p = line[i]!;
    const next = line[i + 1]!;
    context.quadraticCurveTo(p[0], p[1], (p[0] + next[0]) / 2, (p[1] + next[1]) / 2);
  }
  context.lineTo(last[0], last[1]);
  context.stroke();
}

/** Each piece with its own width. */
function pressed(context: CanvasRenderingContext2D, line: Line, width: number): void {
  for (let i = 0; i < line.length; i++) {
    const from = line[Math.max(0, i - 1)]!;
    const to = line[i]!;
    context.lineWidth = width * (0.4 + 1.2 * (to[2] ?? 0.5));
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  }
}

/** Fitted into the pad, `soft` or pixel by pixel. */
function picture(
  context: CanvasRenderingContext2D,
  { width, height, pixels }: GrayPicture,
  [r, g, b]: Rgb,
  soft: boolean,
): void {
  const small = document.createElement('canvas');
  small.width = width;
  small.height = height;
  const image = new ImageData(width, height);
  for (let i = 0; i < pixels.length; i++) {
    image.data.set([r, g, b, pixels[i]!], 4 * i);
  }
  small.getContext('2d')?.putImageData(image, 0, 0);
  const scale = PAD / Math.max(width, height);
  context.imageSmoothingEnabled = soft;
  context.drawImage(
    small,
    (PAD - width * scale) / 2,
    (PAD - height * scale) / 2,
    width * scale,
    height * scale,
  );
}
