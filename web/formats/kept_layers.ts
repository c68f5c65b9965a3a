// What of a model's layers Keras's files hold: all but what Keras keeps beside a model, which has no weights and does nothing outside
// of training.
import type { KerasConfig, LayerInfo, Sequential } from '../api/types.ts';
import { layerNamed } from '../keras/layers.ts';

const isKept = (className: string) => !layerNamed(className)?.apart;

export function keptLayers(model: Sequential): LayerInfo[] {
  return model.layersInfo.filter(({ className }) => isKept(className));
}

export function keptConfig(model: Sequential): KerasConfig {
  const root = model.config();
  const layers = (root.config.layers as KerasConfig[]).filter((l) => isKept(l.class_name));
  return { ...root, config: { ...root.config, layers } };
}
