// Small pictures of numbers: `<canvas ${pixels({ … })}>`. Drawn with putImageData and never read back, since some browsers
// answer a readout with noise.
import { css, nothing } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import type { Palette, Rgb } from './palette.ts';

export interface PixelPicture {
  /** Row by row. */
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** `ink`: 0 is paper and `max` is ink. `signed`: blue above 0, orange below it. */
  readonly mode?: 'ink' | 'signed';
  /** What is drawn at full strength; default 255 for bytes, else the largest magnitude. */
  readonly max?: number;
  /** Values stand this far apart, beginning at `offset`: one channel of many. */
  readonly stride?: number;
  readonly offset?: number;
}

/** How such a canvas looks: square, its pixels as squares. */
export const pixelCanvas = css`
  canvas {
    display: block;
    width: 100%;
    aspect-ratio: 1;
    border: 1px solid var(--z-line);
    border-radius: 5px;
    background: var(--z-card);
    image-rendering: pixelated;
  }
`;

class PixelsDirective extends Directive {
  #last: PixelPicture | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('pixels() stands in a canvas tag');
  }

  render(_picture: PixelPicture | null) {
    return nothing;
  }

  override update(part: ElementPart, [picture]: [PixelPicture | null]) {
    // A canvas that never had a picture gets no context: a page of labs has hundreds of them.
    if (same(picture, this.#last)) return nothing;
    this.#last = picture;
    const canvas = part.element as HTMLCanvasElement;
    const context = canvas.getContext('2d');
    if (!picture) context?.clearRect(0, 0, canvas.width, canvas.height);
    else if (context) paint(canvas, context, picture);
    return nothing;
  }
}

export const pixels = directive(PixelsDirective);

/** Arrays are never written to after they have been shown, so the same array is the same picture. */
function same(a: PixelPicture | null, b: PixelPicture | null): boolean {
  if (!a || !b) return a === b;
  return (Object.keys(a) as (keyof PixelPicture)[]).every((key) => a[key] === b[key]);
}

function paint(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, p: PixelPicture) {
  const { values, width, height, palette, stride = 1, offset = 0 } = p;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const count = width * height;
  const max =
    p.max ?? (values instanceof Uint8Array ? 255 : largest(values, offset, stride, count));
  const image = context.createImageData(width, height);
  for (let i = 0; i < count; i++) {
    const value = values[offset + i * stride] ?? 0;
    const strength = max > 0 ? Math.min(1, Math.abs(value) / max) : 0;
    set(image.data, i, colour(value, p.mode, palette), strength);
  }
  context.putImageData(image, 0, 0);
}

function colour(value: number, mode: PixelPicture['mode'], palette: Palette): Rgb {
  if (mode !== 'signed') return palette.ink;
  return value >= 0 ? palette.training : palette.validation;
}

function set(data: Uint8ClampedArray, i: number, [r, g, b]: Rgb, strength: number) {
  data[4 * i] = r;
  data[4 * i + 1] = g;
  data[4 * i + 2] = b;
  data[4 * i + 3] = Math.round(255 * strength);
}

function largest(values: ArrayLike<number>, offset: number, stride: number, count: number): number {
  let max = 0;
  for (let i = 0; i < count; i++) max = Math.max(max, Math.abs(values[offset + i * stride] ?? 0));
  return max;
}
