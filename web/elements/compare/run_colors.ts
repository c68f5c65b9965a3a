// The colour of each run in the comparison: Okabe and Ito's that read on white and on black; after them the dashes begin.
import { css, unsafeCSS } from 'lit';
import type { Run } from '../runs/run_log.ts';

const COLORS = ['#0b79c4', '#c9641d', '#149c74', '#b5679a', '#8a8f00', '#6f7a86'];

/** How the line of the run with this number is drawn. */
export function lineOf(number: number): { color: string; dashed: boolean } {
  return { color: COLORS[(number - 1) % COLORS.length] ?? '', dashed: number > COLORS.length };
}

/** The class with that colour, from `runColors`. */
export function classOf(run: Run): string {
  return `c${(run.number - 1) % COLORS.length}`;
}

export const runColors = css`
  ${unsafeCSS(COLORS.map((color, i) => `.c${i} { color: ${color}; }`).join('\n'))}
`;
