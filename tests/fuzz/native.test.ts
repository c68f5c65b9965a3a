// The core under bytes from strangers, with 32 bits and sanitizers; `npm run fuzz` goes on for longer.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fuzzers, runFuzzer } from '../../scripts/fuzzers.mjs';

const SECONDS = 8;

it.for(fuzzers())(
  '$name: whatever bytes come, they are taken or refused by a known code, within their memory',
  async (fuzzer, { skip }) => {
    if (!existsSync(fuzzer.program)) skip('clang 19 with libFuzzer for 32 bits is not installed');
    const { executions, seen, of, found } = await runFuzzer(fuzzer, SECONDS);
    console.log(`${fuzzer.name}: ${executions} executions, ${seen} of ${of} branches`);
    expect(found).toBeNull();
    expect(executions).toBeGreaterThan(0);
  },
);
