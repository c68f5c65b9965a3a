// The doctest suites: the same test cases natively, under the sanitizers, and as WebAssembly in Node.
import { existsSync } from 'node:fs';
import { capture } from '../command.mjs';
import { root } from '../project.mjs';
import { broken } from './result.mjs';

/** @param {'native' | 'asan' | 'asan32' | 'wasm'} preset */
export async function runDoctest(preset) {
  const program = `${root}/build/${preset}/ziffer_tests`;
  const [command, ...args] = existsSync(`${program}.js`)
    ? [process.execPath, `${program}.js`]
    : [program];
  const { code, output } = await capture(command, [
    ...args,
    '--no-colors=true',
    '--no-path-filenames=true',
  ]);
  const [, passed, failed, skipped] =
    /test cases: +\d+ \| +(\d+) passed \| +(\d+) failed \| +(\d+) skipped/.exec(output) ?? [];
  if (passed === undefined)
    return broken(`${output}ziffer_tests ended with code ${code} before its summary\n`);
  return {
    passed: Number(passed),
    // A sanitizer can end the program after the summary.
    failed: Math.max(Number(failed), code === 0 ? 0 : 1),
    skipped: Array(Number(skipped)).fill('a test case marked skip in tests/native'),
    output,
  };
}
