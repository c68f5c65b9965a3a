// What an assignment does: names, tuples of them, items and attributes.
import type { Machine } from './machine.ts';
import { indexed, itemPlace } from './subscripts.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import {
  Data,
  Instance,
  Layer,
  Made,
  Model,
  Ref,
  type Scope,
  Unknown,
  type Value,
} from './values.ts';

export function assign(m: Machine, target: Node, value: Value, scope: Scope): void {
  switch (target.name) {
    case 'VariableName':
      setName(m, m.textOf(target), value, scope);
      return;
    case 'ParenthesizedExpression':
    case 'TupleExpression':
    case 'ArrayExpression':
      spread(m, itemsOf(childrenOf(target)), value, scope);
      return;
    case 'MemberExpression':
      assignMember(m, target, value, scope);
      return;
    default:
      m.block(target, 'an assignment to this is not read');
  }
}

function setName(m: Machine, name: string, value: Value, scope: Scope): void {
  let owner = scope;
  if (scope.elsewhere?.has(name)) {
    owner = scope.outer!;
    while (owner.outer && !owner.names.has(name)) owner = owner.outer;
  }
  owner.names.set(name, named(m, name, value, owner));
}

function named(m: Machine, name: string, value: Value, scope: Scope): Value {
  // The name in the script's own lines wins over a function's.
  if (value instanceof Model && (value.name === '' || !scope.outer)) {
    if (value.name === '' || !m.topNames.has(value)) value.name = name;
    if (!scope.outer) m.topNames.add(value);
  }
  return value;
}

/** The parts of a value to one name each; a starred one gets the rest. */
export function spread(m: Machine, items: readonly Node[][], value: Value, scope: Scope): void {
  const star = items.findIndex(([first]) => first!.name === '*');
  for (const [i, item] of items.entries()) {
    const at = item.at(-1)!;
    let part: Value | undefined;
    if (Array.isArray(value)) {
      const after = items.length - 1 - i;
      if (i === star) part = value.slice(i, value.length - after);
      else part = star >= 0 && i > star ? value[value.length - 1 - after] : value[i];
    } else part = value instanceof Unknown ? value : indexed(m, value, i, at);
    assign(m, at, part ?? m.unknown(at, 'there is nothing for this name'), scope);
  }
}

function assignMember(m: Machine, target: Node, value: Value, scope: Scope): void {
  const [object, mark, name] = childrenOf(target);
  const owner = m.evaluate(object!, scope);
  if (mark?.name === '[') {
    const key = itemPlace(m, target, scope);
    if (owner instanceof Map && !(key instanceof Unknown)) owner.set(key, value);
    else if (Array.isArray(owner) && typeof key === 'number') owner[key] = value;
    else if (owner instanceof Data || owner instanceof Model || Array.isArray(owner)) {
      m.block(target, 'single pictures, labels or items are not changed here');
    } else m.skip(target, 'nothing that is read depends on it');
    return;
  }
  const attribute = m.textOf(name!);
  if (attribute === 'trainable' && typeof value === 'boolean') {
    if (owner instanceof Layer || owner instanceof Model) {
      owner.trainable = value;
      return;
    }
  }
  if (owner instanceof Instance) owner.attributes.set(attribute, value);
  else if (/^_?name$/.test(attribute)) m.skip(target, 'a name');
  else if (owner instanceof Model && owner.cls) owner.attributes.set(attribute, value);
  else if (owner instanceof Model || owner instanceof Layer || owner instanceof Data) {
    m.block(target, `setting ${attribute} is not read`);
  } else if (owner instanceof Made && /optimizers/.test(owner.path)) {
    m.block(target, `setting ${attribute} of an optimizer is not read`);
  } else if (owner instanceof Unknown && /\.(?:lr|learning_rate)$/.test(m.textOf(target))) {
    m.block(target, 'a learning rate that is set between fits is not read');
  } else if (!(owner instanceof Ref)) m.skip(target, 'nothing that is read depends on it');
}
