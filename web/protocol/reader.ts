// The messages between the page and the worker that reads what others wrote: models' files and pictures. One job at a time; each
// is settled by `done` or `failed`.
import { isErrorCode, type PlainError } from './errors.ts';

export type FileJob =
  | {
      type: 'model';
      name: string;
      bytes: Uint8Array;
      /** The absolute URL of the library for HDF5; the first file that needs it fetches it. */
      hdf5Url: string;
    }
  | {
      type: 'picture';
      bytes: Uint8Array;
      /** JSON. */
      options: string;
      /** Absolute URLs of the module that reads pictures and its script. */
      glueUrl: string;
      wasmUrl: string;
    };

/** A file beside the model's first file, and the most bytes that it may have. */
export interface Beside {
  path: string;
  most: number;
}

export type ToReader =
  | { kind: 'read'; job: FileJob }
  /** The answer to a wish: the files in its order. */
  | { kind: 'beside'; files: Uint8Array[] }
  | { kind: 'missing'; error: PlainError };

export type FromReader =
  /** Its parts are loaded: from here on it computes. */
  | { kind: 'reading' }
  /** It waits for files; at most once a job. */
  | { kind: 'wish'; files: Beside[] }
  | { kind: 'done'; value: object }
  /** `broken`: what read it may be damaged, and is to be ended. */
  | { kind: 'failed'; error: PlainError; broken: boolean };

export function isToReader(message: unknown): message is ToReader {
  if (!isObject(message)) return false;
  const { kind, job, files, error } = message;
  if (kind === 'read') {
    return isObject(job) && (job.type === 'model' || job.type === 'picture') && isBytes(job.bytes);
  }
  if (kind === 'beside') return Array.isArray(files) && files.every(isBytes);
  return kind === 'missing' && isPlainError(error);
}

export function isFromReader(message: unknown): message is FromReader {
  if (!isObject(message)) return false;
  const { kind, files, value, error } = message;
  if (kind === 'wish') return Array.isArray(files) && files.every(isBeside);
  if (kind === 'done') return isObject(value);
  return (
    kind === 'reading' ||
    (kind === 'failed' && isPlainError(error) && typeof message.broken === 'boolean')
  );
}

function isBeside(file: unknown): boolean {
  return isObject(file) && typeof file.path === 'string' && typeof file.most === 'number';
}

function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array;
}

function isPlainError(value: unknown): boolean {
  return isObject(value) && isErrorCode(value.code) && typeof value.message === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
