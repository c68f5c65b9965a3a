// From a file's layers and arrays to a model's configuration and flat parameters. BatchNormalization, which Ziffer does not have, is folded into
// the layer before it: with its moving statistics it is a scale and an offset a channel, as the kernel and the bias are.
import { type KerasConfig, type LayerInfo, type NotKept, ZifferError } from '../api/index.ts';
import { describe } from '../api/shape_rules.ts';

/** One array of a file's layer. */
export interface ArrayAt {
  /** Which layer: among all of the file but the InputLayer, and by name. */
  place: number;
  layer: string;
  /** Which of its arrays, by number and by name. */
  index: number;
  name: string;
  shape: readonly number[];
}

export interface Stored {
  config: KerasConfig;
  values: Float32Array;
  /** The layers that were folded: then the optimiser's state of the file is another model's. */
  folded: NotKept[];
}

interface Item {
  place: number;
  layer: KerasConfig;
}

/** `read` fills its second argument with an array of the file. Errors: those of `describe` and `read`, `unsupported_layer`. */
export function storedModel(
  chain: KerasConfig,
  read: (at: ArrayAt, out: Float32Array) => void,
): Stored {
  const list = chain.config.layers as KerasConfig[];
  const items = list
    .filter(({ class_name }) => class_name !== 'InputLayer')
    .map((layer, place) => ({ layer, place }));
  const kept = items.filter(({ layer }) => !isNormalization(layer));
  const { layers, parameters } = describe(without(chain, isNormalization));
  const values = new Float32Array(parameters);
  for (const [i, info] of layers.entries()) {
    for (const [index, { name, shape, offset }] of info.regions.entries()) {
      const at = { place: kept[i]!.place, layer: info.name, index, name, shape };
      read(at, values.subarray(offset, offset + size(shape)));
    }
  }
  const normalizations = items.filter(({ layer }) => isNormalization(layer));
  if (normalizations.length === 0) return { config: chain, values, folded: [] };
  return fold(chain, items, layers, values, read);
}

function fold(
  chain: KerasConfig,
  items: readonly Item[],
  layers: readonly LayerInfo[],
  values: Float32Array,
  read: (at: ArrayAt, out: Float32Array) => void,
): Stored {
  const targets = new Map<KerasConfig, Item>();
  for (const [i, item] of items.entries()) {
    if (isNormalization(item.layer)) targets.set(targetOf(item.layer, items[i - 1]?.layer), item);
  }
  const biased = (layer: KerasConfig) =>
    targets.has(layer) ? { ...layer, config: { ...layer.config, use_bias: true } } : layer;
  const list = (chain.config.layers as KerasConfig[]).filter((layer) => !isNormalization(layer));
  const config = { ...chain, config: { ...chain.config, layers: list.map(biased) } };
  const { layers: wider, parameters } = describe(config);
  const out = new Float32Array(parameters);
  const kept = items.filter(({ layer }) => !isNormalization(layer));
  for (const [i, to] of wider.entries()) {
    for (const [k, { shape, offset }] of layers[i]!.regions.entries()) {
      out.set(values.subarray(offset, offset + size(shape)), to.regions[k]!.offset);
    }
    const item = targets.get(kept[i]!.layer);
    if (item) foldInto(to, out, item, read);
  }
  const folded = items.flatMap(({ layer }): NotKept[] => {
    const { class_name: name } = layer;
    const at = { layer: String(layer.config.name), name };
    return isNormalization(layer) ? [{ what: 'normalization', ...at }] : [];
  });
  return { config, values: out, folded };
}

/** The layer that a normalization can be folded into. */
function targetOf(layer: KerasConfig, before: KerasConfig | undefined): KerasConfig {
  const { axis = -1, name } = layer.config;
  const plain = before && ['Conv2D', 'Dense'].includes(before.class_name);
  const linear = (before?.config.activation ?? 'linear') === 'linear';
  if (plain && linear && axis === -1) return before;
  const cure = 'It is read only right after a Conv2D or Dense layer without an activation.';
  const message = `BatchNormalization "${name}": it cannot be folded into the layer before it. ${cure}`;
  throw new ZifferError('unsupported_layer', message);
}

/** y = (x · kernel + bias − mean) · gamma / √(variance + epsilon) + beta, written as another kernel and bias. */
function foldInto(
  { regions }: LayerInfo,
  values: Float32Array,
  { layer, place }: Item,
  read: (at: ArrayAt, out: Float32Array) => void,
): void {
  const { scale = true, center = true, epsilon = 1e-3, name } = layer.config;
  const [kernel, bias] = regions;
  const channels = size(bias!.shape);
  let index = 0;
  const array = (called: string, there: unknown, otherwise: number) => {
    const out = new Float32Array(channels).fill(otherwise);
    if (there) {
      read({ place, layer: String(name), index, name: called, shape: [channels] }, out);
      index++;
    }
    return out;
  };
  const gamma = array('gamma', scale, 1);
  const beta = array('beta', center, 0);
  const mean = array('moving_mean', true, 0);
  const variance = array('moving_variance', true, 1);
  const factor = gamma.map((g, c) => g / Math.sqrt(variance[c]! + Number(epsilon)));
  for (let i = 0; i < size(kernel!.shape); i++) {
    values[kernel!.offset + i]! *= factor[i % channels]!;
  }
  for (let c = 0; c < channels; c++) {
    const at = bias!.offset + c;
    values[at] = (values[at]! - mean[c]!) * factor[c]! + beta[c]!;
  }
}

export function isNormalization({ class_name }: KerasConfig): boolean {
  return class_name === 'BatchNormalization';
}

function without(chain: KerasConfig, unwanted: (layer: KerasConfig) => boolean): KerasConfig {
  const list = (chain.config.layers as KerasConfig[]).filter((layer) => !unwanted(layer));
  return { ...chain, config: { ...chain.config, layers: list } };
}

function size(shape: readonly number[]): number {
  return shape.reduce((n, d) => n * d, 1);
}
