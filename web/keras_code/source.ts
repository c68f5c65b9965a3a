// A script or a notebook as one text of Python with the place of each line: code cells one after the other, magics blanked.
import { ZifferError } from '../protocol/errors.ts';

/** Where a line stands in what was opened. */
export interface Place {
  /** From 1; in a notebook, of the code cells joined. */
  readonly line: number;
  /** In a notebook: which of its code cells, from 1. */
  readonly cell?: number;
}

export interface Source {
  readonly text: string;
  /** Lines that are for the notebook and not for Python. */
  readonly magics: readonly number[];
  /** Of a line of `text`, from 1. */
  place(line: number): Place;
}

/** Of the code: more than any script for MNIST has. */
const MOST_CODE = 2 ** 20;
/** Of a notebook with its pictures. */
export const MOST_SOURCE = 2 ** 26;

/** Errors: `invalid_argument` for what is no text or no notebook, or is too long. */
export function sourceOf(given: unknown): Source {
  if (typeof given !== 'string')
    refuse(`expected the text of a script or notebook, got ${typeof given}.`);
  if (given.length > MOST_SOURCE)
    refuse(`expected at most ${MOST_SOURCE} characters, got ${given.length}.`);
  const cells = cellsOf(given.replace(/^\uFEFF/, ''));
  const starts: number[] = [];
  const lines: string[] = [];
  for (const cell of cells ?? [given]) {
    starts.push(lines.length);
    // Not spread: a cell may have more lines than a call takes arguments.
    for (const line of cell.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) lines.push(line);
  }
  const { text, magics } = withoutMagics(lines);
  if (text.length > MOST_CODE)
    refuse(`expected at most ${MOST_CODE} characters of code, got ${text.length}.`);
  const place = (line: number): Place =>
    cells ? { line, cell: starts.filter((start) => start < line).length } : { line };
  return { text, magics, place };
}

/** What is shown and changed of a script or notebook: its code as one script, with a notebook's own lines as comments. Errors: as `sourceOf`. */
export function scriptOf(given: string): string {
  const cells = cellsOf(given.replace(/^\uFEFF/, '')) ?? [given.replace(/^\uFEFF/, '')];
  const lines = cells.flatMap((cell) => cell.split(/\r\n|\r|\n/));
  const { magics } = withoutMagics(lines);
  for (const line of magics) {
    const text = lines[line - 1]!;
    const [indent] = /^\s*/.exec(text)!;
    lines[line - 1] = `${indent}pass  # ${text.trim()}`;
  }
  return lines.join('\n');
}

/** The code cells of a notebook, of any of its formats; null for a script. */
function cellsOf(text: string): string[] | null {
  if (!/^\s*\{\s*(?:"|\})/.test(text)) return null;
  let book: unknown;
  try {
    book = JSON.parse(text);
  } catch {
    // A script may begin with a dictionary.
    if (!/"cells"|"nbformat"/.test(text)) return null;
    refuse('the notebook is no JSON. It is damaged, or was cut off; save it anew.');
  }
  const { cells, worksheets } = book as Record<string, unknown>;
  const list = cells ?? (Array.isArray(worksheets) ? worksheets[0]?.cells : undefined);
  if (!Array.isArray(list)) refuse('expected a notebook with cells.');
  return list.filter(isCode).map((cell) => {
    const code = cell.source ?? cell.input ?? '';
    return Array.isArray(code) ? code.map(String).join('') : String(code);
  });
}

function isCode(cell: unknown): cell is Record<string, unknown> {
  return (
    typeof cell === 'object' && cell !== null && 'cell_type' in cell && cell.cell_type === 'code'
  );
}

/** `%matplotlib inline`, `!pip install`, `?help`: blanked, so that every place stays; of `%%bash` the whole cell is for others. */
function withoutMagics(lines: readonly string[]) {
  const magics: number[] = [];
  const kept = lines.map((line, i) => {
    // `% name` goes on with a broken line's expression; Python 2 prints without parentheses.
    const magic = /^\s*(?:%[%\w]|[!?]|\w[\w.]*\?{1,2}\s*$|print\s+["'\w])/.test(line);
    if (!magic) return line;
    magics.push(i + 1);
    return `${/^\s*/.exec(line)![0]}pass`;
  });
  return { text: kept.join('\n'), magics };
}

function refuse(message: string): never {
  throw new ZifferError('invalid_argument', `readKeras: ${message}`);
}
