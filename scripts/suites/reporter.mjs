// A vitest reporter that writes { passed, failed, skipped } to the file ZIFFER_TEST_REPORT: vitest's own JSON leaves
// out why a test was skipped.
import { writeFileSync } from 'node:fs';

export default class SuiteReporter {
  onTestRunEnd(modules) {
    const report = { passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]) };
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) report.failed += 1;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') report.passed += 1;
        else if (state === 'failed') report.failed += 1;
        else report.skipped.push(`${test.fullName}: ${note ?? 'marked skip in the test'}`);
      }
    }
    writeFileSync(/** @type {string} */ (process.env.ZIFFER_TEST_REPORT), JSON.stringify(report));
  }
}
