// Calls of what the script itself defines: functions, classes, and subclasses of keras.Model.
import { bound } from './arguments.ts';
import type { Machine } from './machine.ts';
import { run } from './statements.ts';
import { childrenOf, itemsOf, type Node, statementsOf } from './tree.ts';
import {
  type Args,
  type Class,
  Func,
  Instance,
  Model,
  type Scope,
  tuple,
  type Value,
} from './values.ts';

export function callFunction(m: Machine, func: Func, args: Args): Value {
  func.called = true;
  const scope: Scope = { names: new Map(), outer: func.scope, elsewhere: new Set() };
  const list = func.self === undefined ? args.list : [func.self, ...args.list];
  bind(m, func, { ...args, list }, scope);
  if (func.node.name === 'LambdaExpression') {
    return m.within(() => m.evaluate(childrenOf(func.node).at(-1)!, scope));
  }
  const end = m.within(() => run(m, statementsOf(func.node.getChild('Body')), scope));
  return end?.kind === 'return' ? end.value : null;
}

/** Parameters get arguments by place, by name, or their defaults. */
function bind(m: Machine, func: Func, args: Args, scope: Scope): void {
  const list = func.node.getChild('ParamList');
  const named = new Map(args.named);
  let next = 0;
  let byName = false;
  for (const item of itemsOf(list ? childrenOf(list) : [])) {
    const parameter = item.filter(({ name }) => name !== 'TypeDef');
    const [first, second] = parameter;
    if (first!.name === '*' || first!.name === '**') {
      byName = true;
      if (!second) continue;
      const rest =
        first!.name === '*' ? tuple(args.list.slice(next)) : new Map<Value, Value>(named);
      scope.names.set(m.textOf(second), rest);
      continue;
    }
    const name = m.textOf(first!);
    if (!byName && next < args.list.length) scope.names.set(name, args.list[next++]!);
    else if (named.has(name)) scope.names.set(name, named.get(name)!);
    else if (second?.name === 'AssignOp') {
      scope.names.set(name, m.evaluate(parameter[2]!, func.scope));
    } else {
      const reason = `${func.name} is called without ${name}`;
      scope.names.set(name, m.unknown(args.at, reason));
    }
    named.delete(name);
  }
}

/** How many arguments it takes. */
export function parametersOf({ node, self }: Func): number {
  const list = node.getChild('ParamList');
  return itemsOf(list ? childrenOf(list) : []).length - (self === undefined ? 0 : 1);
}

/** Whether one of its parameters is called so. */
export function takes({ node }: Func, name: string, text: (node: Node) => string): boolean {
  const list = node.getChild('ParamList');
  return (list ? list.getChildren('VariableName') : []).some((one) => text(one) === name);
}

/** What a class is made from decides what its objects are. */
export function construct(m: Machine, cls: Class, args: Args): Value {
  const isModel = /^keras\.(?:Model|Sequential)$/.test(cls.base);
  const made = isModel ? new Model(args.at) : new Instance(cls);
  if (made instanceof Model) {
    made.cls = cls;
    m.models.push(made);
  }
  const init = cls.members.get('__init__');
  if (init instanceof Func) callFunction(m, withSelf(init, made), args);
  else if (made instanceof Instance) {
    // A data class.
    for (const [name, value] of bound(args, [...cls.members.keys()]))
      made.attributes.set(name, value);
  }
  return made;
}

function withSelf(func: Func, self: Value): Func {
  return new Func(func.name, func.node, func.scope, self);
}

/** A method of the script's own class; undefined where it has none of that name. */
export function methodOf(self: Instance | Model, name: string): Func | undefined {
  const found = self.cls?.members.get(name);
  return found instanceof Func ? withSelf(found, self) : undefined;
}
