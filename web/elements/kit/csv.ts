// Tables as text files that the spreadsheet of the visitor's language opens in columns, with numbers as numbers.
import type { Format } from '../../locales/index.ts';

export type Cell = string | number | undefined;

/** Without the mark at its beginning Excel takes UTF-8 for something else; for plain letters it would only be in the way of programs. */
const MARK = '\ufeff';

export function csv(rows: readonly (readonly Cell[])[], f: Format): string {
  const text = rows
    .map((row) => `${row.map((cell) => cellText(cell, f)).join(f.cellSign)}\n`)
    .join('');
  const plain = [...text].every((letter) => letter < '\x7f');
  return plain ? text : MARK + text;
}

function cellText(cell: Cell, f: Format): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return f.cell(cell);
  // A spreadsheet would take these for a formula, and names may come from anybody.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\n\r\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvBlob(text: string): Blob {
  return new Blob([text], { type: 'text/csv;charset=utf-8' });
}
