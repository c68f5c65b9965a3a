// Running other programs: quietly with their output kept, or in the open.
import { spawn } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './project.mjs';

/** A failure that the person at the terminal can act on: its message is one sentence and says what to run. */
export class Advice extends Error {}

/** Runs a program and returns { code, output }, with stdout and stderr in the order in which they came. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    let output = '';
    const keep = (/** @type {Buffer} */ bytes) => {
      output += bytes;
      options.onOutput?.(String(bytes));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program that has to succeed. Shows its output only when it fails; then throws an Advice. */
export async function must(sentence, command, args, options = {}) {
  const { code, output } = await capture(command, args, options);
  if (code === 0) return output;
  process.stderr.write(output);
  throw new Advice(sentence);
}

/** The path of a program on the PATH, or null. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Whether the module with this import.meta.url is the script that Node was started with. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Runs the body of a script: an Advice becomes one line and exit code 1, anything else keeps its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode ?? 0;
  } catch (error) {
    console.error(error instanceof Advice ? `\nziffer: ${error.message}` : error);
    process.exitCode = 1;
  }
}
