// Programs that a driver starts, and ends with all their children.
import { type ChildProcess, spawn } from 'node:child_process';

/** Starts a program in a process group of its own; `said` resolves with what the pattern finds in its output. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): { said(pattern: RegExp): Promise<string>; end(): void } {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  let output = '';
  const keep = (bytes: Buffer) => {
    output += bytes;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output)?.[1];
          if (found !== undefined) resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('error', reject);
        child.on('exit', (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
        look();
      }),
    end: () => endGroup(child),
  };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended by itself.
  }
}
