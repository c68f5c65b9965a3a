// Medians and their spread: what every part of the benchmark reports.

/** The value below which the share q of the values lies, between neighbours where it falls between them. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

export function median(values) {
  return quantile(values, 0.5);
}

/** Median and quartiles, to four digits. */
export function spread(values) {
  return {
    median: digits(median(values)),
    q1: digits(quantile(values, 0.25)),
    q3: digits(quantile(values, 0.75)),
  };
}

/** Four significant digits; the fifth of a time changes from run to run. */
export function digits(value) {
  return Number(value.toPrecision(4));
}
