// Loads the WebAssembly modules: the only import of Emscripten's glue. The trainer worker compiles the core once and hands
// the compiled module to its compute workers; what reads pictures comes with the first of them.
import { simd } from 'wasm-feature-detect';
import createCore from 'ziffer-core';
import { open } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Core, CreatePictureCore, PictureCore } from './core.ts';

export interface LoadedCore {
  core: Core;
  /** For compute workers. */
  module: WebAssembly.Module;
}

/** With SIMD where the browser has it and computes it rightly; else without, which is fetched only then. Both give the same bits. */
export async function loadCore(simdUrl: string, scalarUrl: string): Promise<LoadedCore> {
  // Not before Chrome 91, Firefox 89 and Safari 16.4, nor on x86 without SSE4.1.
  if (await simd()) {
    const module = await compileModule(simdUrl);
    const core = await createCore(from(module));
    if (core.selfTest()) return { core, module };
  }
  const module = await compileModule(scalarUrl);
  return { core: await instantiateCore(module), module };
}

export async function compileModule(url: string): Promise<WebAssembly.Module> {
  const response = await open(url);
  try {
    return await compile(response);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ZifferError(
      'wasm_failed',
      `${url}: the WebAssembly module could not be compiled: ${message}. It needs WebAssembly with exceptions, and a policy that allows 'wasm-unsafe-eval'.`,
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
  const core = await createCore(from(module));
  if (!core.selfTest()) {
    throw new ZifferError(
      'wasm_failed',
      'self-test: this browser computes WebAssembly wrongly. Update it or use another one.',
    );
  }
  return core;
}

/** `glueUrl`: picture.js. Rejects with `data_missing` and the like where one of the two cannot be had. */
export async function loadPictureCore(glueUrl: string, wasmUrl: string): Promise<PictureCore> {
  const module = await compileModule(wasmUrl);
  return (await importGlue(glueUrl))(from(module));
}

async function importGlue(url: string): Promise<CreatePictureCore> {
  try {
    return (await import(/* @vite-ignore */ url)).default;
  } catch (cause) {
    const message = `${url}: the script that reads pictures could not be loaded. Check that the whole dist/ folder was uploaded.`;
    throw new ZifferError('data_missing', message, { cause });
  }
}

/** What the glue is told: the module is here, nothing else is fetched, wherever it believes that it stands. */
function from(module: WebAssembly.Module) {
  return {
    instantiateWasm(imports: WebAssembly.Imports, done: (i: WebAssembly.Instance) => void) {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
    locateFile: (name: string) => name,
  };
}
