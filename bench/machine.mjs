// On what it was measured, and how busy that was: figures of a loaded machine are worth less.

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { root } from '../scripts/project.mjs';

export function describeMachine(report, browserVersion) {
  report.begin('machine', 'machine', [
    ['processor', -34],
    ['cores', 5],
    ['memory_gb', 9],
    ['load', 6],
    ['node', 10],
    ['browser', 22],
    ['commit', 12],
  ]);
  report.row({
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    load: load(),
    node: process.version,
    browser: browserVersion,
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
  });
}

/** Processes that wanted a core, averaged over the last minute. */
export function load() {
  return Number(loadavg()[0].toFixed(2));
}

function commit() {
  try {
    const options = { cwd: root, encoding: /** @type {const} */ ('utf8') };
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim();
  } catch {
    return 'unknown';
  }
}
