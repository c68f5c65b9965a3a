// Dictionaries, comprehensions and f-strings, and what a loop goes through.
import { unescaped } from './literals.ts';
import { type Machine, MOST_ITEMS } from './machine.ts';
import { assign, spread } from './targets.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import { type Scope, text, truth, Unknown, type Value } from './values.ts';

export function dictionary(m: Machine, node: Node, scope: Scope): Value {
  const out = new Map<Value, Value>();
  for (const [first, second, third] of itemsOf(childrenOf(node))) {
    if (first!.name === '**') {
      const more = m.evaluate(second!, scope);
      if (!(more instanceof Map)) return m.unknown(node, '** of what is known only later');
      for (const [key, value] of more) out.set(key, value);
    } else out.set(m.evaluate(first!, scope), third ? m.evaluate(third, scope) : null);
  }
  return out;
}

/** `[f(x) for x in xs if g(x)]`, with any number of loops. */
export function comprehension(m: Machine, node: Node, scope: Scope): Value {
  const children = childrenOf(node).filter(({ name }) => !'()[]{}'.includes(name));
  const first = children.findIndex((child) => child.name === 'for');
  const out: Value[] = [];
  const inner: Scope = { names: new Map(), outer: scope };
  const unknown = clause(m, children, first, inner, () => {
    out.push(m.evaluate(children[0]!, inner));
  });
  return unknown ?? (out.length > MOST_ITEMS ? m.unknown(node, 'too long a list') : out);
}

/** Runs `body` for every item that the clauses from `at` on let through. */
function clause(
  m: Machine,
  nodes: readonly Node[],
  at: number,
  scope: Scope,
  body: () => void,
): Unknown | null {
  const node = nodes[at];
  if (!node || node.name === 'async') {
    body();
    return null;
  }
  if (node.name === 'if') {
    const is = truth(m.evaluate(nodes[at + 1]!, scope));
    if (is instanceof Unknown) return is;
    return is ? clause(m, nodes, at + 2, scope, body) : null;
  }
  const to = nodes.findIndex((child, i) => i > at && child.name === 'in');
  if (to < 0) return m.unknown(node, 'this is not read');
  const items = iterated(m, m.evaluate(nodes[to + 1]!, scope), node);
  if (items instanceof Unknown) return items;
  for (const item of items) {
    assignAll(m, nodes.slice(at + 1, to), item, scope);
    const unknown = m.within(() => clause(m, nodes, to + 2, scope, body));
    if (unknown) return unknown;
  }
  return null;
}

/** A loop's targets, which may stand without brackets. */
export function assignAll(m: Machine, targets: readonly Node[], value: Value, scope: Scope): void {
  const items = itemsOf(targets);
  if (items.length === 1 && !targets.some(({ name }) => name === ',')) {
    assign(m, items[0]![0]!, value, scope);
    return;
  }
  spread(m, items, value, scope);
}

/** What a loop goes through. */
export function iterated(m: Machine, value: Value, at: Node): readonly Value[] | Unknown {
  if (value instanceof Unknown || Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys()];
  if (typeof value === 'string') return [...value];
  return m.unknown(at, 'what this goes through is known only when the script runs');
}

export function formatString(m: Machine, node: Node, scope: Scope): Value {
  const whole = m.textOf(node);
  const [opening] = /^[a-zA-Z]*("""|'''|"|')/.exec(whole)!;
  const quote = opening.replace(/^[a-zA-Z]*/, '');
  const out: string[] = [];
  let from = node.from + opening.length;
  const literal = (to: number) => {
    const part = m.source.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    out.push(/^[a-z]*r/i.test(opening) ? part : unescaped(part));
  };
  for (const part of childrenOf(node).filter(({ name }) => name === 'FormatReplacement')) {
    literal(part.from);
    from = part.to;
    const value = m.evaluate(childrenOf(part)[1]!, scope);
    const shown = text(value);
    if (shown === null) {
      return value instanceof Unknown ? value : m.unknown(part, 'a text known only later');
    }
    out.push(shown);
  }
  literal(node.to - quote.length);
  return out.join('');
}
