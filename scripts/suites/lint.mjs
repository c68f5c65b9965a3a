// `npm run lint` as a suite: each of its checks counts as one test.
import { checks } from '../lint.mjs';

export async function runLint() {
  const result = { passed: 0, failed: 0, skipped: [], output: '' };
  for (const { name, run } of checks) {
    const { code, output } = await run();
    if (code === 0) result.passed += 1;
    else {
      result.failed += 1;
      result.output += `✗ ${name}\n${output}`;
    }
  }
  return result;
}
