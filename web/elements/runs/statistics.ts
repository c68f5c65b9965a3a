// The few statistics that are said beside a number: Wilson's interval, McNemar's test, precision and recall.

/** 95 % of the standard normal distribution lie within ± z. */
const Z = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Half its width. */
  readonly margin: number;
}

/** Wilson (1927): the 95 % interval of a share, good near 0 and 1 where the usual one is not. */
export function wilson(successes: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1, margin: 0.5 };
  const p = successes / n;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const margin = (Z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, centre - margin), high: Math.min(1, centre + margin), margin };
}

export interface McNemar {
  /** Read correctly by only one of the two. */
  readonly onlyA: number;
  readonly onlyB: number;
  readonly p: number;
}

/** McNemar (1947), exact for few disagreements, else χ² with Edwards's correction. Two-sided. */
export function mcnemar(
  truth: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): McNemar {
  let onlyA = 0;
  let onlyB = 0;
  for (let i = 0; i < truth.length; i++) {
    const rightA = a[i] === truth[i];
    const rightB = b[i] === truth[i];
    if (rightA && !rightB) onlyA++;
    if (rightB && !rightA) onlyB++;
  }
  const n = onlyA + onlyB;
  if (n === 0) return { onlyA, onlyB, p: 1 };
  if (n <= 50) return { onlyA, onlyB, p: binomialTwoSided(Math.min(onlyA, onlyB), n) };
  const d = Math.max(0, Math.abs(onlyA - onlyB) - 1);
  return { onlyA, onlyB, p: erfc(Math.sqrt((d * d) / n / 2)) };
}

/** P(X ≤ k or X ≥ n − k) for X ~ B(n, ½). */
function binomialTwoSided(k: number, n: number): number {
  let term = 0.5 ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= (n - i + 1) / i;
    sum += term;
  }
  return Math.min(1, 2 * sum);
}

/** Abramowitz & Stegun 7.1.26, absolute error below 1.5e-7. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return poly * Math.exp(-x * x);
}

export interface ClassScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly count: number;
}

/** From counts [truth][prediction]; a class never predicted has precision 0, as in scikit-learn. */
export function classScores(confusion: readonly (readonly number[])[]): ClassScore[] {
  return confusion.map((row, k) => {
    const hits = row[k] ?? 0;
    const count = row.reduce((sum, n) => sum + n, 0);
    const predicted = confusion.reduce((sum, r) => sum + (r[k] ?? 0), 0);
    const precision = predicted ? hits / predicted : 0;
    const recall = count ? hits / count : 0;
    const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
    return { precision, recall, f1, count };
  });
}
