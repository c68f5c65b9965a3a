// The layers that take several others, as nodes of ONNX.
import type { LayerInfo, LayerSpec } from '../api/index.ts';
import type { GraphBuilder, Place } from './onnx_graph.ts';

/** What a layer gives, with its shape without the batch axis. */
export interface Made {
  readonly place: Place;
  readonly shape: readonly number[];
}

/** Nodes of two inputs; the others take as many as there are. */
const OF_TWO = { Subtract: 'Sub', Multiply: 'Mul' } as const;
const OF_MANY = { Add: 'Sum', Average: 'Mean', Maximum: 'Max', Minimum: 'Min' } as const;

export type Joining = Extract<
  LayerSpec,
  { className: keyof typeof OF_TWO | keyof typeof OF_MANY | 'Concatenate' }
>;
export type OneInput = Exclude<LayerSpec, Joining>;

export function joins(spec: LayerSpec): spec is Joining {
  const { className } = spec;
  return className in OF_TWO || className in OF_MANY || className === 'Concatenate';
}

/** Appends the layer, with channels last. */
export function addJoin(
  graph: GraphBuilder,
  layer: LayerInfo,
  spec: Joining,
  taken: readonly Made[],
): void {
  const rank = layer.outputShape.length;
  const names = taken.map(({ place, shape }, i) => {
    graph.goTo(place);
    graph.channelsLast();
    if (shape.length < rank) {
      // ONNX lets the batch's axis be an image's where there are fewer.
      const wide = [-1, ...Array(rank - shape.length).fill(1), ...shape];
      graph.add('Reshape', [graph.integers(`${layer.name}/shape_${i}`, wide)]);
    }
    return graph.here;
  });
  graph.goTo({ name: names[0]!, channelsFirst: false });
  const rest = names.slice(1);
  if (spec.className === 'Concatenate') {
    const { axis = -1 } = spec.config;
    graph.add('Concat', rest, { axis: axis < 0 ? axis + rank + 1 : axis });
  } else if (spec.className === 'Subtract' || spec.className === 'Multiply') {
    for (const name of rest) graph.add(OF_TWO[spec.className], [name]);
  } else {
    graph.add(OF_MANY[spec.className], rest);
  }
}
