// How a model reads the digits that were drawn here: in all, each digit, and each writer, worst read first.
import { type Evaluation, fromStrokes, type Sequential } from '../../api/index.ts';
import { type Interval, wilson } from '../runs/statistics.ts';
import type { OwnDigit } from './digit_file.ts';

export interface OwnTest {
  readonly right: number;
  readonly count: number;
  readonly interval: Interval;
  readonly confusion: Evaluation['confusion'];
  /** As what each was read. */
  readonly predicted: Uint8Array;
  /** Worst read first; one alone where nobody else drew. */
  readonly writers: readonly WriterScore[];
}

export interface WriterScore {
  readonly writer: string;
  readonly right: number;
  readonly count: number;
}

export async function testOwn(
  model: Sequential,
  digits: readonly OwnDigit[],
  signal: AbortSignal,
): Promise<OwnTest> {
  const data = await fromStrokes(digits, { signal });
  try {
    const { confusion, predicted } = await model.evaluate(data, { signal });
    return { confusion, predicted, ...scores(digits, predicted) };
  } finally {
    data.dispose();
  }
}

/** `predicted`: as what each of them was read. */
export function scores(digits: readonly OwnDigit[], predicted: ArrayLike<number>) {
  const writers = new Map<string, { right: number; count: number }>();
  for (const [i, { label, writer }] of digits.entries()) {
    const score = writers.get(writer) ?? { right: 0, count: 0 };
    score.count++;
    if (predicted[i] === label) score.right++;
    writers.set(writer, score);
  }
  const each = [...writers].map(([writer, score]) => ({ writer, ...score }));
  const right = each.reduce((sum, score) => sum + score.right, 0);
  const share = (score: WriterScore) => score.right / score.count;
  const worstFirst = each.sort((a, b) => share(a) - share(b) || a.writer.localeCompare(b.writer));
  const count = digits.length;
  return { right, count, interval: wilson(right, count), writers: worstFirst };
}
