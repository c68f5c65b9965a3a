// The test projects, one a folder of tests/: `npm test -- web` runs one, `npx vitest run --project web` too.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = {
  'ziffer-core': fileURLToPath(new URL('build/wasm/ziffer-core.mjs', import.meta.url)),
};

const project = (name: string, testTimeout: number, globalSetup: string[] = []) => ({
  resolve: { alias },
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    globalSetup,
  },
});

export default defineConfig({
  test: {
    // Vitest leaves one processor free, but what is tested mostly waits: for a browser, for Python, for a timer.
    maxWorkers: Math.max(2, availableParallelism()),
    minWorkers: 1,
    projects: [
      project('web', 120_000),
      project('wasm', 120_000),
      project('fuzz', 120_000),
      project('browser', 300_000),
      project('package', 300_000, ['tests/package/setup.ts']),
      project('engines', 300_000),
      project('keras', 300_000, ['tests/keras/setup.ts']),
    ],
  },
});
