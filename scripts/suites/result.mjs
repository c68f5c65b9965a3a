// What every suite answers: { passed, failed, skipped: string[], output }. skipped says what and why; output is shown
// when something failed.

/** The result of a suite that could not even start. */
export function broken(output) {
  return { passed: 0, failed: 1, skipped: [], output };
}
