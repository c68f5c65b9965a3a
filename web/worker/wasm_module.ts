// Compiles and instantiates WebAssembly modules, whoever's glue they come with.
import { type Answer, distrust, type FetchOptions, open } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';

export async function compileModule(
  url: string,
  options: FetchOptions = {},
): Promise<WebAssembly.Module> {
  const answer = await open(url, { credentials: 'same-origin', ...options });
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

type Create<T> = (from: {
  instantiateWasm(imports: WebAssembly.Imports, done: (i: WebAssembly.Instance) => void): object;
  locateFile(name: string): string;
}) => Promise<T>;

/**
 * An instance of a module that is here: the glue fetches nothing, wherever it believes that it stands. It never hears of an
 * instance that could not be made, for want of memory or address space: then this rejects with `wasm_failed`.
 */
export function instantiate<T>(create: Create<T>, module: WebAssembly.Module): Promise<T> {
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
