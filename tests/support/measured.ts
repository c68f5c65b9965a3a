// The deviations that the tests measure, for docs/KERAS.md: `ZIFFER_KERAS_TABLE=1 npm test -- keras` writes them to build/keras/.
import { appendFileSync, mkdirSync } from 'node:fs';
import { expect } from 'vitest';

/** Holds a measured deviation to its tolerance, and notes it. */
export function within(what: string, measured: number, tolerance: number): void {
  if (process.env.ZIFFER_KERAS_TABLE) {
    mkdirSync('build/keras', { recursive: true });
    const row = `| ${what} | ${measured.toExponential(1)} | ${tolerance.toExponential(0)} |\n`;
    appendFileSync('build/keras/deviations.md', row);
  }
  expect(measured, what).toBeLessThanOrEqual(tolerance);
}
