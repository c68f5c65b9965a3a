// Python's syntax tree, and the few ways in which the evaluator looks at it.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

export type Node = SyntaxNode;

/** The parser takes `255.` for the beginning of `255.name`; a blank in the point's place keeps every position. */
export function parsed(text: string): Node {
  return parser.parse(text.replace(/(^|[^\w.])(\d+)\.(?![\w.])/g, '$1$2 ')).topNode;
}

export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** The children between the commas, each as the nodes of one item; brackets are left out. */
export function itemsOf(children: readonly Node[]): Node[][] {
  const items: Node[][] = [[]];
  for (const child of children) {
    if (child.name === ',') items.push([]);
    else if (!BRACKETS.includes(child.name)) items.at(-1)!.push(child);
  }
  return items.filter((item) => item.length > 0);
}

const BRACKETS = ['(', ')', '[', ']', '{', '}'];

/** Statements of a script or a body. */
export function statementsOf(body: Node | null): Node[] {
  return body ? childrenOf(body).filter((node) => node.name !== ':') : [];
}

/** The first place in it that is no Python; null where all of it is. */
export function errorIn(node: Node): Node | null {
  const cursor = node.cursor();
  do {
    if (cursor.from > node.to) return null;
    if (cursor.type.isError) return cursor.node;
  } while (cursor.next());
  return null;
}
