// A model's handle: it describes and checks itself here, and lives in the trainer worker from the first call that computes.

import { type Fields, only as onlyValue } from '../keras/fields.ts';
import { given, reading } from '../keras/given.ts';
import { sizeOf } from '../keras/layer.ts';
import { type Described, describe } from '../keras/model.ts';
import { checkedSpecs, toKeras, toSpecs } from '../keras/specs.ts';
import { summary } from '../keras/summary.ts';
import { part } from '../platform/parts.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Args, PlainOptimizerState, Reply, RequestType } from '../protocol/messages.ts';
import { refuse, requireFloats, requireImages, requireSeed } from './arguments.ts';
import { guarded, guardMethods } from './border.ts';
import type { Connection } from './connection.ts';
import { saveModel } from './formats.ts';
import type { LayerSpec } from './layers.ts';
import { compiled, lossInKeras, optimizerInKeras } from './optimizer.ts';
import { runtime } from './runtime.ts';
import type {
  CompileOptions,
  Dataset,
  EvaluateOptions,
  Evaluation,
  FitOptions,
  History,
  Images,
  KerasConfig,
  LayerActivation,
  LayerInfo,
  NotKept,
  OptimizerState,
  SaveFormat,
  Sequential,
  SequentialOptions,
  Snapshot,
} from './types.ts';

const DEFAULT_SEED = 42;
const MOST_SLOTS = 8;
/** What a model trains with that nobody compiled. */
const USUAL = compiled();

interface RemoteModel {
  readonly connection: Connection;
  readonly created: Promise<unknown>;
  /** What it was compiled with last, once `compiling` has resolved. */
  compiled: Required<CompileOptions> | null;
  compiling: Promise<unknown>;
}

let nextId = 1;

const SEQUENTIAL: Fields = {
  layers: {
    kind: 'other',
    required: true,
    read: (r, key) => checkedSpecs('sequential', r.value(key)),
  },
  trainable: onlyValue(true),
  name: {
    kind: 'other',
    none: true,
    read: (r, key) => (typeof r.value(key) === 'string' ? r.value(key) : r.expected('a text', key)),
  },
  seed: {
    kind: 'other',
    read: (r, key) => {
      requireSeed('sequential', r.value(key));
      return r.value(key);
    },
  },
};

interface MakeSequential {
  (options: SequentialOptions): Sequential;
  (layers: readonly LayerSpec[], options?: Omit<SequentialOptions, 'layers'>): Sequential;
}

/** A model from its layers; throws a ZifferError that names the layer where they do not fit. */
export const sequential: MakeSequential = guarded((...args: unknown[]): Sequential => {
  const example = 'sequential({ layers: [layers.flatten(), layers.dense(10)] })';
  const {
    layers,
    seed = DEFAULT_SEED,
    name = 'sequential',
  } = given('sequential', SEQUENTIAL, args, example) as unknown as SequentialOptions;
  return new Model(describe(toKeras(name, layers)), seed, null);
});

/** A model from a file's configuration and weights. Errors: those of reading and shapes, `invalid_model`. */
export function modelFromKeras(
  config: KerasConfig,
  weights: Float32Array,
  notKept: readonly NotKept[] = [],
): Sequential {
  const described = describe(config);
  if (described.layers.length === 0) {
    throw new ZifferError('invalid_model', 'model: it has no layers.');
  }
  requireWeights(described, weights);
  return new Model(described, DEFAULT_SEED, weights, notKept);
}

class Model implements Sequential {
  readonly name: string;
  readonly specs: readonly LayerSpec[];
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly parameterCount: number;
  readonly layersInfo: readonly LayerInfo[];
  readonly #id = nextId++;
  #compiled: Required<CompileOptions> | null = null;
  /** The model in the worker; null before it is asked for, and where it could not be made. */
  #remote: RemoteModel | null = null;
  /** What a lost worker's successor begins with: the weights that the page knows, or else the seed's. */
  #known: { readonly seed: number; readonly weights: Float32Array | null };
  /** What the fit that runs was compiled with: a compile() meanwhile is for the next one, as in Keras. */
  #training: { readonly compiled: Required<CompileOptions> } | null = null;
  /** Lets the worker end; nothing before the model is there. */
  #release = () => {};
  #gone = false;

  /** `initial`: weights from a file. */
  constructor(
    private readonly described: Described,
    readonly seed: number,
    initial: Float32Array | null,
    readonly notKept: readonly NotKept[] = [],
  ) {
    this.name = described.name;
    this.#known = { seed, weights: initial };
    this.specs = toSpecs(described.config);
    this.inputShape = described.input;
    this.layersInfo = described.layers;
    this.classes = sizeOf(described.layers.at(-1)!.outputShape);
    this.parameterCount = described.parameters;
  }

  get compiled(): Required<CompileOptions> | null {
    return this.#compiled;
  }

  summary(): string {
    return summary(this.described);
  }

  async toKeras(): Promise<string> {
    const { modelCode } = await part(
      'what writes Keras code',
      () => import('../keras_code/write_keras.ts'),
    );
    const { optimizer, loss } = this.#compiled ?? {};
    const told =
      optimizer && loss
        ? { optimizer: optimizerInKeras(optimizer), loss: lossInKeras(loss) }
        : null;
    return modelCode(this.specs, this.inputShape, told);
  }

  config(): KerasConfig {
    return structuredClone(this.described.config);
  }

  compile(...args: readonly unknown[]): void {
    this.#compiled = compiled(...args);
  }

  async fit(data: Dataset, options?: FitOptions): Promise<History> {
    this.#requireIdle('fit');
    const training = { compiled: this.#compiled ?? USUAL };
    this.#training = training;
    // At once, also where a signal ends it: the next call may follow in the same task.
    const end = () => {
      if (this.#training === training) this.#training = null;
    };
    let signal: unknown;
    try {
      signal = reading('fit', () => options?.signal);
      if (signal instanceof EventTarget) signal.addEventListener('abort', end, { once: true });
      const { fitOptionsOf, unwatched } = await runtime();
      const checked = fitOptionsOf(options);
      const warning = unwatched(checked);
      if (warning && !checked.onWarning) throw warning;
      if (warning) checked.onWarning?.(warning);
      const { history, weights } = await this.#fit(data, checked);
      this.#known = { seed: this.seed, weights };
      return history;
    } finally {
      if (signal instanceof EventTarget) signal.removeEventListener('abort', end);
      end();
    }
  }

  async #fit(data: Dataset, options: FitOptions) {
    const { validationData, callbacks, signal, threads = 'auto' } = options;
    const { fitOptionsInKeras, handleOf, noticesWanted, runFit, untilAborted } = await runtime();
    const keras = fitOptionsInKeras(options, this.seed);
    const wanted = noticesWanted(callbacks);
    const train = handleOf('fit', data);
    const validation = validationData ? handleOf('fit', validationData) : null;
    const sets = validation ? [train, validation] : [train];
    const there = Promise.all(sets.map((set) => set.use()));
    const connections = await untilAborted('fit', there, signal);
    const connection = await untilAborted('fit', this.#compiledThere(), signal);
    requireOneWorker(connection, connections);
    const args = {
      model: this.#id,
      data: train.shared.id,
      validation: validation?.shared.id ?? null,
      options: keras,
      threads,
      ...wanted,
    };
    return runFit(connection, args, options);
  }

  async evaluate(data: Dataset, options?: EvaluateOptions): Promise<Evaluation> {
    const { evaluateOptionsOf, handleOf, untilAborted } = await runtime();
    const { signal, threads = 'auto' } = evaluateOptionsOf(options);
    const handle = handleOf('evaluate', data);
    const connections = [await untilAborted('evaluate', handle.use(), signal)];
    const { connection } = await untilAborted('evaluate', this.#there(), signal);
    requireOneWorker(connection, connections);
    const args = { model: this.#id, data: handle.shared.id, threads };
    const { confusion, ...rest } = await connection.request('evaluate', args, { signal });
    const n = handle.classes;
    const rows = Array.from({ length: n }, (_, i) => [...confusion.subarray(i * n, (i + 1) * n)]);
    return { ...rest, confusion: rows, count: handle.count };
  }

  async predict(images: Images, count?: number): Promise<Float32Array> {
    requireImages('predict', images);
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0)) {
      refuse('predict', 'count to be a whole number', count);
    }
    const size = sizeOf(this.inputShape);
    const found = images.length / size;
    if (!Number.isInteger(found) || found !== (count ?? found)) {
      const expected = count === undefined ? `a multiple of ${size}` : `${count} × ${size}`;
      const message = `predict: expected ${expected} numbers, got ${images.length}. An image of this model has ${this.inputShape.join(' × ')}.`;
      throw new ZifferError('shape_mismatch', message);
    }
    if (found === 0) return new Float32Array(0);
    return this.#ask('model.predict', { images: tight(images), count: found });
  }

  async activations(image: Images): Promise<LayerActivation[]> {
    this.#requireImage('activations', image);
    return this.#ask('model.activations', { image: tight(image) });
  }

  async saliency(image: Images, classIndex: number): Promise<Float32Array> {
    this.#requireImage('saliency', image);
    if (!Number.isSafeInteger(classIndex) || classIndex < 0 || classIndex >= this.classes) {
      refuse('saliency', `a class from 0 to ${this.classes - 1}`, classIndex);
    }
    return this.#ask('model.saliency', { image: tight(image), classIndex });
  }

  async weights(): Promise<Float32Array> {
    return this.#ask('model.weights', {});
  }

  async optimizerState(): Promise<OptimizerState> {
    const connection = await this.#compiledThere();
    return connection.request('model.optimizer', { model: this.#id });
  }

  async snapshot(): Promise<Snapshot> {
    const connection = await this.#compiledThere();
    return connection.request('model.snapshot', { model: this.#id });
  }

  async setOptimizerState(given: OptimizerState): Promise<void> {
    this.#requireIdle('setOptimizerState');
    const state = reading('setOptimizerState', () => checkedState(given));
    const connection = await this.#compiledThere();
    await connection.request('model.setOptimizer', { model: this.#id, state });
  }

  async setWeights(weights: Float32Array): Promise<void> {
    this.#requireIdle('setWeights');
    requireFloats('setWeights', 'weights', weights);
    requireWeights(this.described, weights);
    const copy = weights.slice();
    await this.#ask('model.setWeights', { weights: copy });
    this.#known = { seed: this.seed, weights: copy };
  }

  async reset(seed = this.seed): Promise<void> {
    this.#requireIdle('reset');
    requireSeed('reset', seed);
    await this.#ask('model.reset', { seed });
    this.#known = { seed, weights: null };
  }

  async save(format: SaveFormat): Promise<Blob> {
    return saveModel(this, format);
  }

  dispose(): void {
    if (this.#gone) return;
    this.#gone = true;
    const connection = this.#remote?.connection;
    if (connection && !connection.lost) {
      connection.request('model.dispose', { model: this.#id }).catch(() => {});
    }
    this.#release();
  }

  /** A fit may have been called without having reached the worker. */
  #requireIdle(call: string): void {
    if (!this.#training) return;
    const message = `${call}: the model is being trained. Stop that fit or wait for it.`;
    throw new ZifferError('invalid_state', message);
  }

  #requireImage(call: string, image: unknown): void {
    requireImages(call, image);
    const size = sizeOf(this.inputShape);
    if (image.length === size) return;
    const message = `${call}: expected one image of ${size} numbers, got ${image.length}.`;
    throw new ZifferError('shape_mismatch', message);
  }

  async #ask<T extends RequestType>(type: T, args: Omit<Args<T>, 'model'>): Promise<Reply<T>> {
    const { connection } = await this.#there();
    return connection.request(type, { ...args, model: this.#id } as unknown as Args<T>);
  }

  /** As #there, and the optimizer there is the one of the last compile(), or of the fit that runs. */
  async #compiledThere(): Promise<Connection> {
    const { compileOptionsInKeras } = await runtime();
    const remote = await this.#there();
    const wanted = this.#training?.compiled ?? this.#compiled ?? USUAL;
    if (remote.compiled !== wanted) {
      const options = compileOptionsInKeras(wanted);
      remote.compiled = wanted;
      remote.compiling = remote.connection.request('model.compile', { model: this.#id, options });
      // What was refused is sent again by the next call, so that no fit goes on with another optimizer than `compiled` names.
      remote.compiling.catch(() => {
        if (remote.compiled === wanted) remote.compiled = null;
      });
    }
    await remote.compiling;
    return remote.connection;
  }

  /** Where the model is; it is made there if need be. */
  async #there(): Promise<RemoteModel> {
    const { connect, hold, release } = await runtime();
    if (this.#gone) throw new ZifferError('disposed', `model "${this.name}": it was disposed.`);
    const connection = connect();
    if (this.#remote?.connection !== connection) {
      hold(this);
      this.#release = () => release(this);
      const config = JSON.stringify(this.described.config);
      const args = { model: this.#id, config, ...this.#known };
      const created = connection.request('model.create', args);
      const remote = { connection, created, compiled: null, compiling: created };
      this.#remote = remote;
      // A failure is not kept: the next call tries again.
      created.catch(() => {
        if (this.#remote === remote) this.#remote = null;
      });
    }
    const remote = this.#remote!;
    await remote.created;
    return remote;
  }
}

guardMethods(Model);

/** A copy. Whether it is of this model and optimizer, the worker says. */
function checkedState(given: OptimizerState): PlainOptimizerState {
  const where = 'setOptimizerState';
  if (typeof given !== 'object' || given === null) {
    refuse(where, 'what optimizerState() gave', given);
  }
  const { steps, slots, learningRate } = given;
  if (!Number.isSafeInteger(steps) || steps < 0) refuse(where, 'steps to be a whole number', steps);
  if (!Array.isArray(slots) || slots.length > MOST_SLOTS) {
    refuse(where, 'slots to be a short list of arrays', slots);
  }
  const copy = Array.from(slots);
  for (const slot of copy) requireFloats(where, 'each slot', slot);
  if (learningRate === undefined) return { steps, slots: copy };
  if (typeof learningRate !== 'number') refuse(where, 'learningRate to be a number', learningRate);
  return { steps, slots: copy, learningRate };
}

function requireWeights({ name, parameters }: Described, weights: Float32Array): void {
  if (weights.length === parameters) return;
  const message = `model "${name}": expected ${parameters} weights, got ${weights.length}.`;
  throw new ZifferError('invalid_model', message);
}

/** Where the worker was lost between two calls, what the first has found there is gone. */
function requireOneWorker(connection: Connection, others: readonly Connection[]): void {
  for (const other of others) if (other !== connection && other.lost) throw other.lost;
}

/** A view into a large buffer would be cloned with all of it. */
function tight(images: Images): Images {
  return images.byteLength === images.buffer.byteLength ? images : images.slice();
}
