// A script's layers changed where they stand: in a list, by `add`, or in a chain of calls; comments and all other lines stay.
import { isGraph } from '../keras/inbound.ts';
import type { LayerSpec } from '../keras/layers.ts';
import { callAt, type Edit, lineEnd, lineStart, ownLine } from './edits.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import type { Span } from './types.ts';
import { buildingCode, layerCode } from './write_keras.ts';

/** The edits that make `after` of `before`, whose calls stand at `spans`; null where they are not layers one by one. */
export function layerEdits(
  text: string,
  top: Node,
  spans: readonly Span[],
  before: readonly LayerSpec[],
  after: readonly LayerSpec[],
): Edit[] | null {
  const calls = spans.map((span) => callAt(top, span));
  if (isGraph(before) || isGraph(after))
    return layersText(before) === layersText(after) ? [] : null;
  const once = new Set(spans.map(({ from }) => from)).size === spans.length;
  if (!once || calls.length !== before.length || calls.includes(null)) return null;
  return new LayerEdits(text, calls as Node[]).all(before, after);
}

/** Where a call stands. */
type Home =
  | { readonly kind: 'list' }
  | { readonly kind: 'line'; readonly from: number; readonly lead: string; readonly tail: string };

class LayerEdits {
  readonly #edits: Edit[] = [];
  readonly #input: string | null;

  constructor(
    private readonly text: string,
    private readonly calls: readonly Node[],
  ) {
    this.#input = this.#inputOf(calls[0]!);
  }

  all(before: readonly LayerSpec[], after: readonly LayerSpec[]): Edit[] | null {
    const kept = alike(before, after);
    let old = 0;
    let last = -1;
    for (const [i, spec] of after.entries()) {
      const to = kept.get(i);
      const next = to ?? nextKept(kept, i, after.length) ?? before.length;
      if (to !== undefined) {
        while (old < to) this.#remove(old++);
        // The input's shape is told by the first layer, whichever it is.
        if (this.#input !== null && (i === 0) !== (to === 0)) this.#replace(to, spec, i === 0);
        last = old++;
      } else if (old < next) {
        this.#replace(old, spec, i === 0);
        last = old++;
      } else if (!this.#insert(last, spec, i === 0)) return null;
    }
    while (old < before.length) this.#remove(old++);
    return this.#edits;
  }

  #replace(at: number, spec: LayerSpec, first: boolean): void {
    const { from, to } = this.calls[at]!;
    this.#edits.push({ from, to, insert: this.#code(at, spec, first) });
  }

  #remove(at: number): void {
    const { text } = this;
    const node = this.calls[at]!;
    const home = this.#home(node);
    const start = home?.kind === 'line' ? home.from : node.from;
    const comma = /^\s*,[ \t]*/.exec(text.slice(node.to))?.[0].length ?? 0;
    const alone = ownLine(text, start) !== null;
    const end = node.to + (home?.kind === 'list' ? comma : 0);
    this.#edits.push(
      alone
        ? { from: lineStart(text, start), to: lineEnd(text, end), insert: '' }
        : { from: start, to: end, insert: '' },
    );
  }

  /** Behind the layer `at`, or before all of them. */
  #insert(at: number, spec: LayerSpec, first: boolean): boolean {
    const { text } = this;
    const node = this.calls[Math.max(at, 0)]!;
    const home = this.#home(node);
    if (!home) return false;
    const code = this.#code(Math.max(at, 0), spec, first);
    const start = home.kind === 'line' ? home.from : node.from;
    const indent = ownLine(text, start);
    const line = home.kind === 'line' ? `${home.lead}${code}${home.tail}` : `${code},`;
    if (indent === null) {
      if (home.kind === 'line') return false;
      const place = at < 0 ? node.from : node.to;
      const insert = at < 0 ? `${code}, ` : `, ${code}`;
      this.#edits.push({ from: place, to: place, insert });
      return true;
    }
    if (home.kind === 'list' && at >= 0 && !/^\s*,/.test(text.slice(node.to))) {
      this.#edits.push({ from: node.to, to: node.to, insert: ',' });
    }
    const place = at < 0 ? lineStart(text, start) : lineEnd(text, node.to);
    const broken = at >= 0 && !text.slice(0, place).endsWith('\n') ? '\n' : '';
    this.#edits.push({ from: place, to: place, insert: `${broken}${indent}${line}\n` });
    return true;
  }

  /** As the script calls its layers: `layers.Dense`, `Dense`, `tf.keras.layers.Dense`. */
  #code(like: number, spec: LayerSpec, first: boolean): string {
    const callee = this.calls[like]!.firstChild!;
    const said = this.text.slice(callee.from, callee.to);
    const prefix = said.slice(0, said.lastIndexOf('.') + 1);
    if (prefix === '') this.#importClass(spec.className);
    const code = layerCode(spec).replace(/^layers\./, prefix);
    if (!first || this.#input === null) return code;
    return code.endsWith('()')
      ? `${code.slice(0, -1)}${this.#input})`
      : `${code.slice(0, -1)}, ${this.#input})`;
  }

  #importClass(className: string): void {
    const known = new RegExp(`import[^\\n]*\\b${className}\\b|^\\s*${className},|import \\*`, 'm');
    if (known.test(this.text)) return;
    const found = /^from [\w.]*layers import[ (]+/m.exec(this.text);
    const at = found ? found.index + found[0].length : null;
    const added = this.#edits.some(({ insert }) => insert === `${className}, `);
    if (at !== null && !added) this.#edits.push({ from: at, to: at, insert: `${className}, ` });
  }

  #inputOf(call: Node): string | null {
    const { text } = this;
    const item = itemsOf(childrenOf(call.lastChild!)).find(([name, op]) => {
      const word = text.slice(name!.from, name!.to);
      return op?.name === 'AssignOp' && /^(?:batch_)?input_(?:shape|dim)$/.test(word);
    });
    return item ? text.slice(item[0]!.from, item.at(-1)!.to) : null;
  }

  #home(call: Node): Home | null {
    const { text } = this;
    const parent = call.parent!;
    if (parent.name === 'ArrayExpression') return { kind: 'list' };
    // `model.add(…)`, or `x = …(x)`.
    const chained = parent.name === 'CallExpression' && parent.from === call.from;
    const statement = chained ? parent.parent! : parent.parent!.parent!;
    const lead = text.slice(statement.from, call.from);
    if (statement.name === 'ExpressionStatement' && /\.add\(\s*$/.test(lead)) {
      return { kind: 'line', from: statement.from, lead, tail: ')' };
    }
    const name = /^(\w+)\s*=\s*$/.exec(lead)?.[1];
    if (!chained || statement.name !== 'AssignStatement' || !name) return null;
    return { kind: 'line', from: statement.from, lead, tail: `(${name})` };
  }
}

/** Of each layer that stays as it was: where it stood. The longest row of them that keeps its order. */
function alike(before: readonly LayerSpec[], after: readonly LayerSpec[]): Map<number, number> {
  const a = before.map(keyOf);
  const b = after.map(keyOf);
  const most = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const both = a[i] === b[j] ? most[i + 1]![j + 1]! + 1 : 0;
      most[i]![j] = Math.max(both, most[i + 1]![j]!, most[i]![j + 1]!);
    }
  }
  const kept = new Map<number, number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j] && most[i]![j] === most[i + 1]![j + 1]! + 1) kept.set(j++, i++);
    else if (most[i + 1]![j]! >= most[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return kept;
}

/** A graph as code: equal for equal models. */
function layersText(layers: readonly LayerSpec[]): string {
  return buildingCode(layers, []);
}

/** Without the name, and the input's shape, which is the model's. */
function keyOf(spec: LayerSpec): string {
  return layerCode(spec);
}

function nextKept(kept: ReadonlyMap<number, number>, i: number, end: number): number | undefined {
  for (let next = i + 1; next < end; next++) if (kept.has(next)) return kept.get(next);
  return undefined;
}
