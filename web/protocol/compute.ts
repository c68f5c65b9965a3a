// The messages between the trainer worker and a compute worker. A task carries all that it needs, so that a lost worker's
// unit can be computed by anybody else.

export type ToCompute =
  /**
   * The first message: the compiled module, which starts faster than its bytes, and the name of a lock that the worker holds
   * as long as it lives.
   */
  | { kind: 'start'; module: WebAssembly.Module; life: string }
  /** In place of a nested worker's own channel: from here on messages come by this port. */
  | { kind: 'connect'; port: MessagePort }
  | { kind: 'task'; task: number; config: string; bytes: Uint8Array };

export type FromCompute =
  /** The worker holds the lock of its life. */
  | { kind: 'alive' }
  | { kind: 'ready' }
  | { kind: 'result'; task: number; bytes: Uint8Array }
  | { kind: 'broken'; message: string };

export function isToCompute(message: unknown): message is ToCompute {
  if (typeof message !== 'object' || message === null) return false;
  const m = message as Record<string, unknown>;
  if (m.kind === 'start') {
    return m.module instanceof WebAssembly.Module && typeof m.life === 'string';
  }
  if (m.kind === 'connect') return typeof m.port === 'object' && m.port !== null;
  return (
    m.kind === 'task' &&
    typeof m.task === 'number' &&
    typeof m.config === 'string' &&
    m.bytes instanceof Uint8Array
  );
}

export function isFromCompute(message: unknown): message is FromCompute {
  if (typeof message !== 'object' || message === null) return false;
  const m = message as Record<string, unknown>;
  if (m.kind === 'alive' || m.kind === 'ready') return true;
  if (m.kind === 'broken') return typeof m.message === 'string';
  return m.kind === 'result' && typeof m.task === 'number' && m.bytes instanceof Uint8Array;
}
