// Layers that make images larger or smaller, as nodes of ONNX.
import type { LayerInfo, LayerSpec } from '../api/index.ts';
import { ConfigReader } from '../keras/reader.ts';
import type { GraphBuilder } from './onnx_graph.ts';

type SpecOf<Name> = Extract<LayerSpec, { readonly className: Name }>;

export function addUpSampling(
  graph: GraphBuilder,
  { name }: LayerInfo,
  { size = 2, interpolation = 'nearest' }: SpecOf<'UpSampling2D'>['config'],
): void {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  const scales = graph.tensor(`${name}/scales`, [4], Float32Array.of(1, 1, height, width));
  graph.channelsFirst();
  // Without a region of interest, which is the second input.
  graph.add(
    'Resize',
    ['', scales],
    interpolation === 'bilinear'
      ? { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }
      : { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  );
}

/** Zeros at the sides, or rows and columns fewer. */
export function addSides(
  graph: GraphBuilder,
  { name, outputShape }: LayerInfo,
  spec: SpecOf<'ZeroPadding2D'> | SpecOf<'Cropping2D'>,
): void {
  const given = new ConfigReader(spec.config as Record<string, unknown>, name);
  const pads = spec.className === 'ZeroPadding2D';
  const [[top, bottom], [left, right]] = pads
    ? given.sides('padding', 1)
    : given.sides('cropping', 0);
  const integers = (word: string, values: number[]) => graph.integers(`${name}/${word}`, values);
  graph.channelsFirst();
  if (pads) {
    graph.add('Pad', [integers('pads', [0, 0, top, left, 0, 0, bottom, right])]);
    return;
  }
  const [height, width] = outputShape as [number, number];
  const starts = integers('starts', [top, left]);
  const ends = integers('ends', [top + height, left + width]);
  graph.add('Slice', [starts, ends, integers('axes', [2, 3])]);
}
