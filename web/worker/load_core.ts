// Loads the WebAssembly module: the only import of Emscripten's glue. The trainer worker compiles it once and hands the
// compiled module to its compute workers.
import createCore from 'ziffer-core';
import { open } from '../protocol/environment.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Core } from './core.ts';

export async function compileCore(url: string): Promise<WebAssembly.Module> {
  const response = await open(url);
  try {
    return await compile(response);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ZifferError(
      'wasm_failed',
      `${url}: the WebAssembly module could not be compiled: ${message}. It needs WebAssembly with SIMD and exceptions, and a policy that allows 'wasm-unsafe-eval'.`,
      { cause },
    );
  }
}

async function compile(response: Response): Promise<WebAssembly.Module> {
  const type = response.headers.get('Content-Type') ?? '';
  // Streaming demands the right MIME type, which simple hosts do not know.
  if (/^application\/wasm\s*(;|$)/i.test(type)) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** An instance of its own memory; rejects with `wasm_failed` where the processor or browser computes wrongly. */
export async function instantiateCore(module: WebAssembly.Module): Promise<Core> {
  const core = await createCore({
    instantiateWasm(imports: WebAssembly.Imports, done: (i: WebAssembly.Instance) => void) {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
    // Where the glue believes that it stands matters not: nothing else is fetched.
    locateFile: (name: string) => name,
  });
  if (!core.selfTest()) {
    throw new ZifferError(
      'wasm_failed',
      'self-test: this browser computes WebAssembly SIMD wrongly (as iOS 16.4 does). Update it or use another one.',
    );
  }
  return core;
}
