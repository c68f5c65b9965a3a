// What went wrong, where it is shown, and what can be done.
import { ZifferError } from '../../api/index.ts';

export interface Trouble {
  /** `part` is one of the lab that could not be fetched, `file` a model's file chosen in the Files tab, `drop` one that was dropped on the lab, `entry` a field that holds no allowed value. */
  readonly where:
    | 'data'
    | 'model'
    | 'train'
    | 'picture'
    | 'worker'
    | 'file'
    | 'drop'
    | 'entry'
    | 'part';
  readonly error: ZifferError;
  readonly retry: (() => void) | null;
}

/** The API rejects with ZifferErrors only; anything else is a defect of ours, and is shown as one. */
export function asZifferError(thrown: unknown): ZifferError {
  if (thrown instanceof ZifferError) return thrown;
  return new ZifferError('internal', thrown instanceof Error ? thrown.message : String(thrown), {
    cause: thrown,
  });
}

/** A lost worker is told as that, and missing data as missing data, whatever needed them. */
export function troubleOf(
  where: Trouble['where'],
  thrown: unknown,
  retry: (() => void) | null,
): Trouble {
  const error = asZifferError(thrown);
  const lost = error.code === 'worker_lost' || error.code === 'worker_failed';
  const data = error.code.startsWith('data_') && where === 'train';
  return { where: lost ? 'worker' : data ? 'data' : where, error, retry };
}
