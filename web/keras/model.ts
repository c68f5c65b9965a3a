// A Sequential's layers, shapes and parameters, without computing anything: what the core infers, with the same limits, so that a
// model can be described and checked while its author types, before any WebAssembly has arrived. tests/wasm holds the two together.
import { ZifferError } from '../protocol/errors.ts';
import { type Field, initializer, readFields } from './fields.ts';
import { type Cost, type Layer, LayerInput, shapeText, sizeOf, type Weights } from './layer.ts';
import { LayerNames } from './layer_names.ts';
import { type LayerClass, type LayerInfo, layerNamed, unsupported } from './layers.ts';
import {
  bytesIn,
  ConfigReader,
  isObject,
  isPresentable,
  LONGEST_NAME,
  LONGEST_WORD,
  shown,
} from './reader.ts';
import type { KerasConfig, WeightRegion } from './types.ts';

const LARGEST_EXTENT = 2 ** 14;
const LARGEST_ACTIVATION = 2 ** 24;
const MOST_PARAMETERS = 2 ** 26;
const MOST_ACTIVATIONS = 2 ** 25;
const MOST_PATCHES = 2 ** 25;
const MOST_WORK = 2 ** 34;
export const MOST_LAYERS = 256;
/** What configurations call a model's input. */
export const INPUT = 'input_layer';

export interface Described {
  name: string;
  input: number[];
  layers: LayerInfo[];
  /** Each layer takes the one before it, and nothing else. */
  chain: boolean;
  parameters: number;
  /** The configuration with every default and name filled in. */
  config: KerasConfig;
}

interface ReadLayer {
  name: string;
  layer: Layer;
  config: Record<string, unknown>;
  trainable: boolean;
  /** Empty: what stands before it. */
  inbound: readonly string[];
}

interface ReadModel {
  name: string;
  input: number[];
  layers: ReadLayer[];
}

/** Reads and infers. Errors: `invalid_config`, `unsupported_layer`, `unsupported_model`, `shape_mismatch`, `model_too_large`. */
export function describe(config: KerasConfig): Described {
  const model = readModel(config);
  requireInput(model);
  const names = new LayerNames();
  const layers: LayerInfo[] = [];
  const totals: Totals = { parameters: 0, activations: sizeOf(model.input), work: 0 };
  const shapes = new Map<string, readonly number[]>([[INPUT, model.input]]);
  for (const { layer, config: settings, trainable, ...read } of model.layers) {
    const name = read.name || names.next(layer.className);
    model.layers[layers.length]!.name = name;
    requireName(name, `layer ${layers.length + 1}`);
    const inbound = read.inbound.length > 0 ? read.inbound : [layers.at(-1)?.name ?? INPUT];
    const at = new LayerInput(name, layer, trainable, sourcesOf(layer, name, inbound, shapes));
    const output = layer.shape(at, settings);
    const regions = place(totals.parameters, layer.weights(at, settings));
    const count = regions.reduce((sum, r) => sum + sizeOf(r.shape), 0);
    requireRoom(at, output, count, layer.cost(at, settings, output), totals);
    at.require(!layers.some((l) => l.name === name), 'a name of its own', 'one used twice');
    layers.push({
      name,
      className: layer.className as LayerClass,
      inbound,
      inputShape: at.input,
      outputShape: output,
      parameters: count,
      trainable,
      regions,
    });
    shapes.set(name, output);
  }
  requireAllTaken(layers);
  const { parameters } = totals;
  const chain = layers.every(
    ({ inbound }, i) => inbound.length === 1 && inbound[0] === (layers[i - 1]?.name ?? INPUT),
  );
  return {
    name: model.name,
    input: model.input,
    layers,
    chain,
    parameters,
    config: resolved(model, chain ? null : layers),
  };
}

/** The shapes of what a layer takes. Errors: `invalid_config`, `shape_mismatch`. */
function sourcesOf(
  layer: Layer,
  name: string,
  inbound: readonly string[],
  shapes: ReadonlyMap<string, readonly number[]>,
): (readonly number[])[] {
  const where = `${layer.className} "${name}"`;
  const out = inbound.map((source) => {
    const message = `it takes ${shown(source)}, which is no layer before it.`;
    return shapes.get(source) ?? fail(where, message);
  });
  if (!layer.joins && out.length > 1) {
    throw new ZifferError('shape_mismatch', `${where}: expected one input, got ${out.length}.`);
  }
  return out;
}

function requireAllTaken(layers: readonly LayerInfo[]): void {
  const taken = new Set(layers.flatMap(({ inbound }) => inbound));
  const idle = layers.slice(0, -1).find(({ name }) => !taken.has(name));
  if (idle) fail(`${idle.className} "${idle.name}"`, 'no other layer takes its output.');
}

/** What layers add up to, from the front. */
interface Totals {
  parameters: number;
  activations: number;
  work: number;
}

/** Adds a layer to the totals. Errors: `model_too_large`, with the layer, how much, the limit and a cure. */
function requireRoom(
  at: LayerInput,
  output: readonly number[],
  parameters: number,
  cost: Cost,
  totals: Totals,
): void {
  const smaller = 'Use fewer filters or units, or pool before it.';
  at.atMost(LARGEST_ACTIVATION, sizeOf(output), 'numbers in its output:', smaller);
  totals.parameters += parameters;
  at.atMost(MOST_PARAMETERS, totals.parameters, 'parameters up to here:', smaller);
  totals.activations += sizeOf(output);
  at.atMost(MOST_ACTIVATIONS, totals.activations, 'numbers in all outputs up to here:', smaller);
  const strides = 'Use a smaller kernel or larger strides, or pool before it.';
  at.atMost(MOST_PATCHES, cost.patches, 'numbers in its patches:', strides);
  totals.work += cost.work;
  const windows = 'Use smaller windows or larger strides, or pool before it.';
  at.atMost(MOST_WORK, totals.work, 'multiplications for one image up to here:', windows);
}

function readModel(given: KerasConfig): ReadModel {
  // Through JSON, as the core gets it: undefined goes, NaN becomes null.
  const root = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
  if (root.class_name !== 'Sequential') {
    throw new ZifferError(
      'unsupported_model',
      `model configuration: expected class_name "Sequential", got ${shown(root.class_name ?? null)}.`,
    );
  }
  const config = root.config;
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : null;
  if (!Array.isArray(list)) fail('model configuration', 'expected config.layers to be a list.');
  const name = isObject(config) && typeof config.name === 'string' ? config.name : 'sequential';
  const model: ReadModel = { name, input: [], layers: [] };
  for (const [i, item] of list.entries()) readItem(item, i, model);
  if (model.input.length === 0) {
    fail(
      'model configuration',
      'expected an input shape: put an InputLayer with batch_shape first.',
    );
  }
  return model;
}

function readItem(item: unknown, i: number, model: ReadModel): void {
  const position = `layer ${i + 1}`;
  if (!isObject(item) || typeof item.class_name !== 'string') {
    fail(position, 'expected an object with a class_name.');
  }
  const className = item.class_name;
  if (!isPresentable(className, LONGEST_WORD)) {
    fail(position, `expected the name of a class, got ${shown(className)}.`);
  }
  const config = 'config' in item ? item.config : {};
  if (!isObject(config)) fail(position, 'expected config to be an object.');
  const name = typeof config.name === 'string' ? config.name : '';
  if (!isPresentable(name, LONGEST_NAME)) {
    const expected = `expected a name of at most ${LONGEST_NAME} bytes without control characters`;
    fail(position, `${expected}, got ${shown(name)}.`);
  }
  const where = name === '' ? `${className} (${position})` : `${className} "${name}"`;
  const r = new ConfigReader(config, where);
  for (const key of ['batch_shape', 'batch_input_shape']) {
    if (i === 0 && r.has(key)) model.input = r.batchShape(key);
  }
  if (className === 'InputLayer') {
    if (i !== 0) fail(where, 'an InputLayer can only come first.');
    return;
  }
  const layer = layerNamed(className);
  if (!layer) throw unsupported(where, className);
  const settings = readFields(layer.fields, r);
  const { inbound = [] } = item;
  if (!Array.isArray(inbound) || inbound.some((one) => typeof one !== 'string')) {
    fail(where, `expected inbound to be a list of names, got ${shown(inbound)}.`);
  }
  const trainable = r.flag('trainable', true);
  model.layers.push({ name, layer, config: settings, trainable, inbound });
}

/** Whether `value` is an initializer that `reset` can draw from again. */
export function isKnownInitializer(value: unknown): boolean {
  try {
    ANY_INITIALIZER.read(new ConfigReader({ initializer: value }, 'model'), 'initializer', {});
    return true;
  } catch {
    return false;
  }
}

const ANY_INITIALIZER: Field = initializer('zeros');

function fail(where: string, message: string): never {
  throw new ZifferError('invalid_config', `${where}: ${message}`);
}

function requireName(name: string, what: string): void {
  if (bytesIn(name) <= LONGEST_NAME) return;
  const message = `${what}: expected a name of at most ${LONGEST_NAME} bytes, got ${bytesIn(name)}.`;
  throw new ZifferError('invalid_config', message);
}

function requireInput({ name, input, layers }: ReadModel): void {
  requireName(name, 'the model');
  const wrong =
    input.some((d) => d < 1 || d > LARGEST_EXTENT) || sizeOf(input) > LARGEST_ACTIVATION;
  if (wrong) {
    const message = `${shapeText(input)} is not an input shape. For MNIST use (28, 28, 1).`;
    throw new ZifferError('invalid_config', `model "${name}": ${message}`);
  }
  if (layers.length > MOST_LAYERS) {
    throw new ZifferError('model_too_large', `model "${name}": more than ${MOST_LAYERS} layers.`);
  }
}

/** One behind the other, without gaps. */
function place(offset: number, weights: readonly Weights[]): WeightRegion[] {
  let next = offset;
  return weights.map((each) => {
    const region = { ...each, offset: next };
    next += sizeOf(each.shape);
    return region;
  });
}

/** `graph`: the layers where they are no chain. */
function resolved(model: ReadModel, graph: readonly LayerInfo[] | null): KerasConfig {
  const input = { batch_shape: [null, ...model.input], dtype: 'float32', name: INPUT };
  const layers = [inModule('keras.layers', 'InputLayer', input)];
  for (const [i, { name, layer, config, trainable }] of model.layers.entries()) {
    const frozen = trainable ? {} : { trainable };
    const one = inModule('keras.layers', layer.className, { name, ...frozen, ...config });
    layers.push(graph ? { ...one, inbound: graph[i]!.inbound } : one);
  }
  return inModule('keras', 'Sequential', { name: model.name, layers });
}

/** Keras 3 finds a class by its module. */
function inModule(module: string, class_name: string, config: KerasConfig['config']): KerasConfig {
  return { module, class_name, config, registered_name: null };
}
