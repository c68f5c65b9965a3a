// What of a model's layers Keras's files hold, and in which order: all but what Keras keeps beside a model, which has no weights and
// does nothing outside of training.
import type { KerasConfig, LayerInfo, Sequential } from '../api/types.ts';
import { inKerasOrder } from '../keras/inbound.ts';
import { layerNamed } from '../keras/layers.ts';
import { functionalConfig, without } from './graph.ts';

const isApart = (className: string) => layerNamed(className)?.apart ?? false;

/** In the order in which Keras lists them and their weights. */
export function keptLayers(model: Sequential): LayerInfo[] {
  const kept = without(model.layersInfo, ({ className }) => isApart(className));
  return model.isChain ? kept : inKerasOrder(kept);
}

export function keptConfig(model: Sequential): KerasConfig {
  const root = model.config();
  const [input, ...rest] = root.config.layers as KerasConfig[];
  if (model.isChain) {
    const layers = [input, ...rest.filter(({ class_name }) => !isApart(class_name))];
    return { ...root, config: { ...root.config, layers } };
  }
  const named = rest.map((layer) => ({
    ...layer,
    name: layer.config.name as string,
    inbound: layer.inbound!,
  }));
  const kept = without(named, ({ class_name }) => isApart(class_name));
  const layers = [input, ...kept.map(({ name: _, ...layer }) => layer)];
  return functionalConfig({ ...root, config: { ...root.config, layers } });
}
