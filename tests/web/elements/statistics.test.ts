// The statistics of the panels, against values worked out elsewhere.
import { describe, expect, it } from 'vitest';
import { classScores, mcnemar, wilson } from '../../../web/elements/runs/statistics.ts';

describe('Wilson’s interval', () => {
  it('of 9655 in 10000 is 0.9617 to 0.9689', () => {
    const { low, high, margin } = wilson(9655, 10_000);
    expect(low).toBeCloseTo(0.96175, 4);
    expect(high).toBeCloseTo(0.96889, 4);
    expect(margin).toBeCloseTo((high - low) / 2, 12);
  });

  it('stays within 0 and 1, and is everything where nothing was counted', () => {
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(10, 10).high).toBeCloseTo(1, 12);
    expect(wilson(10, 10).high).toBeLessThanOrEqual(1);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1, margin: 0.5 });
  });
});

describe('McNemar’s test', () => {
  /** Two readers of ones: `a` alone is right n times, `b` alone m times. */
  const pair = (n: number, m: number) => {
    const truth = new Uint8Array(n + m).fill(1);
    const a = truth.map((_, i) => (i < n ? 1 : 0));
    const b = truth.map((_, i) => (i < n ? 0 : 1));
    return mcnemar(truth, a, b);
  };

  it('is exact for few disagreements: 1 against 8 gives 20/512', () => {
    expect(pair(1, 8).p).toBeCloseTo(20 / 512, 12);
  });

  it('is χ² with correction for many: 40 against 62 gives 0.0376', () => {
    // (|40 − 62| − 1)² / 102 = 4.3235, one degree of freedom
    expect(pair(40, 62).p).toBeCloseTo(0.0376, 4);
  });

  it('finds nothing between equals', () => {
    expect(pair(0, 0).p).toBe(1);
    expect(pair(7, 7).p).toBe(1);
  });
});

describe('precision and recall', () => {
  it('come from columns and rows', () => {
    const [zero, one] = classScores([
      [8, 2],
      [4, 6],
    ]);
    expect(zero).toMatchObject({ recall: 0.8, precision: 8 / 12, count: 10 });
    expect(one).toMatchObject({ recall: 0.6, precision: 6 / 8 });
  });

  it('are 0 for a class that is never read', () => {
    expect(
      classScores(
        [
          [0, 3],
          [0, 5],
        ].map((r) => [...r]),
      )[0],
    ).toMatchObject({ precision: 0, f1: 0 });
  });
});
