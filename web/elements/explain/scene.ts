// What is on show: one number of one layer, with the model, the digit and all activations of the same moment.
import { explain, sourceOf, takenBy } from '../../api/explain.ts';
import type { Explanation, Inspection, LayerInfo, Sequential } from '../../api/index.ts';
import { unflattened } from './terms.ts';

/** Where a number stands in a layer's output. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

export interface Scene {
  readonly model: Sequential;
  readonly image: Uint8Array;
  readonly inspection: Inspection;
  /** The layer's number. */
  readonly index: number;
  readonly info: LayerInfo;
  readonly place: Place;
  readonly told: Explanation;
}

/** The nearest place that the layer has. */
export function sceneOf(
  model: Sequential,
  image: Uint8Array,
  inspection: Inspection,
  index: number,
  wanted: Place,
): Scene {
  const info = model.layersInfo[index]!;
  const place = nearest(info.outputShape, wanted);
  const told = explain(model, image, inspection, { layer: index, ...place });
  return { model, image, inspection, index, info, place, told };
}

export function nearest(shape: readonly number[], { row, column, channel }: Place): Place {
  const within = (n: number, size: number) => Math.max(0, Math.min(size - 1, n));
  return {
    row: within(row, shape.length > 1 ? shape[0]! : 1),
    column: within(column, shape.length === 3 ? shape[1]! : 1),
    channel: within(channel, shape.at(-1)!),
  };
}

/** Where the largest number of an output stands, the first of equal ones. */
export function strongestPlace(shape: readonly number[], values: Float32Array): Place {
  const largest = values.reduce((best, v, i) => (v > values[best]! ? i : best), 0);
  const [row, column, channel] = unflattened(
    largest,
    shape.length === 3 ? shape : [1, 1, shape.at(-1)!],
  );
  return { row, column, channel };
}

/** About the same place in another layer's maps; null where one of them has none. */
export function carried(
  place: Place,
  from: Pick<LayerInfo, 'outputShape'>,
  to: typeof from,
): Place | null {
  if (from.outputShape.length !== 3 || to.outputShape.length !== 3) return null;
  const scaled = (at: number, side: 0 | 1) =>
    Math.floor(((at + 0.5) * to.outputShape[side]!) / from.outputShape[side]!);
  const channel = from.outputShape[2] === to.outputShape[2] ? place.channel : 0;
  return { row: scaled(place.row, 0), column: scaled(place.column, 1), channel };
}

/** The numbers that go into the layer. */
export function inputOf({ model, index, image, inspection }: Scene): Float32Array {
  return takenBy(model, image, inspection.activations, index);
}

export function outputOf({ index, inspection }: Scene): Float32Array {
  return inspection.activations[index]!.values;
}

/** The number of the first layer that takes what a layer gives; −1 after the last. */
export function nextOf({ layersInfo }: Pick<Sequential, 'layersInfo'>, index: number): number {
  const { name } = layersInfo[index]!;
  return layersInfo.findIndex(({ inbound }) => inbound.includes(name));
}

/** Where a place's number goes: a number of the next layer that it enters. Null where any will do, or after the last layer. */
export function onward({ model, index, info, place }: Scene): Place | null {
  const next = model.layersInfo[nextOf(model, index)];
  if (!next) return null;
  const [, columns = 1, channels = 1] = info.outputShape;
  if (next.className === 'Flatten' && info.outputShape.length === 3) {
    const channel = (place.row * columns + place.column) * channels + place.channel;
    return { row: 0, column: 0, channel };
  }
  return carried(place, info, next);
}

/** Of a flattened number: where it stood in the last maps before it. Null where there were none. */
export function inMaps({ model, index }: Scene, number: number): Place | null {
  const size = model.layersInfo[index]!.inputShape[0];
  for (let i = sourceOf(model, index); i >= 0; i = sourceOf(model, i)) {
    const { className, inputShape, outputShape } = model.layersInfo[i]!;
    if (!/Flatten|Dropout/.test(className) || outputShape[0] !== size) return null;
    if (className !== 'Flatten' || inputShape.length !== 3) continue;
    const [row, column, channel] = unflattened(number, inputShape);
    return { row, column, channel };
  }
  return null;
}
