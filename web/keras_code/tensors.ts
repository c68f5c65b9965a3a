// Functions and arithmetic on symbolic tensors, as the layers that do the same.
import { argument } from './arguments.ts';
import { joined, joinedByOperator } from './joins.ts';
import type { Machine } from './machine.ts';
import { statNumber } from './pixels.ts';
import type { Node } from './tree.ts';
import { type Args, Data, Func, Layer, Stat, Tensor, tuple, type Value } from './values.ts';

/** What leaves a picture as it is. */
const SAME = /^(?:cast|convert_to_tensor|identity|stop_gradient)$/;
const ACTIVATES =
  /^(?:relu|relu6|softmax|sigmoid|tanh|elu|selu|gelu|silu|swish|leaky_relu|softplus|softsign|hard_sigmoid|log_softmax|exponential)$/;

export function tensorFunction(m: Machine, name: string, x: Tensor, args: Args): Value {
  const more = args.list.length + args.named.size;
  if (SAME.test(name)) return x;
  if (ACTIVATES.test(name) && (more === 0 || args.named.has('name'))) {
    return behind(m, x, 'Activation', { activation: name }, args.at);
  }
  if (name === 'reshape') {
    const [, ...shape] = listed(argument(args, 0, 'shape', 'target_shape'));
    if (shape.length > 0) return behind(m, x, 'Reshape', { target_shape: tuple(shape) }, args.at);
  }
  if (name === 'expand_dims' && x.layers.length === 0 && x.input) {
    const axis = argument(args, 0, 'axis');
    const last = axis === -1 || axis === x.input.length + 1;
    if (last) return behind(m, x, 'Reshape', { target_shape: tuple([...x.input, 1]) }, args.at);
  }
  return m.unknown(args.at, `${name} of what layers give is not read`);
}

function listed(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

/** The tensor behind one more layer. */
function behind(
  m: Machine,
  x: Tensor,
  className: string,
  told: Record<string, Value>,
  at: Node,
): Value {
  const args: Args = { list: [], named: new Map(Object.entries(told)), at };
  return joined(m, new Layer(className, args, false), [x], args);
}

/** `x / 255`, `2 * x - 1`: pixels multiplied and moved. */
export function tensorArithmetic(m: Machine, op: string, a: Value, b: Value, at: Node): Value {
  const join = joinedByOperator(m, op, a, b, at);
  if (join) return join;
  const [x, n] = a instanceof Tensor ? [a, b] : [b, a];
  const made = x instanceof Tensor && typeof n === 'number' ? affine(op, n, a === x) : null;
  if (!made || !(x instanceof Tensor)) {
    return m.unknown(at, `${op} of what layers give and this is not read`);
  }
  return behind(m, x, 'Rescaling', made, at);
}

function affine(op: string, n: number, first: boolean): { scale: number; offset: number } | null {
  if (op === '*') return { scale: n, offset: 0 };
  if (op === '+') return { scale: 1, offset: n };
  if (op === '-') return first ? { scale: 1, offset: -n } : { scale: -1, offset: n };
  return op === '/' && first && n !== 0 ? { scale: 1 / n, offset: 0 } : null;
}

interface Scale {
  readonly scale: number;
  readonly offset: number;
}

/** A layer that multiplies and moves all pixels alike, as today's Rescaling; itself where it does something else. */
export function rescaling(m: Machine, layer: Layer): Layer {
  const { className, args } = layer;
  const found =
    className === 'Lambda'
      ? lambdaScale(m, args)
      : className === 'Normalization'
        ? normalScale(layer)
        : null;
  if (!found) return layer;
  const kept = [...args.named].filter(([key]) => OF_LAYER.includes(key));
  const named = new Map<string, Value>([...kept, ...Object.entries(found)]);
  return new Layer('Rescaling', { list: [], named, at: args.at }, layer.channelsFirst);
}

const OF_LAYER = ['input_shape', 'batch_input_shape', 'name', 'trainable'];

function lambdaScale(m: Machine, args: Args): Scale | null {
  const made = argument(args, 0, 'function');
  const others = [...args.named.keys()].filter((key) => !OF_LAYER.includes(key));
  if (!(made instanceof Func) || others.some((key) => !/^(?:function|output_shape)$/.test(key))) {
    return null;
  }
  const shape = [28, 28, 1];
  const more = { from: 0, to: 1, shape, scale: 1, offset: 0, oneHot: null, drawn: null };
  const pixels = new Data('mnist', 'train', 'x', more);
  const answer = m.call(made, { list: [pixels], named: new Map(), at: args.at });
  if (!(answer instanceof Data) || answer.more.shape !== shape) return null;
  const { scale, offset } = answer.more;
  return { scale, offset };
}

/** Normalization by one mean and one deviation: told, or those of the pictures that it was adapted to. */
function normalScale({ args, adapted }: Layer): Scale | null {
  const [mean, variance] = [args.named.get('mean'), args.named.get('variance')];
  if (typeof mean === 'number' && typeof variance === 'number') {
    return normal(mean, Math.sqrt(variance));
  }
  const axis = argument(args, 0, 'axis');
  const one = axis === null || adapted?.more.shape.at(-1) === 1;
  if (!adapted || !one || args.named.get('invert') === true) return null;
  const [by, deviation] = (['mean', 'std'] as const).map((kind) =>
    statNumber(new Stat(kind, adapted)),
  );
  return typeof by === 'number' && typeof deviation === 'number' ? normal(by, deviation) : null;
}

/** Keras divides by no less than its smallest number. */
function normal(mean: number, deviation: number): Scale {
  const scale = 1 / Math.max(deviation, 1e-7);
  return { scale, offset: -mean * scale };
}
