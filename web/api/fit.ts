// `fit` between a model's handle and the trainer worker: options in Keras's words, notices as callbacks, controls as commands.
import { ratesOf, settingsInKeras } from '../keras/callbacks.ts';
import { metricsForCore } from '../keras/metrics.ts';
import { snakeCase } from '../keras/names.ts';
import { OPTIMIZER_DEFAULTS } from '../keras/optimizer_defaults.ts';
import { part } from '../platform/parts.ts';
import { asZifferError, fromPlainError, ZifferError } from '../protocol/errors.ts';
import type { Args, Notice, PlainEpoch, PlainTrained } from '../protocol/messages.ts';
import type { Connection } from './connection.ts';
import type { CheckedFit } from './fit_options.ts';
import { lossInKeras, optimizerForCore, optimizerInKeras } from './optimizer.ts';
import type {
  BackupAndRestoreOptions,
  Callback,
  CompileOptions,
  ModelCheckpointOptions,
  OptimizerName,
  OptimizerSpec,
  OptimizerState,
} from './types.ts';

/** The options with a schedule's answers in its place; `state`: the optimizer's, whose rate callbacks may have changed. */
export async function scheduled(
  options: CheckedFit,
  state: () => Promise<OptimizerState>,
  { optimizer }: Required<CompileOptions>,
): Promise<CheckedFit> {
  const { callbacks = [], epochs = 1, initialEpoch = 0 } = options;
  if (!callbacks.some(({ kind }) => kind === 'learningRateScheduler')) return options;
  const first = (await state()).learningRate ?? compiledRate(optimizer);
  const asked = callbacks.map((callback): Callback => {
    if (callback.kind !== 'learningRateScheduler') return callback;
    const schedule = ratesOf(callback.options.schedule, epochs, first, initialEpoch);
    return { ...callback, options: { schedule } };
  });
  return { ...options, callbacks: asked };
}

/** NaN where it is a schedule, beside which the core refuses another. */
function compiledRate(optimizer: OptimizerName | OptimizerSpec): number {
  const { name, learning_rate } = optimizerInKeras(optimizer);
  const usual = OPTIMIZER_DEFAULTS[name as OptimizerName].learning_rate;
  return Number(learning_rate ?? usual);
}

/** The trainer's options as JSON. */
export function fitOptionsInKeras(options: CheckedFit, modelSeed: number): string {
  const callbacks = (options.callbacks ?? []).flatMap((callback) => {
    const settings = settingsInKeras(callback);
    return settings ? [[snakeCase(callback.kind), settings] as const] : [];
  });
  return JSON.stringify({
    batch_size: options.batchSize ?? 32,
    epochs: options.epochs ?? 1,
    validation_split: options.validationSplit ?? 0,
    shuffle: options.shuffle ?? true,
    seed: options.seed ?? modelSeed,
    initial_epoch: options.initialEpoch,
    steps_per_epoch: options.stepsPerEpoch,
    validation_steps: options.validationSteps,
    validation_batch_size: options.validationBatchSize,
    validation_freq: options.validationFreq,
    class_weight: options.classWeight && byClass(options.classWeight),
    ...Object.fromEntries(callbacks),
  });
}

/** A list by class; classes between them that are not named count 1. */
function byClass(weights: Readonly<Record<number, number>>): number[] {
  const most = Math.max(-1, ...Object.keys(weights).map(Number));
  return Array.from({ length: most + 1 }, (_, label) => weights[label] ?? 1);
}

/** Which notices the callbacks want, and what the fit goes on from. */
export function noticesWanted(
  callbacks: readonly Callback[] = [],
): Pick<Args<'fit'>, 'checkpoints' | 'backups' | 'from'> {
  const backup = only<BackupAndRestoreOptions>('backupAndRestore', callbacks);
  const from = backup?.from ?? null;
  return {
    checkpoints: callbacks.some(({ kind }) => kind === 'modelCheckpoint'),
    backups: backup?.onBackup !== undefined,
    // A view into a large buffer would be cloned with all of it.
    from: from && (from.byteLength === from.buffer.byteLength ? from : from.slice()),
  };
}

/** What the core's `compile` takes, as JSON. */
export function compileOptionsInKeras({
  optimizer,
  loss,
  metrics,
}: Required<CompileOptions>): string {
  const measured = metricsForCore(metrics);
  return JSON.stringify({
    optimizer: optimizerForCore(optimizer),
    loss: lossInKeras(loss),
    ...(measured.length > 0 && { metrics: measured }),
  });
}

/** Runs a fit to its end; `args` are complete but for what the control says. Errors: `invalid_state` for a used control. */
export async function runFit(
  connection: Connection,
  args: Omit<Args<'fit'>, 'actions'>,
  options: CheckedFit,
): Promise<PlainTrained> {
  const { control, signal } = options;
  const actions = control?.take() ?? [];
  const ending = new AbortController();
  const own = args.turns ? await ownCallbacks(options.callbacks) : null;
  let failed: ZifferError | null = null;
  // A callback that throws ends the fit, as in Keras; nothing else is told of it afterwards.
  const onNotice = (notice: Notice) => {
    if (failed) return;
    const fail = (error: unknown) => {
      failed ??= thrownBy(notice.type, error);
      ending.abort();
    };
    try {
      tell(notice, options);
    } catch (error) {
      fail(error);
    }
    if (notice.type === 'turn') own?.answer(notice).then(goOn, fail);
  };
  const goOn = (answer: { stop: boolean; rate: number | null }) =>
    connection.command({ kind: 'command', type: 'turn', id, ...answer });
  const stop = () => ending.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const told = { onNotice, signal: ending.signal };
  const { id, reply } = connection.begin('fit', { ...args, actions }, told);
  control?.attach({
    send: (action) => connection.command({ kind: 'command', type: 'fit', id, action }),
  });
  try {
    const trained = await reply;
    await own?.end();
    return trained;
  } catch (error) {
    throw failed ?? error;
  } finally {
    signal?.removeEventListener('abort', stop);
    control?.detach();
  }
}

/** What asks callbacks of the page's own. */
async function ownCallbacks(callbacks: readonly Callback[] = []) {
  const { OwnCallbacks } = await ownPart();
  return new OwnCallbacks(callbacks);
}

const ownPart = () =>
  part('fit: what asks callbacks of the page', () => import('./own_callbacks.ts'));

/** After what the worker waits for callbacks of the page's own. */
export async function turnsOf(callbacks: readonly Callback[] = []): Promise<Args<'fit'>['turns']> {
  if (!callbacks.some(({ kind }) => kind === 'lambdaCallback' || kind === 'csvLogger')) return;
  return (await ownPart()).turnsWanted(callbacks);
}

/** The fit's error where a function of the page threw: `cause` is what it threw. */
function thrownBy(notice: Notice['type'], cause: unknown): ZifferError {
  const names: Partial<Record<Notice['type'], string>> = {
    step: 'onStep',
    epoch: 'onEpoch',
    checkpoint: 'onSave',
    backup: 'onBackup',
    turn: 'a callback',
    warning: 'onWarning',
  };
  const reason = asZifferError(cause).message;
  const message = `fit: ${names[notice]} threw: ${reason}. The weights stay as they are.`;
  return new ZifferError('invalid_argument', message, { cause });
}

function tell(notice: Notice, { callbacks, onStep, onEpoch, onWarning }: CheckedFit): void {
  switch (notice.type) {
    case 'step':
      onStep?.(notice.report);
      return;
    case 'epoch':
      onEpoch?.(notice.report satisfies PlainEpoch);
      return;
    case 'checkpoint': {
      const { epoch, logs, weights } = notice;
      const checkpoint = only<ModelCheckpointOptions>('modelCheckpoint', callbacks);
      checkpoint?.onSave({ epoch, logs, weights });
      return;
    }
    case 'backup': {
      const { epoch, bytes } = notice;
      const backup = only<BackupAndRestoreOptions>('backupAndRestore', callbacks);
      backup?.onBackup?.({ epoch, bytes });
      return;
    }
    case 'warning':
      onWarning?.(fromPlainError(notice.error));
      return;
    case 'turn': // runFit answers it
    case 'alive':
    case 'progress':
      return;
    default:
      notice satisfies never;
  }
}

function only<T>(kind: Callback['kind'], callbacks: readonly Callback[] = []): T | undefined {
  return callbacks.find((callback) => callback.kind === kind)?.options as T | undefined;
}
