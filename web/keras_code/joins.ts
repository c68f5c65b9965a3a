// Layers that are called on symbolic tensors: on one, on several, or by an operator or a function that does what such a layer does.
import { layerNamed } from '../keras/layers.ts';
import { argument } from './arguments.ts';
import type { Machine } from './machine.ts';
import type { Node } from './tree.ts';
import { type Args, Layer, Tensor, type Unknown, type Value } from './values.ts';

/** The tensor that a layer makes of others. */
export function joined(
  m: Machine,
  called: Layer,
  tensors: readonly Tensor[],
  args: Args,
): Tensor | Unknown {
  const layers = new Set(tensors.flatMap((one) => one.layers));
  const again = layers.has(called);
  if (again && hasWeights(called))
    return m.unknown(args.at, 'a layer whose weights are used twice is not read');
  const layer = again ? called.again() : called;
  const edges = new Map<Layer, readonly (Layer | null)[]>();
  for (const [one, taken] of tensors.flatMap((tensor) => [...tensor.edges])) {
    const before = edges.get(one);
    if (before?.some((source, i) => source !== taken[i]))
      return m.unknown(args.at, 'a layer that is used in two places is not read');
    edges.set(one, taken);
  }
  edges.set(
    layer,
    tensors.map((one) => one.last),
  );
  return new Tensor(tensors[0]!.input, [...layers, layer], edges);
}

function hasWeights({ className }: Layer): boolean {
  const fields = layerNamed(className)?.fields ?? {};
  return Object.keys(fields).some((key) => key.endsWith('_initializer'));
}

/** `layers.add([x, y])`, `tf.concat([x, y], axis=-1)`, `keras.ops.maximum(x, y)`: a layer that joins, as a function. Null: it is none. */
export function joiningCall(m: Machine, path: string, args: Args): Value | null {
  const last = path.split('.').at(-1)!;
  const known = /^(?:keras\.(?:layers|ops|backend|layers\.merge)|tf|tf\.math)\.\w+$/.test(path);
  const old = last === 'merge' ? argument(args, 1, 'mode') : null;
  const word = typeof old === 'string' ? old : last;
  const className = known && Object.hasOwn(JOINS, word) ? JOINS[word]! : null;
  if (!className) return null;
  const list = Array.isArray(args.list[0]) ? args.list[0] : args.list;
  const inputs = argument(args, 0, 'inputs', 'values', 'tensors') ?? null;
  const tensors = Array.isArray(inputs) ? inputs : list;
  if (tensors.length === 0 || !tensors.every((one) => one instanceof Tensor)) return null;
  const axis = args.named.get('axis') ?? args.named.get('concat_axis');
  const second = Array.isArray(args.list[0]) && old === null ? args.list[1] : undefined;
  const named = new Map<string, Value>();
  const along = axis ?? second;
  if (className === 'Concatenate' && along !== undefined) named.set('axis', along);
  const layer = new Layer(className, { list: [], named, at: args.at }, m.channelsFirst);
  return joined(m, layer, tensors as Tensor[], args);
}

const JOINS: Readonly<Record<string, string>> = {
  add: 'Add',
  add_n: 'Add',
  sum: 'Add',
  subtract: 'Subtract',
  multiply: 'Multiply',
  mul: 'Multiply',
  average: 'Average',
  ave: 'Average',
  maximum: 'Maximum',
  max: 'Maximum',
  minimum: 'Minimum',
  concatenate: 'Concatenate',
  concat: 'Concatenate',
};

/** `x + shortcut`; null: not of two tensors. */
export function joinedByOperator(
  m: Machine,
  op: string,
  a: Value,
  b: Value,
  at: Node,
): Value | null {
  const className = { '+': 'Add', '-': 'Subtract', '*': 'Multiply' }[op];
  if (!className || !(a instanceof Tensor) || !(b instanceof Tensor)) return null;
  const args: Args = { list: [], named: new Map(), at };
  return joined(m, new Layer(className, args, false), [a, b], args);
}
