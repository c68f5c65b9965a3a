// Runs statements as far as they are understood. What is not leaves Unknown names behind, which stop whatever needs them.
import { assignAll, iterated } from './collections.ts';
import { tupleOf } from './expressions.ts';
import { importNames } from './imports.ts';
import type { Machine } from './machine.ts';
import { binary } from './operators.ts';
import { assign } from './targets.ts';
import { childrenOf, errorIn, itemsOf, type Node, statementsOf } from './tree.ts';
import {
  Class,
  Dataset,
  Func,
  Made,
  Model,
  Ref,
  type Scope,
  truth,
  Unknown,
  type Value,
} from './values.ts';

/** How a body ended before its last line. */
export type End =
  | { kind: 'return'; value: Value }
  | { kind: 'break' }
  | { kind: 'continue' }
  | null;
type Runner = (m: Machine, node: Node, scope: Scope) => End;

export function run(m: Machine, statements: readonly Node[], scope: Scope): End {
  for (const node of statements) {
    const end = m.within(() => statement(m, node, scope));
    if (end) return end;
  }
  return null;
}

function statement(m: Machine, node: Node, scope: Scope): End {
  if (node.type.isError) {
    m.block(node, 'this is no Python that can be read');
    return null;
  }
  const error = SIMPLE.has(node.name) ? errorIn(node) : null;
  if (error) m.block(error, 'this is no Python that can be read');
  const runner = RUNNERS[node.name];
  if (runner) return runner(m, node, scope);
  m.block(node, `${node.name} is not read`);
  return null;
}

/** Without statements in them. */
const SIMPLE = new Set([
  'AssignStatement',
  'UpdateStatement',
  'ExpressionStatement',
  'ReturnStatement',
]);

const nothing: Runner = () => null;

const RUNNERS: Readonly<Record<string, Runner>> = {
  ImportStatement: (m, node, scope) => {
    importNames(m, node, scope);
    return null;
  },
  ExpressionStatement: (m, node, scope) => {
    for (const [expression] of itemsOf(childrenOf(node))) {
      const value = m.evaluate(expression!, scope);
      if (value instanceof Unknown) m.skip(node, value.reason);
    }
    return null;
  },
  AssignStatement: assignment,
  UpdateStatement: (m, node, scope) => {
    const [target, op, ...rest] = childrenOf(node);
    const now = m.evaluate(target!, scope);
    const by = tupleOf(m, rest, scope);
    assign(m, target!, binary(m, m.textOf(op!).slice(0, -1), now, by, node), scope);
    return null;
  },
  FunctionDefinition: (m, node, scope) => {
    const name = m.textOf(childrenOf(node).find((child) => child.name === 'VariableName')!);
    const made = new Func(name, node, scope);
    m.functions.push(made);
    scope.names.set(name, made);
    return null;
  },
  ClassDefinition: classDefinition,
  DecoratedStatement: (m, node, scope) => {
    const definition = childrenOf(node).at(-1)!;
    return statement(m, definition, scope);
  },
  IfStatement: ifStatement,
  ForStatement: forStatement,
  WhileStatement: whileStatement,
  WithStatement: (m, node, scope) => {
    const children = childrenOf(node);
    for (const child of children.filter((c) => c.name.endsWith('Expression'))) {
      const value = m.evaluate(child, scope);
      if (/GradientTape/.test(m.textOf(child)))
        m.block(child, 'a training loop of one’s own is not read');
      const target = child.nextSibling?.name === 'as' ? child.nextSibling.nextSibling : null;
      if (target) assign(m, target, value, scope);
    }
    return run(m, statementsOf(node.getChild('Body')), scope);
  },
  // What is tried works; a `finally` follows.
  TryStatement: (m, node, scope) => {
    const children = childrenOf(node);
    const parts = ['try', 'else', 'finally'].map((word) =>
      children.findIndex((c) => c.name === word),
    );
    for (const at of parts) {
      const end = at < 0 ? null : run(m, statementsOf(children[at + 1]!), scope);
      if (end) return end;
    }
    return null;
  },
  ReturnStatement: (m, node, scope) => {
    const [, ...nodes] = childrenOf(node);
    return { kind: 'return', value: nodes.length ? tupleOf(m, nodes, scope) : null };
  },
  BreakStatement: () => ({ kind: 'break' }),
  ContinueStatement: () => ({ kind: 'continue' }),
  PassStatement: nothing,
  ScopeStatement: (m, node, scope) => {
    const names = childrenOf(node).filter(({ name }) => name === 'VariableName');
    for (const name of names) scope.elsewhere?.add(m.textOf(name));
    return null;
  },
  AssertStatement: nothing,
  DeleteStatement: nothing,
  PrintStatement: nothing,
  RaiseStatement: nothing,
  StatementGroup: (m, node, scope) =>
    run(
      m,
      childrenOf(node).filter((child) => child.name !== ';'),
      scope,
    ),
};

function assignment(m: Machine, node: Node, scope: Scope): End {
  const parts: Node[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') parts.push([]);
    else if (child.name !== 'TypeDef') parts.at(-1)!.push(child);
  }
  if (parts.length < 2) return null;
  const value = tupleOf(m, parts.at(-1)!, scope);
  if (value instanceof Unknown && value.at.from >= node.from && value.at.to <= node.to) {
    m.skip(node, value.reason);
  }
  for (const targets of parts.slice(0, -1)) {
    if (targets.length > 1) assignAll(m, targets, value, scope);
    else assign(m, targets[0]!, value, scope);
  }
  return null;
}

function classDefinition(m: Machine, node: Node, scope: Scope): End {
  const children = childrenOf(node);
  const name = m.textOf(children.find((child) => child.name === 'VariableName')!);
  const list = children.find((child) => child.name === 'ArgList');
  const [base] = list ? itemsOf(childrenOf(list)) : [];
  const of = base ? m.evaluate(base[0]!, scope) : null;
  const path = of instanceof Ref ? of.path : of instanceof Class ? of.base : '';
  const inner: Scope = { names: new Map(of instanceof Class ? of.members : []), outer: scope };
  run(m, statementsOf(node.getChild('Body')), inner);
  scope.names.set(name, new Class(name, node, path, inner.names));
  return null;
}

function ifStatement(m: Machine, node: Node, scope: Scope): End {
  const children = childrenOf(node);
  for (let i = 0; i < children.length; i++) {
    const word = children[i]!.name;
    if (word === 'else') return run(m, statementsOf(children[i + 1]!), scope);
    if (word !== 'if' && word !== 'elif') continue;
    const value = m.evaluate(children[i + 1]!, scope);
    const is = truth(value);
    if (is instanceof Unknown) {
      forget(m, node, scope, `whether this holds is known only when the script runs: ${is.reason}`);
      return null;
    }
    if (is) return run(m, statementsOf(children[i + 2]!), scope);
  }
  return null;
}

/** As often as its condition is known to hold. */
function whileStatement(m: Machine, node: Node, scope: Scope): End {
  const [, condition] = childrenOf(node);
  for (let is = truth(m.evaluate(condition!, scope)); ; is = truth(m.evaluate(condition!, scope))) {
    if (is instanceof Unknown) {
      forget(m, node, scope, `how often this runs is known only when it does: ${is.reason}`);
      return null;
    }
    if (!is) return null;
    const end = m.within(() => run(m, statementsOf(node.getChild('Body')), scope));
    if (end?.kind === 'return') return end;
    if (end?.kind === 'break') return null;
  }
}

function forStatement(m: Machine, node: Node, scope: Scope): End {
  const children = childrenOf(node);
  const to = children.findIndex((child) => child.name === 'in');
  const body = children.findIndex((child) => child.name === 'Body');
  const over = tupleOf(m, children.slice(to + 1, body), scope);
  if (over instanceof Dataset) {
    forget(m, node, scope, 'a training loop of one’s own is not read');
    return null;
  }
  const found = iterated(m, over, children[to + 1]!);
  // Once, for what stands in it: the models of a cross-validation, the pictures of a plot.
  const items = found instanceof Unknown ? [found] : found;
  for (const item of items) {
    assignAll(m, children.slice(1, to), item, scope);
    const end = run(m, statementsOf(children[body]!), scope);
    if (end?.kind === 'return') return end;
    if (end?.kind === 'break') return null;
  }
  const otherwise = children.findIndex((child) => child.name === 'else');
  return otherwise < 0 ? null : run(m, statementsOf(children[otherwise + 1]!), scope);
}

/** Statements that may run or not: what they would set is unknown, and what they would train is said. */
function forget(m: Machine, node: Node, scope: Scope, reason: string): void {
  const cursor = node.cursor();
  let matters = false;
  do {
    if (cursor.from >= node.to) break;
    const at = cursor.node;
    if (at.name === 'AssignStatement' || at.name === 'UpdateStatement') {
      for (const name of at.getChildren('VariableName')) {
        if (name.to > (at.getChild('AssignOp')?.from ?? at.getChild('UpdateOp')?.from ?? 0))
          continue;
        scope.names.set(m.textOf(name), m.unknown(at, reason));
      }
    }
    if (at.name === 'MemberExpression' && TRAINING.test(m.textOf(at))) {
      const owner =
        at.firstChild!.name === 'VariableName' ? m.evaluate(at.firstChild!, scope) : null;
      matters ||= owner instanceof Model || owner instanceof Made || /Tape/.test(m.textOf(at));
    }
  } while (cursor.next());
  if (matters) m.block(node, reason);
  else m.skip(node, reason);
}

const TRAINING =
  /\.(?:fit|fit_generator|train_on_batch|compile|add|pop|load_weights|set_weights|set_value|apply_gradients|trainable|GradientTape)$/;
