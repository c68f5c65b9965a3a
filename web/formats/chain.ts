// Configurations that real Keras, of version 2 or 3, and TensorFlow.js write, brought to the one that the API reads: a Sequential, whose
// layers say what they take where that is not the one before alone. A functional model has one input and one output.
import type { KerasConfig, NotKept } from '../api/types.ts';
import { describe, INPUT, isKnownInitializer } from '../keras/model.ts';
import { ZifferError } from '../protocol/errors.ts';
import { isObject, wordOf } from './json.ts';

/** And an InputLayer. */
const MOST_LAYERS = 256;
const INITIALIZERS = [
  'kernel_initializer',
  'depthwise_initializer',
  'pointwise_initializer',
  'bias_initializer',
  'beta_initializer',
  'gamma_initializer',
  'moving_mean_initializer',
  'moving_variance_initializer',
  'alpha_initializer',
];

/**
 * The model as a Sequential with its InputLayer first; `layers` of the result are in order, with `inbound` where it is no chain. Initialisers that Ziffer does not have are
 * dropped, since the weights are given, and all is computed with 32-bit floats; `lost` names what was otherwise. Errors: `unsupported_model`, `invalid_model`.
 */
export function chainOf(root: KerasConfig, lost: NotKept[] = []): KerasConfig {
  const { config } = root as { config: unknown };
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : null;
  if (!Array.isArray(list)) return root;
  if (list.length > MOST_LAYERS + 1) {
    const message = `model: it has ${list.length} layers, more than ${MOST_LAYERS}.`;
    throw new ZifferError('model_too_large', message);
  }
  const name = isObject(config) ? config.name : 'sequential';
  const ordered = FUNCTIONAL.includes(root.class_name) ? inOrder(list) : list;
  const axes = new Map<KerasConfig, unknown>();
  const layers = ordered.map((layer) => readable(layer, axes, lost));
  const start = isObject(config) ? config.build_input_shape : null;
  if (Array.isArray(start) && !layers.some(saysInput)) {
    layers.unshift({ class_name: 'InputLayer', config: { batch_shape: start } });
  }
  const sequential = FUNCTIONAL.includes(root.class_name) ? 'Sequential' : root.class_name;
  const chain = { class_name: sequential, config: { name, layers } };
  if (axes.size > 0) checkAxes(chain, axes);
  return chain;
}

const FUNCTIONAL = ['Functional', 'Model'];

function saysInput(layer: KerasConfig): boolean {
  const config: unknown = layer?.config;
  return isObject(config) && ('batch_shape' in config || 'batch_input_shape' in config);
}

function readable(
  layer: KerasConfig,
  axes: Map<KerasConfig, unknown>,
  lost: NotKept[],
): KerasConfig {
  if (!isObject(layer) || !isObject(layer.config)) return layer;
  const config: Record<string, unknown> = { ...layer.config };
  for (const key of INITIALIZERS) {
    const given = config[key];
    if (isKnownInitializer(given)) continue;
    delete config[key];
    const name = isObject(given) ? given.class_name : given;
    lost.push({ what: 'initializer', layer: wordOf(config.name), name: wordOf(name) });
  }
  if (layer.class_name !== 'InputLayer') loseDtype(config.dtype, lost);
  const { class_name, inbound } = layer;
  const own: KerasConfig = { class_name, config, ...(inbound && { inbound }) };
  const { axis } = config;
  const counted = Array.isArray(axis) && axis.length === 1 ? axis[0] : axis;
  if (typeof counted === 'number' && counted > 0) {
    axes.set(own, axis);
    config.axis = -1;
  }
  return own;
}

/** What a layer computes with, as a word or a policy of Keras 2 or 3: named once for all layers that have it. */
function loseDtype(dtype: unknown, lost: NotKept[]): void {
  if (dtype === undefined || dtype === null) return;
  const config = isObject(dtype) && isObject(dtype.config) ? dtype.config : {};
  const said = wordOf(isObject(dtype) ? (config.name ?? dtype.class_name) : dtype);
  if (said === 'float32') return;
  const name = `dtype = ${said}`;
  if (!lost.some((other) => other.what === 'setting' && other.name === name))
    lost.push({ what: 'setting', layer: null, name });
}

/**
 * TensorFlow.js and Keras 2 count the last axis from the front, with the batch's as 0. What was taken for the last axis and is
 * another gets back what the file says, which is refused when the whole is read. Errors: those of `describe`.
 */
function checkAxes(chain: KerasConfig, axes: ReadonlyMap<KerasConfig, unknown>): void {
  const list = chain.config.layers as KerasConfig[];
  const known = list.filter(({ class_name }) => class_name !== 'InputLayer');
  for (const [i, { inputShape }] of describe(chain).layers.entries()) {
    const layer = known[i]!;
    const axis = axes.get(layer);
    const counted = Array.isArray(axis) ? axis[0] : axis;
    if (axis !== undefined && counted !== inputShape.length) layer.config.axis = axis;
  }
}

interface Node {
  readonly layer: KerasConfig;
  readonly name: string;
  readonly sources: readonly string[];
}

/** The layers of a functional model, each behind what it takes, the input first. */
function inOrder(list: readonly unknown[]): KerasConfig[] {
  const nodes = list.map(nodeOf);
  const inputs = nodes.filter(({ sources }) => sources.length === 0);
  const [input, another] = inputs;
  if (input?.layer.class_name !== 'InputLayer') refuse('it has no input.');
  if (another) refuse(`${another.layer.class_name} "${another.name}" is a second input.`);
  const ordered: Node[] = [input];
  const placed = new Map([[input.name, INPUT]]);
  let waiting = nodes.filter((node) => node !== input);
  while (waiting.length > 0) {
    const next = waiting.find(({ sources }) => sources.every((name) => placed.has(name)));
    if (!next)
      refuse(`${waiting[0]!.layer.class_name} "${waiting[0]!.name}" takes what is not in it.`);
    if (placed.has(next.name)) refuse(`the name "${next.name}" is used twice.`);
    placed.set(next.name, next.name);
    ordered.push(next);
    waiting = waiting.filter((node) => node !== next);
  }
  return ordered.map(({ layer, name, sources }, i) => {
    const own = { class_name: layer.class_name, config: { ...layer.config, name } };
    const follows = i === 0 || (sources.length === 1 && sources[0] === ordered[i - 1]!.name);
    return follows ? own : { ...own, inbound: sources.map((source) => placed.get(source)!) };
  });
}

function nodeOf(item: unknown): Node {
  if (!isObject(item) || !isObject(item.config) || typeof item.class_name !== 'string') {
    throw new ZifferError('invalid_model', 'model: expected each layer to have a class_name.');
  }
  const layer = item as unknown as KerasConfig;
  const name = wordOf(item.name ?? layer.config.name);
  const nodes = item.inbound_nodes;
  const times = Array.isArray(nodes) ? nodes.length : 0;
  if (times > 1) refuse(`${layer.class_name} "${name}" is used ${times} times.`);
  return { layer, name, sources: sourcesOf(nodes) };
}

function refuse(what: string): never {
  const message = `model: ${what} Models of one input and one output can be read, whose layers are used once.`;
  throw new ZifferError('unsupported_model', message);
}

/** The names of the layers that a layer takes, in Keras 3's form or Keras 2's. */
function sourcesOf(nodes: unknown): string[] {
  if (!Array.isArray(nodes)) return [];
  const out: string[] = [];
  for (const node of nodes) {
    const inputs: unknown[] = Array.isArray(node)
      ? node
      : isObject(node) && Array.isArray(node.args)
        ? node.args
        : [];
    for (const input of inputs.flat(1)) {
      // Keras 2: [name, node, tensor, {}], which flat() has opened where it stood alone.
      if (typeof input === 'string') out.push(input);
      else if (
        isObject(input) &&
        isObject(input.config) &&
        Array.isArray(input.config.keras_history)
      ) {
        out.push(wordOf(input.config.keras_history[0]));
      } else if (Array.isArray(input) && typeof input[0] === 'string') out.push(input[0]);
    }
  }
  return out;
}
