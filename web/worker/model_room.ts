// The models of the trainer worker, by the numbers that the page gave them, and the fits and evaluations that run on them.
import { ZifferError } from '../protocol/errors.ts';
import type {
  FitAction,
  PlainEvaluation,
  PlainHistory,
  PlainInspection,
  PlainOptimizerState,
  PlainSnapshot,
  PlainTrained,
  RequestOf,
} from '../protocol/messages.ts';
import type { ComputePool } from './compute_pool.ts';
import type { Core, CoreModel, CoreTrainer, CoreUnits, Pixels } from './core.ts';
import type { DataRoom } from './data_room.ts';
import { EvaluateJob } from './evaluate_job.ts';
import { FitJob, type FitParts, type Send } from './fit_job.ts';
import type { Scheduler } from './scheduler.ts';
import { resolveThreads } from './threads.ts';
import { type Owner, UnitRunner } from './unit_runner.ts';

interface Entry {
  model: CoreModel;
  /** For compute workers. */
  replica: string;
  fit: FitJob | null;
}

export interface Surroundings {
  core: Core;
  data: DataRoom;
  scheduler: Scheduler;
  pool: ComputePool;
  cores: number;
  now: () => number;
  send: Send;
}

export class ModelRoom {
  readonly #entries = new Map<number, Entry>();
  readonly #fits = new Map<number, FitJob>();

  constructor(private readonly around: Surroundings) {}

  create(id: number, config: string, seed: number, weights: Float32Array | null): void {
    const model = this.around.core.createModel(config, seed);
    try {
      if (weights) model.setParameters(weights);
      this.#entries.set(id, { model, replica: model.replica(), fit: null });
    } catch (error) {
      model.delete();
      throw error;
    }
  }

  model(id: number): CoreModel {
    return this.#entry(id).model;
  }

  setWeights(id: number, weights: Float32Array): void {
    this.#idle(id, 'setWeights').model.setParameters(weights);
  }

  reset(id: number, seed: number): void {
    this.#idle(id, 'reset').model.reset(seed);
  }

  compile(id: number, options: string): void {
    const entry = this.#idle(id, 'compile');
    entry.model.compile(options);
    entry.replica = entry.model.replica();
  }

  snapshot(id: number): PlainSnapshot {
    const { model } = this.#entry(id);
    return { weights: model.parameters(), optimizer: model.optimizerState() };
  }

  setOptimizer(id: number, state: PlainOptimizerState): void {
    this.#idle(id, 'setOptimizerState').model.setOptimizerState(state);
  }

  predict(id: number, images: Pixels, count: number): Float32Array {
    const { model } = this.#entry(id);
    requirePixels('predict', images, count * model.inputSize());
    return model.predict(images, count);
  }

  activations(id: number, image: Pixels): ReturnType<CoreModel['activations']> {
    const { model } = this.#entry(id);
    requirePixels('activations', image, model.inputSize());
    return model.activations(image);
  }

  inspect(id: number, image: Pixels): PlainInspection {
    return { weights: this.model(id).parameters(), activations: this.activations(id, image) };
  }

  saliency(id: number, image: Pixels, classIndex: number): Float32Array {
    const { model } = this.#entry(id);
    requirePixels('saliency', image, model.inputSize());
    return model.saliency(image, classIndex);
  }

  fit(request: RequestOf<'fit'>, signal: AbortSignal): Promise<PlainTrained> {
    const entry = this.#idle(request.model, 'fit');
    const data = this.around.data.get(request.data);
    const validation =
      request.validation === null ? null : this.around.data.get(request.validation);
    const validationData = validation?.data ?? null;
    const { core } = this.around;
    const { sampleWeight, options } = request;
    const weights = sampleWeight ? [sampleWeight] : [];
    const trainer = core.createTrainer(entry.model, data.data, validationData, options, ...weights);
    if (request.from) goOn(trainer, request.from);
    // From here on nothing is refused any more.
    return this.#train(request, entry, { trainer, data, validation }, signal);
  }

  #train(
    { id, options, threads: wanted, checkpoints, backups, turns, actions }: RequestOf<'fit'>,
    entry: Entry,
    parts: Pick<FitParts, 'trainer' | 'data' | 'validation'>,
    signal: AbortSignal,
  ): Promise<PlainTrained> {
    const { scheduler, cores, now, send } = this.around;
    const told = JSON.parse(options) as { batch_size?: number; initial_epoch?: number };
    const { batch_size: batchSize = 32, initial_epoch: initialEpoch = 0 } = told;
    const threads = resolveThreads(wanted, entry.model, batchSize, cores);
    return new Promise((resolve, reject) => {
      // The model is free at once, for whatever call comes next.
      const settle = (result: PlainHistory | ZifferError) => {
        entry.fit = null;
        this.#fits.delete(id);
        parts.data.release();
        parts.validation?.release();
        if (result instanceof ZifferError) return reject(result);
        try {
          resolve({ history: result, weights: entry.model.parameters() });
        } catch (thrown) {
          reject(thrown);
        }
      };
      const runner = this.#runner(parts.trainer, entry, threads, () => job);
      const wanted = { checkpoints, backups, turns: turns ?? null };
      const reporting = { id, batchSize, initialEpoch, ...wanted, now, send };
      const job: FitJob = new FitJob({ ...parts, ...reporting, runner, scheduler, settle });
      parts.data.keep();
      parts.validation?.keep();
      entry.fit = job;
      this.#fits.set(id, job);
      onAbort(signal, () =>
        job.fail(new ZifferError('aborted', 'fit: it was aborted; the weights stay as they are.')),
      );
      scheduler.add(job);
      for (const action of actions) job.control(action);
    });
  }

  control(id: number, action: FitAction): void {
    this.#fits.get(id)?.control(action);
  }

  turn(id: number, stop: boolean, rate: number | null): void {
    this.#fits.get(id)?.turn(stop, rate);
  }

  async evaluate(request: RequestOf<'evaluate'>, signal: AbortSignal): Promise<PlainEvaluation> {
    const entry = this.#entry(request.model);
    const data = this.around.data.get(request.data);
    data.keep();
    try {
      await Promise.race([data.whenAll(), abortOf('evaluate', signal)]);
      if (!this.#entries.has(request.model)) throw disposed(request.model);
      const { count, sampleWeight = null } = request;
      const some = count !== undefined || sampleWeight !== null;
      const part: [] | [number, Float32Array | null] = some
        ? [count ?? data.data.count(), sampleWeight]
        : [];
      const evaluator = this.around.core.createEvaluator(entry.model, data.data, ...part);
      try {
        return await this.#runEvaluator(evaluator, entry, request, signal);
      } finally {
        evaluator.delete();
      }
    } finally {
      data.release();
    }
  }

  dispose(id: number): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.fit?.fail(disposed(id));
    this.#entries.delete(id);
    entry.model.delete();
  }

  #runEvaluator(
    evaluator: ReturnType<Core['createEvaluator']>,
    entry: Entry,
    { threads: wanted }: RequestOf<'evaluate'>,
    signal: AbortSignal,
  ): Promise<PlainEvaluation> {
    const { scheduler, cores } = this.around;
    const threads = resolveThreads(wanted, entry.model, EVALUATION_CHUNK, cores);
    return new Promise((resolve, reject) => {
      const settle = (result: PlainEvaluation | ZifferError) =>
        result instanceof ZifferError ? reject(result) : resolve(result);
      const runner = this.#runner(evaluator, entry, threads, () => job);
      const job: EvaluateJob = new EvaluateJob({ evaluator, runner, scheduler, settle });
      onAbort(signal, () => job.fail(new ZifferError('aborted', 'evaluate: it was aborted.')));
      scheduler.add(job);
    });
  }

  /** Gets a job's units computed; `job` exists by the time that it is asked for. */
  #runner(units: CoreUnits, { replica }: Entry, threads: number, job: () => Owner): UnitRunner {
    const owner: Owner = {
      wake: () => job().wake(),
      warn: (error) => job().warn(error),
      restart: () => job().restart(),
      fail: (thrown) => job().fail(thrown),
    };
    return new UnitRunner(units, replica, threads > 1 ? this.around.pool : null, threads, owner);
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw disposed(id);
    return entry;
  }

  /** The model, if nothing trains it. */
  #idle(id: number, call: string): Entry {
    const entry = this.#entry(id);
    if (!entry.fit) return entry;
    const message = `${call}: the model is being trained. Stop that fit or wait for it.`;
    throw new ZifferError('invalid_state', message);
  }
}

/** Images that a worker evaluates at a time, for the choice of threads. */
const EVALUATION_CHUNK = 1000;

/** The trainer as a backup left it; one that cannot take it is freed. */
function goOn(trainer: CoreTrainer, from: Uint8Array): void {
  try {
    trainer.restore(from);
  } catch (error) {
    trainer.delete();
    throw error;
  }
}

function requirePixels(call: string, images: Pixels, expected: number): void {
  if (images.length === expected) return;
  const message = `${call}: expected ${expected} numbers for these images, got ${images.length}.`;
  throw new ZifferError('shape_mismatch', message);
}

function disposed(id: number): ZifferError {
  return new ZifferError('disposed', `model ${id}: it was disposed.`);
}

/** Rejects when the signal aborts. */
function abortOf(call: string, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    onAbort(signal, () => reject(new ZifferError('aborted', `${call}: it was aborted.`)));
  });
}

function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}
