// Evaluates expressions. Each kind of node is one entry of the table; what has none is Unknown.
import { comprehension, dictionary, formatString } from './collections.ts';
import { canonical, STARS } from './imports.ts';
import { numberOf, stringOf } from './literals.ts';
import type { Machine } from './machine.ts';
import { binary, compare, unary } from './operators.ts';
import { subscript } from './subscripts.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import { unsaid } from './unsaid.ts';
import { type Args, Func, Ref, type Scope, truth, tuple, Unknown, type Value } from './values.ts';

type Evaluator = (m: Machine, node: Node, scope: Scope) => Value;

export function evaluate(m: Machine, node: Node, scope: Scope): Value {
  const evaluator = EVALUATORS[node.name];
  if (!evaluator) return m.unknown(node, `${node.name} is not read`);
  return m.within(() => evaluator(m, node, scope));
}

const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  Number: (m, node) => numberOf(m.textOf(node)) ?? m.unknown(node, 'a complex number'),
  String: (m, node) => stringOf(m.textOf(node)),
  Boolean: (m, node) => m.textOf(node) === 'True',
  None: () => null,
  Ellipsis: () => new Ref('...'),
  ContinuedString: (m, node, scope) => {
    const parts = childrenOf(node).map((part) => m.evaluate(part, scope));
    const unknown = parts.find((part) => typeof part !== 'string');
    return unknown === undefined ? parts.join('') : unknown;
  },
  FormatString: formatString,
  VariableName: (m, node, scope) => lookUp(m, m.textOf(node), node, scope),
  ParenthesizedExpression: (m, node, scope) =>
    m.evaluate(childrenOf(node).find((child) => child.name !== '(')!, scope),
  TupleExpression: (m, node, scope) => tuple(list(m, childrenOf(node), scope)),
  ArrayExpression: (m, node, scope) => list(m, childrenOf(node), scope),
  SetExpression: (m, node, scope) => list(m, childrenOf(node), scope),
  DictionaryExpression: dictionary,
  ArrayComprehensionExpression: comprehension,
  ComprehensionExpression: comprehension,
  SetComprehensionExpression: comprehension,
  LambdaExpression: (_, node, scope) => new Func('lambda', node, scope),
  UnaryExpression: (m, node, scope) => {
    const [op, operand] = childrenOf(node);
    return unary(m, m.textOf(op!), m.evaluate(operand!, scope), node);
  },
  BinaryExpression: binaryExpression,
  ConditionalExpression: (m, node, scope) => {
    const [then, , condition, , otherwise] = childrenOf(node);
    const is = truth(m.evaluate(condition!, scope));
    return is instanceof Unknown ? is : m.evaluate(is ? then! : otherwise!, scope);
  },
  NamedExpression: (m, node, scope) => {
    const [name, , value] = childrenOf(node);
    const found = m.evaluate(value!, scope);
    scope.names.set(m.textOf(name!), found);
    return found;
  },
  MemberExpression: (m, node, scope) => {
    const [object, mark, name] = childrenOf(node);
    const value = m.evaluate(object!, scope);
    if (value instanceof Unknown) return value;
    if (mark?.name === '[') return subscript(m, value, node, scope);
    return name ? m.attribute(value, m.textOf(name), node) : m.unknown(node, 'a name is missing');
  },
  CallExpression: (m, node, scope) => {
    const [callee, list] = childrenOf(node);
    const found = m.evaluate(callee!, scope);
    return m.call(found, argumentsOf(m, list!, node, scope));
  },
};

function lookUp(m: Machine, name: string, node: Node, scope: Scope): Value {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const value = at.names.get(name);
    if (value !== undefined) return value;
  }
  if (BUILTINS.has(name)) return new Ref(`builtins.${name}`);
  const found = fromStars(name, scope) ?? unsaid(m, name, node);
  return found === undefined ? m.unknown(node, `the name ${name} is not known here`) : found;
}

/** A name that `from … import *` must have brought: classes are written with a capital, functions of Keras's are few. */
function fromStars(name: string, scope: Scope): Ref | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const stars = at.names.get(STARS);
    if (!Array.isArray(stars)) continue;
    const paths = stars.filter((star) => star instanceof Ref).map((star) => star.path);
    const room = STAR_ROOMS.find(([, names]) => names.test(name))?.[0];
    if (room && paths.some((path) => /^keras\b/.test(path)))
      return new Ref(canonical(`${room}.${name}`));
    if (paths.length > 0) return new Ref(canonical(`${paths.at(-1)}.${name}`));
  }
  return null;
}

const STAR_ROOMS = [
  ['keras.models', /^(?:Sequential|Model|load_model)$/],
  ['keras.optimizers', /^(?:SGD|RMSprop|Ada\w+|Nadam|Ftrl|Lion)$/],
  [
    'keras.callbacks',
    /^(?:EarlyStopping|\w*Checkpoint|TensorBoard|ReduceLROnPlateau|\w*Scheduler|Callback)$/,
  ],
  ['keras.datasets', /^(?:mnist|fashion_mnist|cifar10)$/],
  ['keras.utils', /^(?:to_categorical|np_utils|plot_model|set_random_seed)$/],
  ['keras.layers', /^[A-Z]/],
  [
    'keras',
    /^(?:layers|models|optimizers|losses|metrics|callbacks|datasets|utils|regularizers|initializers|constraints|activations|backend)$/,
  ],
] as const;

const BUILTINS = new Set(
  `abs all any bool dict enumerate float format getattr hasattr input int isinstance iter len list map max min next object open
   print range repr reversed round set setattr sorted str sum super tuple type zip exit quit xrange raw_input unicode display
   property staticmethod classmethod id hash vars dir help`.split(/\s+/),
);

function list(m: Machine, children: readonly Node[], scope: Scope): Value[] {
  return itemsOf(children).flatMap((item) => {
    const [first, rest] = item;
    if (first!.name !== '*') return [m.evaluate(first!, scope)];
    const many = m.evaluate(rest!, scope);
    return Array.isArray(many) ? many : [many];
  });
}

/** A tuple without brackets, where there is more than one. */
export function tupleOf(m: Machine, nodes: readonly Node[], scope: Scope): Value {
  const items = itemsOf(nodes);
  const comma = nodes.some((node) => node.name === ',');
  if (!comma && items.length === 1 && items[0]!.length === 1)
    return m.evaluate(items[0]![0]!, scope);
  return tuple(list(m, nodes, scope));
}

function binaryExpression(m: Machine, node: Node, scope: Scope): Value {
  const children = childrenOf(node);
  const [left, right] = [children[0]!, children.at(-1)!];
  const op = children
    .slice(1, -1)
    .map((child) => m.textOf(child))
    .join(' ');
  const a = m.evaluate(left, scope);
  if (op === 'and' || op === 'or') {
    const is = truth(a);
    if (is instanceof Unknown) return is;
    return is === (op === 'or') ? a : m.evaluate(right, scope);
  }
  const b = m.evaluate(right, scope);
  if (!COMPARES.has(op)) return binary(m, op, a, b, node);
  const chained = childrenOf(left).some((c) => c.name === 'CompareOp');
  if (left.name !== 'BinaryExpression' || !chained) return compare(m, op, a, b, node);
  // `1 < n < 3`: both must hold.
  if (a === false || a instanceof Unknown) return a;
  return compare(m, op, m.evaluate(childrenOf(left).at(-1)!, scope), b, node);
}

const COMPARES = new Set(['==', '!=', '<', '<=', '>', '>=', 'is', 'is not', 'in', 'not in']);

export function argumentsOf(m: Machine, node: Node, at: Node, scope: Scope): Args {
  const items: Value[] = [];
  const named = new Map<string, Value>();
  const children = childrenOf(node);
  if (children.some((child) => child.name === 'for')) {
    return { list: [comprehension(m, node, scope)], named, at };
  }
  for (const item of itemsOf(children)) {
    const [first, second, third] = item;
    if (first!.name === '*') {
      const many = m.evaluate(second!, scope);
      items.push(...(Array.isArray(many) ? many : [many]));
    } else if (first!.name === '**') {
      const many = m.evaluate(second!, scope);
      if (many instanceof Map) for (const [key, value] of many) named.set(String(key), value);
      else named.set('**', m.unknown(at, '** of what is known only when the script runs'));
    } else if (second?.name === 'AssignOp') {
      named.set(m.textOf(first!), m.evaluate(third!, scope));
    } else items.push(m.evaluate(first!, scope));
  }
  return { list: items, named, at };
}
