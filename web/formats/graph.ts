// Models whose layers are no chain, as Keras's files say them: `inbound_nodes`, in the order in which Keras walks a graph.
import type { KerasConfig } from '../api/types.ts';
import { layerNamed } from '../keras/layers.ts';
import { describe, INPUT } from '../keras/model.ts';

interface Named {
  readonly name: string;
  readonly inbound: readonly string[];
}

/**
 * As Keras lists a functional model's layers, and counts their weights: those that are farther from the output first; of those that are
 * equally far, the one that is met first on the way from the output back.
 */
export function inKerasOrder<L extends Named>(layers: readonly L[]): L[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  const meet = (name: string) => {
    const layer = byName.get(name);
    if (!layer || met.has(name)) return;
    met.set(name, met.size);
    for (const source of layer.inbound) meet(source);
  };
  meet(layers.at(-1)!.name);
  const depths = new Map<string, number>();
  for (const { name, inbound } of [...layers].reverse()) {
    const depth = depths.get(name) ?? 0;
    depths.set(name, depth);
    for (const source of inbound) depths.set(source, Math.max(depth + 1, depths.get(source) ?? 0));
  }
  const key = ({ name }: L) => [-depths.get(name)!, met.get(name)!] as const;
  return [...layers].sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
}

/** What takes a layer that is left out takes what that one takes. */
export function without<L extends Named>(layers: readonly L[], out: (layer: L) => boolean): L[] {
  const instead = new Map<string, string>();
  const kept: L[] = [];
  for (const layer of layers) {
    const inbound = layer.inbound.map((name) => instead.get(name) ?? name);
    if (out(layer)) instead.set(layer.name, inbound[0]!);
    else kept.push({ ...layer, inbound });
  }
  return kept;
}

/** How a layer says what it takes. */
type Nodes = (sources: readonly string[], joins: boolean) => unknown;

/** A functional model of Keras. `config`: of a graph, with `inbound` at each layer, which `nodes` writes. */
function functional(config: KerasConfig, nodes: Nodes): KerasConfig {
  const [input, ...rest] = config.config.layers as KerasConfig[];
  const named = rest.map((layer) => ({
    ...layer,
    name: layer.config.name as string,
    inbound: layer.inbound!,
  }));
  const layers = inKerasOrder(named).map(({ inbound, ...layer }) => ({
    ...layer,
    inbound_nodes: nodes(inbound, layerNamed(layer.class_name)!.joins),
  }));
  const first = { ...input!, name: INPUT, inbound_nodes: [] };
  return {
    module: 'keras',
    class_name: 'Functional',
    config: {
      name: config.config.name,
      trainable: true,
      layers: [first, ...layers],
      input_layers: [[INPUT, 0, 0]],
      output_layers: [[named.at(-1)!.name, 0, 0]],
    },
    registered_name: 'Functional',
  };
}

/** As Keras 3 writes it. */
export function functionalConfig(config: KerasConfig): KerasConfig {
  const { input, layers } = describe(config);
  const shapes = new Map(layers.map(({ name, outputShape }) => [name, outputShape]));
  const tensor = (name: string) => ({
    class_name: '__keras_tensor__',
    config: {
      shape: [null, ...(shapes.get(name) ?? input)],
      dtype: 'float32',
      keras_history: [name, 0, 0],
    },
  });
  return functional(config, (sources, joins) => {
    const tensors = sources.map(tensor);
    return [{ args: joins ? [tensors] : tensors, kwargs: {} }];
  });
}

/** As Keras 2 and TensorFlow.js do. */
export function oldFunctionalConfig(config: KerasConfig): KerasConfig {
  return functional(config, (sources) => [sources.map((name) => [name, 0, 0, {}])]);
}
