// What is on show: one number of one layer, with the model, the digit and all activations of the same moment.
import { explain, pixelsOf } from '../../api/explain.ts';
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

/** The numbers that go into the layer. */
export function inputOf({ index, image, inspection }: Scene): Float32Array {
  return index === 0 ? pixelsOf(image) : inspection.activations[index - 1]!.values;
}

export function outputOf({ index, inspection }: Scene): Float32Array {
  return inspection.activations[index]!.values;
}

/** Where a place's number goes: one of the numbers of the next layer that it enters. Null after the last. */
export function onward({ model, index, info, place }: Scene): Place | null {
  const next = model.layersInfo[index + 1];
  if (!next) return null;
  const [rows = 1, columns = 1, channels = 1] = info.outputShape;
  if (next.className === 'Flatten' && info.outputShape.length === 3) {
    const channel = (place.row * columns + place.column) * channels + place.channel;
    return { row: 0, column: 0, channel };
  }
  if (next.outputShape.length !== 3) return { row: 0, column: 0, channel: keeps(next) };
  const scaled = (at: number, from: number, to: number) => Math.floor((at * to) / from);
  const [height = 1, width = 1] = next.outputShape;
  const row = scaled(place.row, rows, height);
  return { row, column: scaled(place.column, columns, width), channel: keeps(next) };

  /** Layers that weigh mix all channels; the others keep them apart. */
  function keeps(layer: { readonly className: string }): number {
    return /^(Conv2D|SeparableConv2D|Dense)$/.test(layer.className) ? 0 : place.channel;
  }
}

/** Of a flattened number: where it stood in the last maps before it. Null where there were none. */
export function inMaps({ model, index }: Scene, number: number): Place | null {
  const size = model.layersInfo[index]!.inputShape[0];
  for (let i = index - 1; i >= 0; i--) {
    const { className, inputShape, outputShape } = model.layersInfo[i]!;
    if (!/Flatten|Dropout/.test(className) || outputShape[0] !== size) return null;
    if (className !== 'Flatten' || inputShape.length !== 3) continue;
    const [row, column, channel] = unflattened(number, inputShape);
    return { row, column, channel };
  }
  return null;
}
