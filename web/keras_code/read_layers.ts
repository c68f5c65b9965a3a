// A model's layers as the API's layers: Keras's order of arguments, the spellings of its older releases, and the checks of web/keras.

import { given } from '../keras/given.ts';
import { withSources } from '../keras/inbound.ts';
import { type LayerSpec, layerNamed } from '../keras/layers.ts';
import { callFields } from '../keras/specs.ts';
import { ACTIVATIONS } from '../keras/types.ts';
import { ZifferError } from '../protocol/errors.ts';
import { bound } from './arguments.ts';
import type { Machine } from './machine.ts';
import { numbers } from './modeling.ts';
import { rescaling } from './tensors.ts';
import { Layer, type Model, type Shape, Unknown, type Value } from './values.ts';
import { worded } from './words.ts';

/** What Keras 1 called the arguments of today. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  border_mode: 'padding',
  subsample: 'strides',
  nb_filter: 'filters',
  output_dim: 'units',
  init: 'kernel_initializer',
  W_regularizer: 'kernel_regularizer',
  b_regularizer: 'bias_regularizer',
  W_constraint: 'kernel_constraint',
  b_constraint: 'bias_constraint',
  bias: 'use_bias',
  p: 'rate',
  dim_ordering: 'data_format',
};
const OLD_WORDS =
  /\b(?:Convolution2D|border_mode|nb_epoch|nb_filter|subsample|dim_ordering|image_dim_ordering|set_image_dim_ordering|W_regularizer|samples_per_epoch)\b/;
/** Of an input, which is the model's and not the layer's. */
const OF_INPUT = ['input_shape', 'input_dim', 'batch_input_shape', 'batch_size', 'input_length'];

/** `data`: the shape of the pictures that it is fitted with, where the model itself says none. */
export function layersOf(m: Machine, model: Model, data: Shape): LayerSpec[] {
  const said = model.input ?? firstShape(model.layers[0]) ?? data;
  const turned = said !== null && isChannelsFirst(said, model.layers);
  if (turned) m.remark(model.at, 'channels first is read as channels last, as pictures are here');
  const input = turned ? [...said.slice(1), said[0]!] : said;
  const parts = model.layers.map((layer) => unfolded(rescaling(m, layer)));
  const read = parts.flatMap((few, i) => {
    const trainable = model.stills
      ? model.stills[i]
      : (model.layers[i]!.trainable ?? model.trainable);
    const places: Places = {
      turned,
      flat: input?.length === 1 || parts.slice(0, i).some(flattens),
    };
    return few.map((one) => layerOf(m, one, places, trainable));
  });
  const known = read.filter((spec) => spec !== null);
  const sources = sourcesIn(model, parts);
  // What was not read has blocked the rest.
  const specs = sources && known.length === read.length ? withSources(known, sources) : known;
  const [first, ...rest] = specs;
  if (!first) {
    m.block(model.at, 'there are no layers in it that can be read');
    return [];
  }
  const config = { ...first.config, ...(input && { inputShape: [...input] }) };
  return [{ ...first, config } as LayerSpec, ...rest];
}

/** What axis 1 is where a layer stands. */
interface Places {
  /** The script's pictures have their channels first. */
  readonly turned: boolean;
  /** There are no pictures any more, but rows of numbers. */
  readonly flat: boolean;
}

function flattens(few: readonly Layer[]): boolean {
  return few.some(({ className }) => /^(?:Flatten|Global\w+2D)$/.test(className));
}

/** What each of the layers takes, by place, the input as 0; `parts`: what each of the model's became. Null where they are a chain. */
function sourcesIn(model: Model, parts: readonly Layer[][]): (number[] | null)[] | null {
  const ends = new Map<Layer | null, number>([[null, 0]]);
  const out: (number[] | null)[] = [];
  let chain = true;
  for (const [i, layer] of model.layers.entries()) {
    const taken = model.edges.get(layer)?.map((one) => ends.get(one)!) ?? null;
    if (taken && (taken.length !== 1 || taken[0] !== out.length)) chain = false;
    out.push(taken, ...parts[i]!.slice(1).map(() => null));
    ends.set(layer, out.length);
  }
  return chain ? null : out;
}

/** `Dense(10, activation=LeakyReLU(0.1))`: a layer as an activation is a layer behind it, unless it has an activation's word. */
function unfolded(layer: Layer): Layer[] {
  const { list, named, at } = layer.args;
  const names = Object.keys(layerNamed(layer.className)?.fields ?? {});
  const place = named.has('activation') ? -1 : names.indexOf('activation');
  const behind = named.get('activation') ?? list[place];
  if (!(behind instanceof Layer) || isActivation(worded(behind))) return [layer];
  if (layer.className === 'Activation') return [behind];
  const rest = new Map([...named].filter(([name]) => name !== 'activation'));
  const others = list.map((value, i) => (i === place ? 'linear' : value));
  const bare = new Layer(layer.className, { list: others, named: rest, at }, layer.channelsFirst);
  return [bare, behind];
}

function isActivation(word: unknown): boolean {
  return ACTIVATIONS.some((known) => known === word);
}

function firstShape(layer: Layer | undefined): Shape {
  const named = layer?.args.named;
  const batch = named?.get('batch_input_shape');
  const n = named?.get('input_dim');
  if (typeof n === 'number') return [n];
  const shape = named?.get('input_shape');
  if (typeof shape === 'number') return [shape];
  return numbers(shape) ?? (Array.isArray(batch) ? numbers(batch.slice(1)) : null);
}

/** It is said, or the shape says it: (1, 28, 28). */
function isChannelsFirst(shape: readonly number[], layers: readonly Layer[]): boolean {
  const [c, h, w] = shape;
  if (shape.length !== 3) return false;
  const formats = layers.map(({ args, channelsFirst }) => {
    const format = args.named.get('data_format') ?? args.named.get('dim_ordering');
    return format ?? (channelsFirst ? 'channels_first' : null);
  });
  if (formats.some((format) => format === 'channels_first' || format === 'th')) return true;
  return c! <= 4 && h! > 4 && w! > 4;
}

function layerOf(
  m: Machine,
  made: Layer,
  places: Places,
  trainable: boolean | undefined,
): LayerSpec | null {
  const layer = layerNamed(made.className);
  const at = made.args.at;
  if (!layer) {
    m.block(at, `${made.className} layers are not supported`);
    return null;
  }
  const config = configOf(m, made, Object.keys(layer.fields), places);
  if (!config) return null;
  if (trainable !== undefined) config.trainable = trainable;
  try {
    const read = given(made.className, callFields(layer), [config], `${made.className}()`);
    return { className: layer.className, config: read } as unknown as LayerSpec;
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    m.block(at, error.message);
    return null;
  }
}

/** Words as Keras has them today. */
function wordOf(key: string, said: string): string {
  const word = said.toLowerCase();
  return key.endsWith('_initializer') && Object.hasOwn(OLD_STARTS, word) ? OLD_STARTS[word]! : word;
}

/** Keras 1's names of initializers. */
const OLD_STARTS: Readonly<Record<string, string>> = {
  normal: 'random_normal',
  gaussian: 'random_normal',
  uniform: 'random_uniform',
  zero: 'zeros',
  one: 'ones',
};

function configOf(
  m: Machine,
  made: Layer,
  names: readonly string[],
  { turned, flat }: Places,
): Record<string, unknown> | null {
  const config: Record<string, unknown> = {};
  for (const [given, value] of inOrder(m, made, names)) {
    const key = Object.hasOwn(OLD_NAMES, given) ? OLD_NAMES[given]! : given;
    if (OF_INPUT.includes(key)) continue;
    if (key.startsWith('argument ')) {
      m.block(made.args.at, `${made.className} has an argument too many, or one twice`);
      return null;
    }
    const read = worded(value);
    if (read === undefined) {
      if (value instanceof Unknown) m.block(value);
      m.block(made.args.at, `${key} is known only when the script runs`);
      return null;
    }
    config[key] = typeof read === 'string' && key !== 'name' ? wordOf(key, read) : read;
  }
  if (config.data_format === 'tf') config.data_format = 'channels_last';
  if (turned) delete config.data_format;
  if (made.className === 'Concatenate' && turned && config.axis === 1) config.axis = -1;
  if (made.className === 'BatchNormalization') {
    if (config.axis === 3 || (config.axis === 1 && (turned || flat))) config.axis = -1;
    if (config.mode === 0) delete config.mode;
  }
  // What follows from a seed of its own is drawn otherwise here.
  const { fixed } = layerNamed(made.className)?.fields.seed ?? {};
  if (fixed || typeof config.seed === 'object') delete config.seed;
  return config;
}

/** Arguments under today's names; Keras 1's two numbers are one kernel. */
function inOrder(m: Machine, made: Layer, names: readonly string[]): Map<string, Value> {
  const { list, named } = made.args;
  const rows = named.get('nb_row');
  const columns = named.get('nb_col') ?? rows;
  let places = list;
  if (
    /^Conv(?:olution)?2D$/.test(made.className) &&
    typeof list[1] === 'number' &&
    typeof list[2] === 'number'
  ) {
    const call = m.textOf(made.args.at);
    if (OLD_WORDS.test(m.source.text) || OLD_WORDS.test(call)) {
      places = [list[0]!, [list[1], list[2]], ...list.slice(3)];
    }
  }
  const out = bound({ ...made.args, list: places }, names);
  if (rows !== undefined) {
    out.delete('nb_row');
    out.delete('nb_col');
    out.set('kernel_size', [rows, columns!]);
  }
  return out;
}
