// What all parts of the evaluator share: the source, the notes of what was read and what not, and the bounds of the work.
import type { Source } from './source.ts';
import type { Node } from './tree.ts';
import type { Note } from './types.ts';
import { type Args, type Func, type Model, type Scope, Unknown, type Value } from './values.ts';

/** Of nodes evaluated: a script that builds a model has some thousands. */
const MOST_STEPS = 200_000;
/** Of expressions, statements and calls within each other. */
const MOST_DEPTH = 200;
/** Of a line in a note. */
const LONGEST_TEXT = 200;
/** Of notes of one kind. */
const MOST_NOTES = 500;
/** Of items in a list and characters in a text. */
export const MOST_ITEMS = 10_000;

/** Ends the reading of a script that would not end. */
export class TooMuch extends Error {}

export abstract class Machine {
  readonly models: Model[] = [];
  readonly functions: Func[] = [];
  /** Models that have a name in the script's own lines. */
  readonly topNames = new Set<Model>();
  #unread = new Map<string, Note>();
  readonly #skipped = new Map<string, Note>();
  /** Keras's setting for all layers that say nothing themselves. */
  channelsFirst = false;
  #steps = 0;
  #depth = 0;

  constructor(readonly source: Source) {}

  abstract evaluate(node: Node, scope: Scope): Value;
  abstract call(callee: Value, args: Args): Value;
  abstract attribute(value: Value, name: string, at: Node): Value;

  /** Runs what may go deep. */
  within<T>(run: () => T): T {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new TooMuch('it takes more steps than are taken here');
    if (this.#depth >= MOST_DEPTH) throw new TooMuch('it is nested deeper than is read here');
    this.#depth += 1;
    try {
      return run();
    } finally {
      this.#depth -= 1;
    }
  }

  textOf(node: Node): string {
    return this.source.text.slice(node.from, node.to);
  }

  lineOf(node: Node): number {
    let line = 1;
    for (let at = this.source.text.indexOf('\n'); at >= 0 && at < node.from; line += 1) {
      at = this.source.text.indexOf('\n', at + 1);
    }
    return line;
  }

  unknown(at: Node, reason: string): Unknown {
    return new Unknown(at, reason);
  }

  /** It would change the result and was not understood. */
  block(at: Node | Unknown, reason?: string): void {
    const said = at instanceof Unknown ? at.reason : reason!;
    this.#note(this.#unread, at instanceof Unknown ? at.at : at, said, true);
  }

  /** It is another way here, which changes little. */
  remark(at: Node, reason: string): void {
    this.#note(this.#unread, at, reason, false);
  }

  /** Nothing of the model or its training depends on it. */
  skip(at: Node, reason: string): void {
    this.#note(this.#skipped, at, reason, false);
  }

  skipLine(line: number, reason: string): void {
    const text = this.#textAt(line);
    this.#skipped.set(`${line}`, { ...this.source.place(line), text, reason, blocking: false });
  }

  /** What `run` finds is its own: of one model among several. */
  collect<T>(run: () => T): { value: T; unread: Note[] } {
    const outer = this.#unread;
    this.#unread = new Map();
    try {
      const value = run();
      return { value, unread: [...this.#unread.values()] };
    } finally {
      this.#unread = outer;
    }
  }

  notes() {
    const unread = [...this.#unread.values()].sort((a, b) => a.line - b.line);
    const lines = new Set(unread.map(({ line }) => line));
    const rest = [...this.#skipped.values()].filter(({ line }) => !lines.has(line));
    return { unread, skipped: rest.sort((a, b) => a.line - b.line) };
  }

  #note(notes: Map<string, Note>, at: Node, reason: string, blocking: boolean): void {
    const line = this.lineOf(at);
    const key = notes === this.#skipped ? `${line}` : `${line} ${reason}`;
    if (notes.has(key) || notes.size >= MOST_NOTES) return;
    notes.set(key, { ...this.source.place(line), text: this.#textAt(line), reason, blocking });
  }

  #textAt(line: number): string {
    return (this.source.text.split('\n')[line - 1] ?? '').trim().slice(0, LONGEST_TEXT);
  }
}
