// ReLU with its settings, LeakyReLU, ELU and PReLU as nodes of ONNX.
import type { LayerInfo, LayerSpec } from '../api/index.ts';
import type { GraphBuilder } from './onnx_graph.ts';

type ConfigOf<Name> = Extract<LayerSpec, { readonly className: Name }>['config'];

/** min(x, most) above the threshold, slope · (x − threshold) below, as Keras computes it. */
export function addRectifier(
  graph: GraphBuilder,
  layer: string,
  { maxValue = null, negativeSlope = 0, threshold = 0 }: ConfigOf<'ReLU'>,
): void {
  const number = (name: string, n: number) =>
    graph.tensor(`${layer}/${name}`, [], Float32Array.of(n));
  const x = graph.here;
  if (threshold > 0) graph.add('ThresholdedRelu', [], { alpha: { float: threshold } });
  else graph.add('Relu');
  if (maxValue !== null) graph.add('Min', [number('max_value', maxValue)]);
  if (negativeSlope === 0) return;
  const above = graph.here;
  graph.goOnFrom(x);
  graph.add('Neg');
  graph.add('Add', [number('threshold', threshold)]);
  graph.add('Relu');
  graph.add('Mul', [number('negative_slope', -negativeSlope)]);
  graph.add('Add', [above]);
}

export function addElu(graph: GraphBuilder, { alpha = 1 }: ConfigOf<'ELU'>): void {
  graph.add('Elu', [], { alpha: { float: alpha } });
}

export function addPrelu(
  graph: GraphBuilder,
  { name, regions: [region] }: LayerInfo,
  weights: Float32Array,
): void {
  const { shape, offset } = region!;
  const alpha = weights.subarray(offset, offset + shape.reduce((n, d) => n * d, 1));
  graph.channelsLast();
  graph.add('PRelu', [graph.tensor(`${name}/alpha`, shape, alpha)]);
}
