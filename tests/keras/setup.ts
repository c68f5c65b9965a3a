// Starts the judge, one Python process for all tests of this folder, and tells them where it listens, or why there is none.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { ensureKeras } from '../../scripts/keras.mjs';

export type Judge =
  | { url: string; python: string; reason?: undefined }
  | { url?: undefined; python?: undefined; reason: string };

declare module 'vitest' {
  export interface ProvidedContext {
    judge: Judge;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { python, reason } = await ensureKeras();
  if (!python) {
    project.provide('judge', { reason: reason ?? 'no Python' });
    return () => {};
  }
  const child = spawn(python, ['-B', 'tests/keras/judge.py'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await firstLine(child);
  project.provide('judge', { url: `http://127.0.0.1:${port}`, python });
  return () => child.stdin?.end();
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error(`tests/keras/judge.py ended with code ${child.exitCode} before it listened`);
}
