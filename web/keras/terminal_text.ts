// Text in the cells of a terminal, as src/nn/terminal_text.cpp lays it out by the rules of the library that prints Keras's
// tables; tests/wasm holds the two together.

type Range = readonly [first: number, last: number];

/** Unicode's East Asian Width W and F, by whole blocks. */
const WIDE: readonly Range[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
const NOTHING: readonly Range[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x300, 0x36f],
  [0x200b, 0x200f],
  [0x20d0, 0x20f0],
  [0xfe00, 0xfe0f],
];

/** Cells that text takes: 2 for wide characters and emoji, 0 for combining marks. */
export function cells(text: string): number {
  let n = 0;
  for (const character of text) n += cellsOf(character);
  return n;
}

/** The lines of `text` in a column of `width` cells: broken between words, too long words cut to end in an ellipsis. */
export function wrap(text: string, width: number): string[] {
  const printable = [...text].map((c) => (c < ' ' || c === '\x7f' ? ' ' : c)).join('');
  const lines: string[] = [];
  let line = '';
  for (const word of printable.match(/ *[^ ]+ *| +/g) ?? []) {
    if (line !== '' && cells(line) + cells(withoutTrailingBlanks(word)) > width) {
      lines.push(cut(line, width));
      line = '';
    }
    line += word;
  }
  return [...lines, cut(line, width)];
}

function cut(text: string, width: number): string {
  const line = withoutTrailingBlanks(text);
  if (cells(line) <= width) return line;
  let out = '';
  let used = 0;
  for (const character of line) {
    const n = cellsOf(character);
    if (used + n > width - 1) break;
    out += character;
    used += n;
  }
  // Half of a wide character is a blank.
  return `${out}${used < width - 1 ? ' ' : ''}…`;
}

function cellsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  const isIn = (ranges: readonly Range[]) =>
    ranges.some(([first, last]) => code >= first && code <= last);
  if (isIn(NOTHING)) return 0;
  return isIn(WIDE) ? 2 : 1;
}

function withoutTrailingBlanks(text: string): string {
  return text.replace(/ +$/, '');
}
