// One vitest project (a folder of tests/) as a suite. `alone`: one file after the other, where what a browser takes is measured.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { capture } from '../command.mjs';
import { root } from '../project.mjs';
import { broken } from './result.mjs';

/**
 * @param {string} project
 * @param {{ alone?: boolean }} [options]
 */
export async function runVitest(project, { alone = false } = {}) {
  const folder = `${root}/build/tests`;
  const file = `${folder}/${project}.json`;
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const args = [
    'run',
    '--project',
    project,
    ...(alone ? ['--no-file-parallelism'] : []),
    '--reporter=default',
    `--reporter=${root}/scripts/suites/reporter.mjs`,
  ];
  const env = { ...process.env, ZIFFER_TEST_REPORT: file, NO_COLOR: '1' };
  const { code, output } = await capture(`${root}/node_modules/.bin/vitest`, args, { env });
  if (!existsSync(file))
    return broken(`${output}vitest ended with code ${code} without a report\n`);
  const { passed, failed, skipped } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that does not load, or an error outside any test, fails the run without failing a test.
  return { passed, failed: Math.max(failed, code === 0 ? 0 : 1), skipped, output };
}
