// A script's lines changed where layers or settings are others; comments, other lines and their order stay.
import type { LayerSpec } from '../../api/index.ts';
import { layerEdits } from '../../keras_code/edit_layers.ts';
import {
  argumentAt,
  callAt,
  callsOf,
  type Edit,
  edited,
  lineStart,
  ownLine,
  withArgument,
} from '../../keras_code/edits.ts';
import { type Node, parsed } from '../../keras_code/tree.ts';
import type { KerasReading } from '../../keras_code/types.ts';
import { planOfCode } from './code_plan.ts';
import { callbacksCode, optimizerCode } from './keras_code.ts';
import type { Settings } from './settings.ts';

/** `reading`: of `code`. Null where the changes cannot be made line by line; whether they say what was meant is for the caller to read. */
export function changedCode(
  code: string,
  reading: KerasReading,
  wanted: { readonly layers: readonly LayerSpec[]; readonly settings: Settings },
): string | null {
  const top = parsed(code);
  const before = planOfCode(reading);
  // A layer that scales pixels stands in front of the script's own.
  const own = wanted.layers.slice(before.layers.length - reading.layers.length);
  const layers = layerEdits(code, top, reading.places.layers, reading.layers, own);
  if (!layers) return null;
  const settings = new SettingEdits(code, top, reading, before.settings, wanted.settings).all();
  return settings && edited(code, [...layers, ...settings]);
}

class SettingEdits {
  readonly #edits: Edit[] = [];

  constructor(
    private readonly code: string,
    private readonly top: Node,
    private readonly reading: KerasReading,
    private readonly was: Settings,
    private readonly is: Settings,
  ) {}

  all(): Edit[] | null {
    const { compile, fit } = this.reading.places;
    const fitted = fit && callAt(this.top, fit);
    if (!this.#optimizer(compile && callAt(this.top, compile))) return null;
    if (!fitted) return this.#alike(FIT.map(([key]) => key)) ? this.#edits : null;
    for (const [key, ...place] of FIT.slice(0, 3)) {
      if (!this.#alike([key])) this.#set(fitted, place, String(this.is[key]));
    }
    if (!this.#alike(['trainCount'])) this.#images(fitted);
    if (!this.#alike(['patience', 'checkpoint'])) this.#callbacks(fitted);
    return this.#edits;
  }

  #alike(keys: readonly (keyof Settings)[]): boolean {
    return keys.every((key) => this.was[key] === this.is[key]);
  }

  #set(call: Node, place: readonly [string, number], code: string): void {
    this.#edits.push(withArgument(this.code, call, place, code));
  }

  #optimizer(compile: Node | null): boolean {
    const keys = ['optimizer', 'learningRate', 'momentum', 'nesterov', 'rho', 'beta1', 'beta2'];
    if (this.#alike(keys as (keyof Settings)[])) return true;
    if (!compile) return false;
    const made = optimizerCode(this.is);
    const value = argumentAt(this.code, compile, 'optimizer', 0);
    const callee = value?.name === 'CallExpression' ? value.firstChild! : null;
    const said = callee ? this.code.slice(callee.from, callee.to) : '';
    const name = /\.(\w+)\(/.exec(made)![1]!;
    const told = made.slice(made.indexOf('('));
    const code = said.split('.').at(-1) === name ? `${said}${told}` : `${this.#keras()}.${made}`;
    this.#set(compile, ['optimizer', 0], code);
    return true;
  }

  /** What the script calls Keras; where it has no name, one is imported. */
  #keras(): string {
    if (/^\s*(?:import keras\s*$|from tensorflow import keras\b)/m.test(this.code)) return 'keras';
    const tensorflow = /^\s*import tensorflow as (\w+)/m.exec(this.code)?.[1];
    if (tensorflow) return `${tensorflow}.keras`;
    const first = /^(?:from|import) /m.exec(this.code)?.index ?? 0;
    const insert = 'import keras\n';
    if (!this.#edits.some((edit) => edit.insert === insert)) {
      this.#edits.push({ from: first, to: first, insert });
    }
    return 'keras';
  }

  /** The first so many images, taken before the training. */
  #images(fit: Node): void {
    const { code } = this;
    const names = ['x', 'y'].map((name, place) => {
      const node = argumentAt(code, fit, name, place);
      return node?.name === 'VariableName' ? code.slice(node.from, node.to) : null;
    });
    const [x, y] = names;
    const indent = ownLine(code, lineStart(code, fit.from));
    if (!x || !y || indent === null) return;
    const cut = (n: string | number) => `${x}, ${y} = ${x}[:${n}], ${y}[:${n}]`;
    const old = code.lastIndexOf(cut(this.was.trainCount), fit.from);
    const at = lineStart(code, fit.from);
    const [blanks] = /^[ \t]*/.exec(code.slice(at))!;
    const text = cut(this.is.trainCount);
    this.#edits.push(
      old >= 0
        ? { from: old, to: old + cut(this.was.trainCount).length, insert: text }
        : { from: at, to: at, insert: `${blanks}${text}\n` },
    );
  }

  #callbacks(fit: Node): void {
    const { code, top, is } = this;
    const [stopping, ...others] = callsOf(code, top, 'EarlyStopping');
    const only = this.#alike(['checkpoint']) && is.patience !== null && this.was.patience !== null;
    if (only && stopping && others.length === 0) {
      this.#set(stopping, ['patience', 2], String(is.patience));
      return;
    }
    const list = callbacksCode(is).map((one) => one.replace(/^keras\b/, this.#keras()));
    this.#set(fit, ['callbacks', 5], `[${list.join(', ')}]`);
  }
}

/** Settings that `fit` is told, with its argument and the argument's place. */
const FIT = [
  ['batchSize', 'batch_size', 2],
  ['epochs', 'epochs', 3],
  ['validationSplit', 'validation_split', 6],
  ['trainCount', 'x', 0],
  ['patience', 'callbacks', 5],
  ['checkpoint', 'callbacks', 5],
] as const;
