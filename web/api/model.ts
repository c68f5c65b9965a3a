// A model's handle: it describes and checks itself here, and lives in the trainer worker from the first call that computes.
import { ZifferError } from '../protocol/errors.ts';
import type { Args, Reply, RequestType } from '../protocol/messages.ts';
import type { Connection } from './connection.ts';
import { saveModel } from './formats.ts';
import { toKeras, toSpecs } from './keras_config.ts';
import type { LayerSpec } from './layers.ts';
import { compiled } from './optimizer.ts';
import { runtime } from './runtime.ts';
import { type Described, describe } from './shape_rules.ts';
import { summary } from './summary.ts';
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
let nextId = 1;

/** A model from its layers; throws a ZifferError that names the layer where they do not fit. */
export function sequential(options: SequentialOptions): Sequential {
  const { layers, seed = DEFAULT_SEED, name = 'sequential' } = options;
  if (layers.length === 0) {
    throw new ZifferError('invalid_config', 'sequential: expected at least one layer, got none.');
  }
  requireSeed('sequential', seed);
  return new Model(describe(toKeras(name, layers)), seed, null);
}

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
  /** Whether the worker's model has been told of the last compile(). */
  #compiledSent = false;
  #connection: Connection | null = null;
  #created: Promise<unknown> = Promise.resolve();
  /** Lets the worker end; nothing before the model is there. */
  #release = () => {};
  #gone = false;

  /** `initial`: weights from a file, or set by the page; what a lost worker's successor begins with. */
  constructor(
    private readonly described: Described,
    readonly seed: number,
    private initial: Float32Array | null,
    readonly notKept: readonly NotKept[] = [],
  ) {
    this.name = described.name;
    this.specs = toSpecs(described.config);
    this.inputShape = described.input;
    this.layersInfo = described.layers;
    this.classes = described.layers.at(-1)!.outputShape.reduce((n, d) => n * d, 1);
    this.parameterCount = described.parameters;
  }

  get compiled(): Required<CompileOptions> | null {
    return this.#compiled;
  }

  summary(): string {
    return summary(this.described);
  }

  config(): KerasConfig {
    return structuredClone(this.described.config);
  }

  compile(options: CompileOptions = {}): void {
    this.#compiled = compiled(options);
    this.#compiledSent = false;
  }

  async fit(data: Dataset, options: FitOptions = {}): Promise<History> {
    const { validationData, callbacks, seed } = options;
    if (seed !== undefined) requireSeed('fit', seed);
    const { checkedThreads, fitOptionsInKeras, handleOf, noticesWanted, runFit } = await runtime();
    const keras = fitOptionsInKeras(options, this.seed);
    const threads = checkedThreads(options.threads);
    const wanted = noticesWanted(callbacks);
    const train = handleOf('fit', data);
    const validation = validationData ? handleOf('fit', validationData) : null;
    await Promise.all([train.use(), validation?.use()]);
    const connection = await this.#compiledThere();
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

  async evaluate(data: Dataset, options: EvaluateOptions = {}): Promise<Evaluation> {
    const { checkedThreads, handleOf } = await runtime();
    const handle = handleOf('evaluate', data);
    const threads = checkedThreads(options.threads);
    await handle.use();
    const args = { model: this.#id, data: handle.shared.id, threads };
    const connection = await this.#there();
    const { confusion, ...rest } = await connection.request('evaluate', args, {
      signal: options.signal,
    });
    const n = handle.classes;
    const rows = Array.from({ length: n }, (_, i) => [...confusion.subarray(i * n, (i + 1) * n)]);
    return { ...rest, confusion: rows, count: handle.count };
  }

  async predict(images: Images, count?: number): Promise<Float32Array> {
    const size = this.inputShape.reduce((n, d) => n * d, 1);
    const found = images.length / size;
    if (!Number.isInteger(found) || found !== (count ?? found)) {
      const expected = count === undefined ? `a multiple of ${size}` : `${count} × ${size}`;
      const message = `predict: expected ${expected} numbers, got ${images.length}. An image of this model has ${this.inputShape.join(' × ')}.`;
      throw new ZifferError('shape_mismatch', message);
    }
    if (found === 0) return new Float32Array(0);
    return this.#ask('model.predict', { images: tight(images), count: found });
  }

  activations(image: Images): Promise<LayerActivation[]> {
    return this.#ask('model.activations', { image: tight(image) });
  }

  saliency(image: Images, classIndex: number): Promise<Float32Array> {
    return this.#ask('model.saliency', { image: tight(image), classIndex });
  }

  weights(): Promise<Float32Array> {
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

  async setOptimizerState({ steps, slots }: OptimizerState): Promise<void> {
    const connection = await this.#compiledThere();
    const state = { steps, slots: [...slots] };
    await connection.request('model.setOptimizer', { model: this.#id, state });
  }

  async setWeights(weights: Float32Array): Promise<void> {
    requireWeights(this.described, weights);
    const copy = weights.slice();
    await this.#ask('model.setWeights', { weights: copy });
    this.initial = copy;
  }

  async reset(seed = this.seed): Promise<void> {
    requireSeed('reset', seed);
    await this.#ask('model.reset', { seed });
  }

  save(format: SaveFormat): Promise<Blob> {
    return saveModel(this, format);
  }

  dispose(): void {
    if (this.#gone) return;
    this.#gone = true;
    if (this.#connection && !this.#connection.lost) {
      this.#connection.request('model.dispose', { model: this.#id }).catch(() => {});
    }
    this.#release();
  }

  async #ask<T extends RequestType>(type: T, args: Omit<Args<T>, 'model'>): Promise<Reply<T>> {
    const connection = await this.#there();
    return connection.request(type, { ...args, model: this.#id } as unknown as Args<T>);
  }

  /** As #there, and the optimizer there is the one of the last compile(). */
  async #compiledThere(): Promise<Connection> {
    const connection = await this.#there();
    const { compileOptionsInKeras } = await runtime();
    if (!this.#compiledSent) {
      this.#compiledSent = true;
      const options = compileOptionsInKeras(this.#compiled ?? compiled({}));
      await connection.request('model.compile', { model: this.#id, options });
    }
    return connection;
  }

  /** The connection where the model is; it is created there if need be. */
  async #there(): Promise<Connection> {
    const { connect, hold, release } = await runtime();
    if (this.#gone) throw new ZifferError('disposed', `model "${this.name}": it was disposed.`);
    const connection = connect();
    if (this.#connection !== connection) {
      this.#connection = connection;
      this.#compiledSent = false;
      hold(this);
      this.#release = () => release(this);
      const config = JSON.stringify(this.described.config);
      const { seed, initial: weights } = this;
      const args = { model: this.#id, config, seed, weights };
      this.#created = connection.request('model.create', args);
    }
    await this.#created;
    return connection;
  }
}

function requireSeed(call: string, seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  const message = `${call}: expected the seed to be a whole number of at least 0, got ${seed}.`;
  throw new ZifferError('invalid_argument', message);
}

function requireWeights({ name, parameters }: Described, weights: Float32Array): void {
  if (weights.length === parameters) return;
  const message = `model "${name}": expected ${parameters} weights, got ${weights.length}.`;
  throw new ZifferError('invalid_model', message);
}

/** A view into a large buffer would be cloned with all of it. */
function tight(images: Images): Images {
  return images.byteLength === images.buffer.byteLength ? images : images.slice();
}
