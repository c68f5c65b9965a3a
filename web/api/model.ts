// A model's handle: it describes and checks itself here, and lives in the trainer worker from the first call that computes.

import { type Fields, only as onlyValue } from '../keras/fields.ts';
import { given, reading } from '../keras/given.ts';
import { sizeOf } from '../keras/layer.ts';
import { type Described, describe } from '../keras/model.ts';
import { checkedSpecs, toKeras, toSpecs } from '../keras/specs.ts';
import { summary } from '../keras/summary.ts';
import { part } from '../platform/parts.ts';
import { ZifferError } from '../protocol/errors.ts';
import { refuse, requireFloats, requireImages, requireSeed, tight } from './arguments.ts';
import { guarded, guardMethods } from './border.ts';
import type { ExplainPlace, Explanation, Inspection } from './explanation.ts';
import type { CheckedFit } from './fit_options.ts';
import { saveModel } from './formats.ts';
import type { LayerSpec } from './layers.ts';
import { checkedState, imageCount, requireWeights } from './model_arguments.ts';
import { compiled, lossInKeras, optimizerInKeras } from './optimizer.ts';
import { RemoteModel, requireOneWorker, USUAL } from './remote_model.ts';
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
  readonly isChain: boolean;
  #compiled: Required<CompileOptions> | null = null;
  readonly #remote: RemoteModel;
  /** What the fit that runs was compiled with: a compile() meanwhile is for the next one, as in Keras. */
  #training: { readonly compiled: Required<CompileOptions> } | null = null;

  /** `initial`: weights from a file. */
  constructor(
    private readonly described: Described,
    readonly seed: number,
    initial: Float32Array | null,
    readonly notKept: readonly NotKept[] = [],
  ) {
    this.name = described.name;
    const wanted = () => this.#training?.compiled ?? this.#compiled ?? USUAL;
    this.#remote = new RemoteModel(
      described.name,
      described.config,
      { seed, weights: initial },
      wanted,
    );
    this.specs = toSpecs(described.config);
    this.inputShape = described.input;
    this.layersInfo = described.layers;
    this.isChain = described.chain;
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
    const { optimizer, loss, metrics } = this.#compiled ?? {};
    const told =
      optimizer && loss
        ? {
            optimizer: optimizerInKeras(optimizer),
            loss: lossInKeras(loss),
            metrics: metrics ?? [],
          }
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
      this.#remote.know({ seed: this.seed, weights });
      return history;
    } finally {
      if (signal instanceof EventTarget) signal.removeEventListener('abort', end);
      end();
    }
  }

  async #fit(data: Dataset, options: CheckedFit) {
    const { validationData, callbacks, signal, sampleWeight, threads = 'auto' } = options;
    const { fitOptionsInKeras, handleOf, noticesWanted, runFit, scheduled, turnsOf, untilAborted } =
      await runtime();
    const turns = await turnsOf(callbacks);
    const wanted = { ...noticesWanted(callbacks), ...(turns && { turns }) };
    const train = handleOf('fit', data);
    const validation = validationData ? handleOf('fit', validationData) : null;
    const sets = validation ? [train, validation] : [train];
    const there = Promise.all(sets.map((set) => set.use()));
    const connections = await untilAborted('fit', there, signal);
    const connection = await untilAborted('fit', this.#remote.compiledThere(), signal);
    requireOneWorker(connection, connections);
    const asked = await scheduled(options, () => this.optimizerState(), this.#compiled ?? USUAL);
    const args = {
      model: this.#remote.id,
      data: train.shared.id,
      validation: validation?.shared.id ?? null,
      options: fitOptionsInKeras(asked, this.seed),
      threads,
      ...(sampleWeight && { sampleWeight }),
      ...wanted,
    };
    return runFit(connection, args, options);
  }

  async evaluate(data: Dataset, options?: EvaluateOptions): Promise<Evaluation> {
    const { evaluateOptionsOf, handleOf, untilAborted } = await runtime();
    const told = evaluateOptionsOf(options);
    const { signal, steps, batchSize = 32, sampleWeight, threads = 'auto' } = told;
    const handle = handleOf('evaluate', data);
    const connections = [await untilAborted('evaluate', handle.use(), signal)];
    const { connection } = await untilAborted('evaluate', this.#remote.there(), signal);
    requireOneWorker(connection, connections);
    const count = steps ? Math.min(handle.count, steps * batchSize) : handle.count;
    const part = { ...(steps && { count }), ...(sampleWeight && { sampleWeight }) };
    const args = { model: this.#remote.id, data: handle.shared.id, threads, ...part };
    const { confusion, ...rest } = await connection.request('evaluate', args, { signal });
    const n = handle.classes;
    const rows = Array.from({ length: n }, (_, i) => [...confusion.subarray(i * n, (i + 1) * n)]);
    return { ...rest, confusion: rows, count };
  }

  async predict(images: Images, count?: number): Promise<Float32Array> {
    requireImages('predict', images);
    const found = imageCount(this.inputShape, images, count);
    if (found === 0) return new Float32Array(0);
    return this.#remote.ask('model.predict', { images: tight(images), count: found });
  }

  async activations(image: Images): Promise<LayerActivation[]> {
    this.#requireImage('activations', image);
    return this.#remote.ask('model.activations', { image: tight(image) });
  }

  async inspect(image: Images): Promise<Inspection> {
    this.#requireImage('inspect', image);
    return this.#remote.ask('model.inspect', { image: tight(image) });
  }

  async explain(image: Images, place: ExplainPlace): Promise<Explanation> {
    this.#requireImage('explain', image);
    const load = part('what explains', () => import('./explain.ts'));
    const pixels = image.slice();
    const [{ explain }, inspection] = await Promise.all([load, this.inspect(pixels)]);
    return explain(this, pixels, inspection, place);
  }

  async saliency(image: Images, classIndex: number): Promise<Float32Array> {
    this.#requireImage('saliency', image);
    if (!Number.isSafeInteger(classIndex) || classIndex < 0 || classIndex >= this.classes) {
      refuse('saliency', `a class from 0 to ${this.classes - 1}`, classIndex);
    }
    return this.#remote.ask('model.saliency', { image: tight(image), classIndex });
  }

  async weights(): Promise<Float32Array> {
    return this.#remote.ask('model.weights', {});
  }

  async optimizerState(): Promise<OptimizerState> {
    const connection = await this.#remote.compiledThere();
    return connection.request('model.optimizer', { model: this.#remote.id });
  }

  async snapshot(): Promise<Snapshot> {
    const connection = await this.#remote.compiledThere();
    return connection.request('model.snapshot', { model: this.#remote.id });
  }

  async setOptimizerState(given: OptimizerState): Promise<void> {
    this.#requireIdle('setOptimizerState');
    const state = reading('setOptimizerState', () => checkedState(given));
    const connection = await this.#remote.compiledThere();
    await connection.request('model.setOptimizer', { model: this.#remote.id, state });
  }

  async setWeights(weights: Float32Array): Promise<void> {
    this.#requireIdle('setWeights');
    requireFloats('setWeights', 'weights', weights);
    requireWeights(this.described, weights);
    const copy = weights.slice();
    await this.#remote.ask('model.setWeights', { weights: copy });
    this.#remote.know({ seed: this.seed, weights: copy });
  }

  async reset(seed = this.seed): Promise<void> {
    this.#requireIdle('reset');
    requireSeed('reset', seed);
    await this.#remote.ask('model.reset', { seed });
    this.#remote.know({ seed, weights: null });
  }

  async save(format: SaveFormat): Promise<Blob> {
    return saveModel(this, format);
  }

  dispose(): void {
    this.#remote.end();
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
}

guardMethods(Model);
