// The one error of the web side: whatever was thrown becomes it.
// It stands with the protocol because errors cross between page and workers.
import { ERROR_CODES, type ErrorCode } from './error_codes.ts';
import { ZifferError } from './ziffer_error.ts';

export { ERROR_CODES, type ErrorCode, ZifferError };

/** The ZifferError for whatever was thrown. */
export function asZifferError(thrown: unknown): ZifferError {
  if (thrown instanceof ZifferError) return thrown;
  try {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const code = (thrown as { code?: unknown } | null)?.code;
    return new ZifferError(isErrorCode(code) ? code : 'internal', message, { cause: thrown });
  } catch {
    // Some values throw when they are read or become text.
    return new ZifferError('internal', 'an error that cannot be read', { cause: thrown });
  }
}

/** True for a code of ERROR_CODES. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/** An error as it crosses between threads; `cause` becomes text. */
export interface PlainError {
  code: ErrorCode;
  message: string;
  cause?: string;
}

export function toPlainError(thrown: unknown): PlainError {
  const { code, message, cause } = asZifferError(thrown);
  if (cause === undefined) return { code, message };
  return {
    code,
    message,
    cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  };
}

export function fromPlainError({ code, message, cause }: PlainError): ZifferError {
  return new ZifferError(code, message, cause === undefined ? undefined : { cause });
}
