// The module behind a guard, which sets its stack back after an error, and ends it with a trap. A trap (an access out of bounds, an unreachable instruction, a stack that is used up) leaves its
// memory as it was in the middle of the work, so nothing may enter it again: what it computed then would be wrong without a word.
import { ZifferError } from '../protocol/errors.ts';
import type { Core } from './core.ts';

/** `onTrap` hears of the first trap; every call from then on throws what it was given, but for `delete`. */
export function guarded(core: Core, onTrap: (error: ZifferError) => void): Core {
  let broken: ZifferError | null = null;
  const originals = new WeakMap<object, object>();
  const original = (value: unknown) =>
    (typeof value === 'object' && value !== null && originals.get(value)) || value;

  const enter = (call: () => unknown, name: string): unknown => {
    if (broken) {
      // Nobody needs the memory back.
      if (name === 'delete') return undefined;
      throw broken;
    }
    const stack = core.stackSave();
    try {
      return call();
    } catch (thrown) {
      if (!isTrap(thrown)) {
        core.stackRestore(stack);
        throw thrown;
      }
      broken = lostTo(thrown);
      onTrap(broken);
      throw broken;
    }
  };

  const guard = <T extends object>(target: T): T => {
    const methods = new Map<PropertyKey, unknown>();
    const guardedMethod = (name: string, method: (...args: unknown[]) => unknown) => {
      const made = (...args: unknown[]) => {
        const result = enter(() => method.apply(target, args.map(original)), name);
        return isHandle(result) ? guard(result) : result;
      };
      methods.set(name, made);
      return made;
    };
    const proxy = new Proxy(target, {
      get: (_, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        return methods.get(name) ?? guardedMethod(name, value as (...args: unknown[]) => unknown);
      },
    });
    originals.set(proxy, target);
    return proxy;
  };
  return guard(core);
}

/** Whether a thrown value says that the module stopped in mid-work, rather than that it refused something. */
export function isTrap(thrown: unknown): boolean {
  if (thrown instanceof WebAssembly.RuntimeError) return true;
  // A stack that is used up is a RangeError in Chromium and Safari, an InternalError in Firefox.
  return thrown instanceof Error && /call stack|recursion/i.test(thrown.message);
}

function lostTo(trap: unknown): ZifferError {
  const why = (trap as Error).message.replace(/\.$/, '');
  const message = `trainer worker: its WebAssembly module failed (${why}) and was ended. What was trained since is lost; start again.`;
  return new ZifferError('worker_lost', message, { cause: trap });
}

/** An object of the module's, which lives until its `delete()`. */
function isHandle(value: unknown): value is object {
  return typeof (value as { delete?: unknown } | null | undefined)?.delete === 'function';
}
