// Loads the WebAssembly modules: the only import of Emscripten's glue. The trainer worker compiles the core once and hands
// the compiled module to its compute workers; what reads pictures comes with the first of them.
import { simd } from 'wasm-feature-detect';
import createCore from 'ziffer-core';
import { type Answer, distrust, type FetchOptions, open } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Core, CreatePictureCore, PictureCore } from './core.ts';

export interface LoadedCore {
  core: Core;
  /** For compute workers. */
  module: WebAssembly.Module;
}

/** With SIMD where the browser has it and computes it rightly; else without, which is fetched only then. Both give the same bits. */
export async function loadCore(
  simdUrl: string,
  scalarUrl: string,
  options: FetchOptions = {},
): Promise<LoadedCore> {
  // Not before Chrome 91, Firefox 89 and Safari 16.4, nor on x86 without SSE4.1.
  if (await simd()) {
    const module = await compileModule(simdUrl, options);
    const core = await instantiate<Core>(createCore, module);
    if (passes(core)) return { core, module };
  }
  const module = await compileModule(scalarUrl, options);
  return { core: await instantiateCore(module), module };
}

export async function compileModule(
  url: string,
  options: FetchOptions = {},
): Promise<WebAssembly.Module> {
  const answer = await open(url, options);
  try {
    return await compile(answer);
  } catch (cause) {
    if (answer.broken) throw answer.failure(cause);
    distrust(url);
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ZifferError(
      'wasm_failed',
      `${url}: the WebAssembly module could not be compiled: ${message}. It needs WebAssembly with exceptions, and a policy that allows 'wasm-unsafe-eval'.`,
      { cause },
    );
  } finally {
    answer.end();
  }
}

async function compile(answer: Answer): Promise<WebAssembly.Module> {
  const type = answer.response.headers.get('Content-Type') ?? '';
  // Streaming demands the right MIME type, which simple hosts do not know.
  if (!/^application\/wasm\s*(;|$)/i.test(type)) {
    return WebAssembly.compile((await answer.bytes()) as BufferSource);
  }
  // The compiler takes the answer itself, which browsers know how to cache; its bytes are counted in a copy.
  const counted = answer.response.clone();
  const [compiled, read] = await Promise.allSettled([
    WebAssembly.compileStreaming(answer.response),
    answer.count(counted),
  ]);
  if (read.status === 'rejected') throw read.reason;
  if (compiled.status === 'rejected') throw compiled.reason;
  return compiled.value;
}

/** An instance of its own memory; rejects with `wasm_failed` where the processor or browser computes wrongly. */
export async function instantiateCore(module: WebAssembly.Module): Promise<Core> {
  const core = await instantiate<Core>(createCore, module);
  if (passes(core)) return core;
  throw new ZifferError(
    'wasm_failed',
    'self-test: this browser computes WebAssembly wrongly. Update it or use another one.',
  );
}

function passes(core: Core): boolean {
  try {
    return core.selfTest();
  } catch {
    return false;
  }
}

/** `glueUrl`: picture.js. Rejects with `data_missing` and the like where one of the two cannot be had. */
export async function loadPictureCore(glueUrl: string, wasmUrl: string): Promise<PictureCore> {
  const module = await compileModule(wasmUrl);
  return instantiate<PictureCore>(await importGlue(glueUrl), module);
}

async function importGlue(url: string): Promise<CreatePictureCore> {
  try {
    return (await import(/* @vite-ignore */ url)).default;
  } catch (cause) {
    const message = `${url}: the script that reads pictures could not be loaded. Check that the whole dist/ folder was uploaded.`;
    throw new ZifferError('data_missing', message, { cause });
  }
}

type Create<T> = (from: {
  instantiateWasm(imports: WebAssembly.Imports, done: (i: WebAssembly.Instance) => void): object;
  locateFile(name: string): string;
}) => Promise<T>;

/**
 * An instance of a module that is here: the glue fetches nothing, wherever it believes that it stands. It never hears of an
 * instance that could not be made, for want of memory or address space: then this rejects with `wasm_failed`.
 */
function instantiate<T>(create: Create<T>, module: WebAssembly.Module): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `WebAssembly: no instance of the module could be made: ${why}. The browser may be short of memory: close other tabs and try again.`;
      reject(new ZifferError('wasm_failed', message, { cause }));
    };
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      done: (i: WebAssembly.Instance) => void,
    ) => {
      WebAssembly.instantiate(module, imports).then(done).catch(failed);
      return {};
    };
    create({ instantiateWasm, locateFile: (name) => name }).then(resolve, failed);
  });
}
