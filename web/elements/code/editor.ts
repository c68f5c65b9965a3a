// The editor of Keras code: CodeMirror with Python's colours, and words beneath the lines that they are about. It writes its styles
// as a sheet of the shadow root, which no policy forbids.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  LRLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { Compartment, EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parser } from '@lezer/python';

/** Words for a line, counted from 1. */
export interface LineWords {
  readonly line: number;
  readonly text: string;
  /** Whether the line is why the code is not taken. */
  readonly wrong: boolean;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly text: string;
  readonly label: string;
  /** The id of what says how to leave it with the keyboard. */
  readonly described: string;
  /** Something was typed. */
  typed(text: string): void;
}

export class CodeEditor {
  readonly #view: EditorView;
  readonly #writable = new Compartment();
  #quiet = false;

  constructor({ parent, root, text, label, described, typed }: EditorOptions) {
    const heard = EditorView.updateListener.of((update) => {
      if (update.docChanged && !this.#quiet) typed(update.state.doc.toString());
    });
    const attributes = { 'aria-label': label, 'aria-describedby': described, lang: 'en' };
    const state = EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        EditorView.lineWrapping,
        history(),
        bracketMatching(),
        indentUnit.of('    '),
        LRLanguage.define({ parser }).extension,
        syntaxHighlighting(colours),
        theme,
        words,
        // Escape, then Tab, leaves.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of(attributes),
        this.#writable.of([]),
        heard,
      ],
    });
    this.#view = new EditorView({ state, parent, root });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Takes another text and leaves what is the same alone, so that the caret and what is scrolled stay. */
  replace(text: string): void {
    const now = this.text;
    if (now === text) return;
    let from = 0;
    while (from < now.length && now[from] === text[from]) from += 1;
    let end = 0;
    const most = Math.min(now.length, text.length) - from;
    while (end < most && now.at(-1 - end) === text.at(-1 - end)) end += 1;
    this.#quiet = true;
    this.#view.dispatch({
      changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) },
    });
    this.#quiet = false;
  }

  say(all: readonly LineWords[]): void {
    const { doc } = this.#view.state;
    const known = all.filter(({ line }) => line >= 1 && line <= doc.lines);
    this.#view.dispatch({ effects: setWords.of(known) });
  }

  allow(writing: boolean): void {
    const locked = [EditorState.readOnly.of(true)];
    this.#view.dispatch({ effects: this.#writable.reconfigure(writing ? [] : locked) });
  }

  end(): void {
    this.#view.destroy();
  }
}

class WordsWidget extends WidgetType {
  constructor(private readonly said: LineWords) {
    super();
  }

  override eq(other: WordsWidget): boolean {
    return other.said.text === this.said.text && other.said.wrong === this.said.wrong;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = this.said.wrong ? 'z-words z-wrong-words' : 'z-words';
    element.textContent = this.said.text;
    return element;
  }
}

const setWords = StateEffect.define<readonly LineWords[]>();
const wrongLine = Decoration.line({ class: 'z-wrong' });

const words = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, { changes, effects, state }) {
    const said = effects.find((effect) => effect.is(setWords));
    if (!said) return now.map(changes);
    const marks = (said.value as readonly LineWords[]).flatMap((each): Range<Decoration>[] => {
      const { from, to } = state.doc.line(each.line);
      const widget = Decoration.widget({ widget: new WordsWidget(each), block: true, side: 1 });
      return [...(each.wrong ? [wrongLine.range(from)] : []), widget.range(to)];
    });
    return Decoration.set(marks, true);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--z-training)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--z-good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--z-validation)' },
  { tag: tags.comment, color: 'var(--z-muted)', fontStyle: 'italic' },
]);

const theme = EditorView.theme({
  '&': { fontSize: '0.87em', backgroundColor: 'var(--z-paper)', color: 'var(--z-ink)' },
  '&.cm-focused': { outline: '2px solid var(--z-training)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'var(--z-mono)',
    lineHeight: '1.5',
    maxHeight: '32em',
    overflow: 'auto',
  },
  '.cm-content': { caretColor: 'var(--z-ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--z-soft)',
    color: 'var(--z-muted)',
    border: '0',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--z-soft)',
    outline: '1px solid var(--z-edge)',
  },
  '.z-wrong': { backgroundColor: 'color-mix(in srgb, var(--z-bad) 12%, transparent)' },
  '.z-words': {
    padding: '2px 8px 4px',
    borderInlineStart: '3px solid var(--z-edge)',
    color: 'var(--z-muted)',
    fontFamily: 'var(--z-font)',
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
    maxWidth: '46em',
  },
  '.z-wrong-words': { borderInlineStartColor: 'var(--z-bad)', color: 'var(--z-bad)' },
});
