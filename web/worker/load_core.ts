// Loads the core: the only import of its glue. The trainer worker compiles it once and hands the compiled module to its compute
// workers.
import { simd } from 'wasm-feature-detect';
import createCore from 'ziffer-core';
import type { FetchOptions } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Core } from './core.ts';
import { compileModule, instantiate } from './wasm_module.ts';

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
