// Keras's summary of a model, as src/nn/summary.cpp prints it; tests/wasm holds the two together.
import type { Described } from './shape_rules.ts';

// The inner widths of Keras 3's three columns on a terminal of 80.
const WIDTHS = [33, 24, 15] as const;

/** Ends with a line feed. */
export function summary(model: Described): string {
  const rows = model.layers.map((layer) =>
    row(
      [
        `${layer.name} (${layer.className})`,
        `(${['None', ...layer.outputShape].join(', ')})`,
        withCommas(layer.parameters),
      ],
      '│',
    ),
  );
  return [
    `Model: "${model.name}"\n`,
    rule('┏━┳┓'),
    row(['Layer (type)', 'Output Shape', 'Param #'], '┃'),
    rule('┡━╇┩'),
    rows.join(rule('├─┼┤')),
    rule('└─┴┘'),
    total('Total', model.parameters),
    total('Trainable', model.parameters),
    total('Non-trainable', 0),
  ].join('');
}

function rule([left, line, cross, right]: string): string {
  return `${left}${WIDTHS.map((width) => line!.repeat(width)).join(cross)}${right}\n`;
}

/** One blank each side, the count to the right; what is too long goes on in the next line. */
function row(cells: [string, string, string], bar: string): string {
  let out = '';
  let rest: string[] = cells;
  do {
    const parts = rest.map((cell, i) => cell.slice(0, WIDTHS[i]! - 2));
    const padded = parts.map((part, i) => {
      const room = WIDTHS[i]! - 2;
      return i === 2 ? part.padStart(room) : part.padEnd(room);
    });
    out += `${bar} ${padded.join(` ${bar} `)} ${bar}\n`;
    rest = rest.map((cell, i) => cell.slice(WIDTHS[i]! - 2));
  } while (rest.some((cell) => cell !== ''));
  return out;
}

function total(what: string, count: number): string {
  let bytes = count * 4;
  let unit = 0;
  for (; bytes >= 1024 && unit < 3; unit++) bytes /= 1024;
  const size = `${hundredths(bytes)} ${['B', 'KB', 'MB', 'GB'][unit]}`;
  return ` ${what} params: ${withCommas(count)} (${size})\n`;
}

/** Two digits, ties to even as C and Python print them; `toFixed` rounds ties up. */
function hundredths(value: number): string {
  const scaled = value * 100;
  const below = Math.floor(scaled);
  const up = scaled - below > 0.5 || (scaled - below === 0.5 && below % 2 === 1);
  return ((below + (up ? 1 : 0)) / 100).toFixed(2);
}

function withCommas(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
