// `fit` between a model's handle and the trainer worker: options in Keras's words, notices as callbacks, controls as commands.
import { fromPlainError, ZifferError } from '../protocol/errors.ts';
import type { Args, Notice, PlainEpoch, PlainTrained } from '../protocol/messages.ts';
import type { Connection } from './connection.ts';
import { optimizerInKeras } from './optimizer.ts';
import type {
  BackupAndRestoreOptions,
  Callback,
  CompileOptions,
  EarlyStoppingOptions,
  FitOptions,
  ModelCheckpointOptions,
} from './types.ts';

/** The trainer's options as JSON. Errors: `invalid_config`. */
export function fitOptionsInKeras(options: FitOptions, modelSeed: number): string {
  const stopping = only<EarlyStoppingOptions>('earlyStopping', options.callbacks);
  const checkpoint = only<ModelCheckpointOptions>('modelCheckpoint', options.callbacks);
  return JSON.stringify({
    batch_size: options.batchSize ?? 32,
    epochs: options.epochs ?? 1,
    validation_split: options.validationSplit ?? 0,
    shuffle: options.shuffle ?? true,
    seed: options.seed ?? modelSeed,
    early_stopping: stopping && {
      monitor: stopping.monitor,
      min_delta: stopping.minDelta,
      patience: stopping.patience,
      mode: stopping.mode,
      restore_best_weights: stopping.restoreBestWeights,
    },
    model_checkpoint: checkpoint && {
      monitor: checkpoint.monitor,
      mode: checkpoint.mode,
      save_best_only: checkpoint.saveBestOnly,
    },
  });
}

/** Which notices the callbacks want, and what the fit goes on from. Errors: `invalid_config`, `invalid_argument`. */
export function noticesWanted(
  callbacks: readonly Callback[] = [],
): Pick<Args<'fit'>, 'checkpoints' | 'backups' | 'from'> {
  const backup = only<BackupAndRestoreOptions>('backupAndRestore', callbacks);
  const from = backup?.from ?? null;
  if (from !== null && !(from instanceof Uint8Array)) {
    const message = `backupAndRestore: expected from to be the Uint8Array of a backup, got ${typeof from}.`;
    throw new ZifferError('invalid_argument', message);
  }
  return {
    checkpoints: callbacks.some(({ kind }) => kind === 'modelCheckpoint'),
    backups: backup?.onBackup !== undefined,
    // A view into a large buffer would be cloned with all of it.
    from: from && (from.byteLength === from.buffer.byteLength ? from : from.slice()),
  };
}

/** What the core's `compile` takes, as JSON. */
export function compileOptionsInKeras({ optimizer }: Required<CompileOptions>): string {
  return JSON.stringify({
    optimizer: optimizerInKeras(optimizer),
    loss: 'categorical_crossentropy',
  });
}

/** Runs a fit to its end; `args` are complete but for what the control says. Errors: `invalid_state` for a used control. */
export async function runFit(
  connection: Connection,
  args: Omit<Args<'fit'>, 'actions'>,
  options: FitOptions,
): Promise<PlainTrained> {
  const { control, signal } = options;
  const actions = control?.take() ?? [];
  const onNotice = (notice: Notice) => tell(notice, options);
  const { id, reply } = connection.begin('fit', { ...args, actions }, { onNotice, signal });
  control?.attach({
    send: (action) => connection.command({ kind: 'command', type: 'fit', id, action }),
  });
  try {
    return await reply;
  } finally {
    control?.detach();
  }
}

/** `threads` as the protocol has it. Errors: `invalid_argument`. */
export function checkedThreads(threads: 'auto' | number = 'auto'): 'auto' | number {
  if (threads === 'auto' || (Number.isInteger(threads) && threads >= 1)) return threads;
  const message = `threads: expected 'auto' or a whole number of at least 1, got ${JSON.stringify(threads)}.`;
  throw new ZifferError('invalid_argument', message);
}

function tell(notice: Notice, { callbacks, onStep, onEpoch, onWarning }: FitOptions): void {
  switch (notice.type) {
    case 'step':
      guarded(() => onStep?.(notice.report));
      return;
    case 'epoch':
      guarded(() => onEpoch?.(notice.report satisfies PlainEpoch));
      return;
    case 'checkpoint': {
      const { epoch, logs, weights } = notice;
      const checkpoint = only<ModelCheckpointOptions>('modelCheckpoint', callbacks);
      guarded(() => checkpoint?.onSave({ epoch, logs, weights }));
      return;
    }
    case 'backup': {
      const { epoch, bytes } = notice;
      const backup = only<BackupAndRestoreOptions>('backupAndRestore', callbacks);
      guarded(() => backup?.onBackup?.({ epoch, bytes }));
      return;
    }
    case 'warning':
      guarded(() => onWarning?.(fromPlainError(notice.error)));
      return;
    case 'alive':
    case 'progress':
      return;
    default:
      notice satisfies never;
  }
}

/** A callback that throws is its page's own affair: it is reported there and the training goes on. */
function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}

function only<T>(kind: Callback['kind'], callbacks: readonly Callback[] = []): T | undefined {
  const found = callbacks.filter((callback) => callback.kind === kind);
  if (found.length > 1) {
    throw new ZifferError(
      'invalid_config',
      `fit: expected at most one ${kind}, got ${found.length}.`,
    );
  }
  return found[0]?.options as T | undefined;
}
