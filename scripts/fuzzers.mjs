// The native fuzzers of tests/fuzz: run for a time each, with their counts. `npm test` runs them shortly, `npm run fuzz` as long as
// wanted. What they reach is kept in build/corpus, so that the next run goes on from there; what breaks them in build/findings.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { capture } from './command.mjs';
import { root } from './project.mjs';

const folders = { native: 'fuzz', memory: 'fuzz-memory' };
/** Of one allocation and of the whole, in MB: the sanitizers' own memory comes on top. */
const LARGEST_MB = 512;
const MOST_MB = 2000;
/** Some seconds of a browser, on a busy machine and under sanitizers. */
const STUCK_SECONDS = 60;

/** Their names and programs. */
export function fuzzers() {
  return Object.entries(folders).flatMap(([kind, preset]) =>
    readdirSync(`${root}/tests/fuzz/${kind}`)
      .filter((file) => file.endsWith('.cpp'))
      .map((file) => file.replace('.cpp', ''))
      .map((name) => ({ name, program: `${root}/build/${preset}/fuzz_${name}` })),
  );
}

/** Runs one. Resolves to its executions, the branches it has seen of all, and what was found, or null. */
export async function runFuzzer({ name, program }, seconds) {
  // Decoders are fed with pictures, whichever sanitizer watches.
  const seeds = `${root}/tests/fuzz/corpus/${name === 'decode' ? 'picture' : name}`;
  const corpus = `${root}/build/corpus/${name}`;
  const findings = `${root}/build/findings`;
  for (const folder of [corpus, findings]) mkdirSync(folder, { recursive: true });
  if (!existsSync(program))
    return { executions: 0, seen: 0, of: 0, found: `${program} is missing` };
  const { code, output } = await capture(
    program,
    [
      `-max_total_time=${seconds}`,
      `-timeout=${STUCK_SECONDS}`,
      `-malloc_limit_mb=${LARGEST_MB}`,
      `-rss_limit_mb=${MOST_MB}`,
      '-max_len=16000',
      `-artifact_prefix=${findings}/${name}-`,
      ...[corpus, seeds],
    ],
    { env: { ...process.env, ASAN_OPTIONS: 'quarantine_size_mb=16:detect_leaks=0' } },
  );
  const lines = [...output.matchAll(/^#(\d+)\t.*cov: (\d+)/gm)].at(-1);
  const [, of] = /Loaded \d+ modules\s+\((\d+) /.exec(output) ?? [];
  return {
    executions: Number(lines?.[1] ?? 0),
    seen: Number(lines?.[2] ?? 0),
    of: Number(of ?? 0),
    found: code === 0 ? null : output.slice(-4000),
  };
}
