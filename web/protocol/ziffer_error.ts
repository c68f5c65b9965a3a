// The error itself, apart from its codes' texts, which the sleeping element does without.
import type { ErrorCode } from './error_codes.ts';

/**
 * What every function of the API throws and every promise rejects with.
 * `code` is stable; `message` says where, what was expected, what came, and what to do.
 */
export class ZifferError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ZifferError';
    this.code = code;
  }
}
