// Mutated models' files through the public API in Node, with a watchdog: `node tests/fuzz/model_files.mjs [seconds] [first number]`.
// A file that breaks the process, or holds it for longer than the reading worker may, is a finding.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('model_files_child.mjs', import.meta.url));
/** Far beyond the ten seconds of a file that never ends, so that a busy machine is no finding. */
const STUCK_MS = 60_000;
const MOST_MB = 512;

/** Opens files for so many seconds. Resolves to how many, the findings, and the most memory that a process had. */
export async function fuzzModelFiles(seconds, first = 0) {
  const ends = Date.now() + 1000 * seconds;
  const result = { executions: 0, findings: [], peakMb: 0 };
  for (let next = first; Date.now() < ends; ) {
    const last = await run(next, ends, result);
    result.executions += last.number + 1 - next;
    if (last.died) result.findings.push(`${last.number}: ${last.name}, ${last.how}: ${last.died}`);
    next = last.number + 1;
  }
  if (result.peakMb > MOST_MB) result.findings.push(`${Math.round(result.peakMb)} MB were taken`);
  return result;
}

/** One process from a number on. Resolves to the last file, and how the process died of it, if it did. */
function run(first, ends, result) {
  return new Promise((resolve) => {
    const last = { number: first - 1 };
    const child = fork(CHILD, [String(first), String(first + 1000)]);
    let at = Date.now();
    const stop = (died) => {
      clearInterval(watch);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve({ ...last, died });
    };
    const watch = setInterval(() => {
      if (Date.now() - at > STUCK_MS) stop('the process hangs');
      else if (Date.now() > ends) stop(null);
    }, 200);
    child.on('message', (message) => {
      at = Date.now();
      if (message.fault) result.findings.push(`${message.number}: ${message.fault}`);
      else {
        Object.assign(last, message);
        result.peakMb = Math.max(result.peakMb, message.peak);
      }
    });
    child.on('exit', (code, signal) => stop(code === 0 ? null : `exit ${code ?? signal}`));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [seconds = 25, first = 0] = process.argv.slice(2).map(Number);
  const { executions, findings, peakMb } = await fuzzModelFiles(seconds, first);
  for (const finding of findings) console.log(finding);
  console.log(`${executions} files, ${findings.length} findings, ${Math.round(peakMb)} MB at most`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
