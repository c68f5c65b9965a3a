// `npm run fuzz`: each native fuzzer for a minute; `npm run fuzz task 3600`: one of them for an hour.
import { buildPreset } from './build/cpp.mjs';
import { Advice, main } from './command.mjs';
import { fuzzers, runFuzzer } from './fuzzers.mjs';
import { meet } from './setup/apt.mjs';
import { fuzzNeeds } from './setup/system.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  const asked = process.argv.slice(2);
  const seconds = Number(asked.find((word) => /^\d+$/.test(word)) ?? 60);
  const names = asked.filter((word) => !/^\d+$/.test(word));
  const chosen = fuzzers().filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) {
    const known = fuzzers().map(({ name }) => name);
    throw new Advice(`There is no fuzzer ${names.join(', ')}; choose from: ${known.join(' ')}`);
  }
  await setUp();
  await meet(fuzzNeeds);
  for (const preset of /** @type {const} */ (['fuzz', 'fuzz-memory'])) await buildPreset(preset);
  let broken = 0;
  for (const fuzzer of chosen) {
    const { executions, seen, of, found } = await runFuzzer(fuzzer, seconds);
    console.log(`${fuzzer.name}: ${executions} executions, ${seen} of ${of} branches`);
    if (found === null) continue;
    broken += 1;
    console.log(found);
  }
  return broken > 0 ? 1 : 0;
});
