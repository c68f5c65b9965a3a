// Keras's summary of a model, as src/nn/summary.cpp prints it; tests/wasm holds the two together.
import { inKerasOrder } from './inbound.ts';
import { sizeOf } from './layer.ts';
import type { LayerInfo } from './layers.ts';
import { type Described, INPUT } from './model.ts';
import { cells, wrap } from './terminal_text.ts';

// The inner widths of Keras 3's columns on a terminal of 80: three of a chain, four of a graph.
const CHAIN = [33, 24, 15];
const GRAPH = [21, 19, 12, 19];

/** Ends with a line feed. */
export function summary(model: Described): string {
  const widths = model.chain ? CHAIN : GRAPH;
  const lines = model.chain ? model.layers.map(fieldsOf) : graphFields(model);
  const header = ['Layer (type)', 'Output Shape', 'Param #', 'Connected to'];
  const trainable = model.layers.reduce((n, l) => n + trainableIn(l), 0);
  return [
    `Model: "${model.name}"\n`,
    rule(widths, '┏━┳┓'),
    row(widths, header.slice(0, widths.length), '┃'),
    rule(widths, '┡━╇┩'),
    lines.map((fields) => row(widths, fields, '│')).join(rule(widths, '├─┼┤')),
    rule(widths, '└─┴┘'),
    total('Total', model.parameters),
    total('Trainable', trainable),
    total('Non-trainable', model.parameters - trainable),
  ].join('');
}

function fieldsOf({ name, className, outputShape, parameters }: LayerInfo): string[] {
  const shape = ['None', ...outputShape].join(', ');
  return [`${name} (${className})`, `(${shape})`, withCommas(parameters)];
}

/** In Keras's order, with the input and what each layer takes. */
function graphFields({ input, layers }: Described): string[][] {
  const shape = ['None', ...input].join(', ');
  return [
    [`${INPUT} (InputLayer)`, `(${shape})`, '0', '-'],
    ...inKerasOrder(layers).map((layer) => {
      const taken = layer.inbound.map((name) => `${name}[0][0]`).join(', ');
      return [...fieldsOf(layer), taken];
    }),
  ];
}

function trainableIn({ trainable, regions }: LayerInfo): number {
  const trained = trainable ? regions.filter(({ moving }) => !moving) : [];
  return trained.reduce((n, { shape }) => n + sizeOf(shape), 0);
}

function rule(widths: readonly number[], [left, line, cross, right]: string): string {
  return `${left}${widths.map((width) => line!.repeat(width)).join(cross)}${right}\n`;
}

/** One blank each side, the count to the right; what is too long goes on in the next line. */
function row(widths: readonly number[], texts: readonly string[], bar: string): string {
  const columns = texts.map((text, i) => wrap(text, widths[i]! - 2));
  const height = Math.max(...columns.map((lines) => lines.length));
  let out = '';
  for (let line = 0; line < height; line++) {
    const padded = columns.map((lines, i) => {
      const part = lines[line] ?? '';
      const blank = ' '.repeat(widths[i]! - 2 - cells(part));
      return i === 2 ? blank + part : part + blank;
    });
    out += `${bar} ${padded.join(` ${bar} `)} ${bar}\n`;
  }
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
