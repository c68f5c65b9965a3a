// Changes of a script's text that leave all else as it stands: arguments of a call, found in the syntax tree.

import { childrenOf, itemsOf, type Node } from './tree.ts';
import type { Span } from './types.ts';

export interface Edit extends Span {
  readonly insert: string;
}

/** The text with all of them; none lies in another. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

/** The call that stands exactly there; null where there is none. */
export function callAt(top: Node, { from, to }: Span): Node | null {
  let node: Node | null = top.resolveInner(from, 1);
  while (node && !(node.name === 'CallExpression' && node.from === from && node.to === to)) {
    node = node.parent;
  }
  return node;
}

/** The calls of a function or class of this name, whatever it is a part of. */
export function callsOf(text: string, top: Node, name: string): Node[] {
  const found: Node[] = [];
  top.cursor().iterate((at) => {
    if (at.name !== 'CallExpression') return;
    const callee = at.node.firstChild!;
    if (text.slice(callee.from, callee.to).split('.').at(-1) === name) found.push(at.node);
  });
  return found;
}

/** An argument's value, by its name or else its place. */
export function argumentAt(text: string, call: Node, name: string, place: number): Node | null {
  const items = itemsOf(childrenOf(call.lastChild!));
  const named = items.find((item) => item[1]?.name === 'AssignOp' && isName(text, item[0]!, name));
  if (named) return named[2] ?? null;
  const byPlace = items[place];
  return byPlace && byPlace.length === 1 ? byPlace[0]! : null;
}

const isName = (text: string, node: Node, name: string) => text.slice(node.from, node.to) === name;

/** Gives an argument this value, where it stands or as the last one. */
export function withArgument(
  text: string,
  call: Node,
  [name, place]: readonly [string, number],
  code: string,
): Edit {
  const value = argumentAt(text, call, name, place);
  if (value) return { from: value.from, to: value.to, insert: code };
  const last = itemsOf(childrenOf(call.lastChild!)).at(-1)?.at(-1);
  const told = `${name}=${code}`;
  if (!last) {
    const { from } = call.lastChild!;
    return { from: from + 1, to: from + 1, insert: told };
  }
  const indent = ownLine(text, last.from);
  const insert = indent === null ? `, ${told}` : `,\n${indent}${told}`;
  return { from: last.to, to: last.to, insert };
}

/** What stands before a place on its line, where that is nothing but blanks. */
export function ownLine(text: string, at: number): string | null {
  const before = text.slice(lineStart(text, at), at);
  const [indent] = /^\s*/.exec(before)!;
  const first = before.slice(indent.length);
  return first === '' || /^\w+=$/.test(first) ? indent : null;
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line's end, so that a comment stays with it. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
