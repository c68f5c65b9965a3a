// Models whose layers are no chain, as Keras's files say them: `inbound_nodes`, in the order in which Keras walks a graph.
import type { KerasConfig } from '../api/types.ts';
import { inKerasOrder, type Named } from '../keras/inbound.ts';
import { layerNamed } from '../keras/layers.ts';
import { describe, INPUT } from '../keras/model.ts';

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
    module: 'keras.src.models.functional',
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
