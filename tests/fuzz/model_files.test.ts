// Models' files that were damaged on purpose, through the built API; `node tests/fuzz/model_files.mjs 3600` goes on for an hour.
import { expect, it } from 'vitest';
import { fuzzModelFiles } from './model_files.mjs';

it('whatever stands in a model file, it opens or is refused by a ZifferError, in bounded time and memory', async () => {
  const { executions, findings } = await fuzzModelFiles(20);
  expect(findings).toEqual([]);
  expect(executions).toBeGreaterThan(0);
});
