// A window over a layer's input, as Keras places it.
import type { Site } from './explain_site.ts';

export interface Window {
  readonly shape: readonly [number, number, number];
  readonly inputs: Float32Array;
  readonly places: Int32Array;
}

/** Some channels of the window of the site's row and column; without settings it begins at the corner. */
export function windowAt(
  { info, settings, input, row, column }: Site,
  [height, width]: readonly [number, number],
  firstChannel: number,
  channels: number,
): Window {
  const [rows = 1, columns = 1, all = 1] = info.inputShape;
  const [top, left] = [0, 1].map((side) =>
    beginning(side, side ? column : row, [height, width][side]!, info, settings),
  ) as [number, number];
  const [down, right] = pair(settings.dilation_rate);
  const size = height * width * channels;
  const inputs = new Float32Array(size);
  const places = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const cell = Math.floor(i / channels);
    const y = top + Math.floor(cell / width) * down;
    const x = left + (cell % width) * right;
    const inside = y >= 0 && y < rows && x >= 0 && x < columns;
    const place = inside ? (y * columns + x) * all + firstChannel + (i % channels) : -1;
    places[i] = place;
    inputs[i] = inside ? (input[place] ?? 0) : 0;
  }
  return { shape: [height, width, channels], inputs, places };
}

/** The input's row (side 0) or column (side 1) where the window begins; below 0 in the padding. */
function beginning(
  side: 0 | 1 | number,
  at: number,
  size: number,
  info: Site['info'],
  settings: Site['settings'],
): number {
  const stride = pair(settings.strides)[side]!;
  if (settings.padding !== 'same') return at * stride;
  const extent = (size - 1) * pair(settings.dilation_rate)[side]! + 1;
  const [inSize = 1, outSize = 1] = [info.inputShape[side], info.outputShape[side]];
  const missing = Math.max(0, (outSize - 1) * stride + extent - inSize);
  return at * stride - Math.floor(missing / 2);
}

function pair(value: unknown): readonly [number, number] {
  return (value ?? [1, 1]) as readonly [number, number];
}
