// Every layer's shapes and parameters, without computing anything: what src/nn/sequential.cpp infers, with the same limits and
// the same errors word for word. tests/wasm holds the two together over many random models.
import { type ErrorCode, ZifferError } from '../protocol/errors.ts';
import { bytesIn, type Extent, LONGEST_NAME } from './config_reader.ts';
import { type Kind, type ReadModel, readModel } from './layer_reader.ts';
import type { LayerClass } from './layers.ts';
import type { KerasConfig, LayerInfo, WeightRegion } from './types.ts';

const LARGEST_EXTENT = 2 ** 14;
const LARGEST_ACTIVATION = 2 ** 24;
const MOST_PARAMETERS = 2 ** 26;
const MOST_LAYERS = 256;

export interface Described {
  name: string;
  input: number[];
  layers: LayerInfo[];
  parameters: number;
  /** The configuration with every default and name filled in. */
  config: KerasConfig;
}

/** Reads and infers. Errors: those of `readModel`, `shape_mismatch`, `invalid_config`, `model_too_large`. */
export function describe(config: KerasConfig): Described {
  const model = readModel(config);
  requireInput(model);
  const times = new Map<string, number>();
  const layers: LayerInfo[] = [];
  let parameters = 0;
  let shape = model.input;
  for (const layer of model.layers) {
    if (layer.name === '') {
      // As in Keras, a layer that was given its name does not count.
      const base = defaultName(layer.kind.kind);
      const nth = times.get(base) ?? 0;
      times.set(base, nth + 1);
      layer.name = nth === 0 ? base : `${base}_${nth}`;
    }
    requireName(layer.name, `layer ${layers.length + 1}`);
    const at = new Place(layer.name, layer.kind.kind, shape);
    const { output, weights = [] } = infer(layer.kind, at, layer.trainable);
    if (size(output) > LARGEST_ACTIVATION) {
      at.fail('model_too_large', `its output ${text(output)} is too large.`);
    }
    at.require(!layers.some((l) => l.name === layer.name), 'a name of its own', 'one used twice');
    const regions = place(parameters, weights);
    const count = regions.reduce((sum, r) => sum + size(r.shape), 0);
    parameters += count;
    if (parameters > MOST_PARAMETERS) {
      at.fail('model_too_large', 'more than 64 Mi parameters up to here.');
    }
    layers.push({
      name: layer.name,
      className: layer.kind.kind as LayerClass,
      inputShape: shape,
      outputShape: output,
      parameters: count,
      trainable: layer.trainable,
      regions,
    });
    shape = output;
  }
  return { name: model.name, input: model.input, layers, parameters, config: resolved(model) };
}

function requireName(name: string, what: string): void {
  if (bytesIn(name) <= LONGEST_NAME) return;
  const message = `${what}: expected a name of at most ${LONGEST_NAME} bytes, got ${bytesIn(name)}.`;
  throw new ZifferError('invalid_config', message);
}

function requireInput({ name, input, layers }: ReadModel): void {
  requireName(name, 'the model');
  const wrong = input.some((d) => d < 1 || d > LARGEST_EXTENT) || size(input) > LARGEST_ACTIVATION;
  if (wrong) {
    const message = `${text(input)} is not an input shape. For MNIST use (28, 28, 1).`;
    throw new ZifferError('invalid_config', `model "${name}": ${message}`);
  }
  if (layers.length > MOST_LAYERS) {
    throw new ZifferError('model_too_large', `model "${name}": more than 256 layers.`);
  }
}

/** One layer and what comes to it; errors speak of it as `Conv2D "conv2d"`. */
class Place {
  constructor(
    private readonly name: string,
    private readonly className: string,
    readonly input: readonly number[],
  ) {}

  fail(code: ErrorCode, message: string): never {
    throw new ZifferError(code, `${this.className} "${this.name}": ${message}`);
  }

  require(ok: boolean, expected: string, got: string): void {
    if (!ok) this.fail('invalid_config', `expected ${expected}, got ${got}.`);
  }

  between(value: number, low: number, high: number, what: string): void {
    this.require(value >= low && value <= high, `${what} between ${low} and ${high}`, `${value}`);
  }

  extent(extent: Extent, what: string): void {
    for (const e of extent) this.between(e, 1, 255, what);
  }

  image(): [height: number, width: number, channels: number] {
    const [h, w, c] = this.input;
    if (this.input.length === 3) return [h!, w!, c!];
    const got = text(this.input);
    const message = `expected an input of height × width × channels, got ${got}. Put it before Flatten and Dense.`;
    this.fail('shape_mismatch', message);
  }
}

interface Inferred {
  output: number[];
  weights?: readonly Weights[];
}

type Weights = Pick<WeightRegion, 'name' | 'shape'>;

function infer(kind: Kind, at: Place, trainable: boolean): Inferred {
  switch (kind.kind) {
    case 'Conv2D': {
      at.between(kind.filters, 1, 4096, 'filters');
      const output = windowed(at, kind.kernel_size, kind.strides, kind.padding, kind.filters);
      const kernel = [...kind.kernel_size, at.image()[2], kind.filters];
      return { output, weights: kernelAndBias(kernel, kind.use_bias) };
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const channels = at.image()[2];
      return { output: windowed(at, kind.pool_size, kind.strides, kind.padding, channels) };
    }
    case 'Flatten':
      return { output: [size(at.input)] };
    case 'Dense': {
      at.between(kind.units, 1, 65536, 'units');
      if (at.input.length !== 1) {
        const got = text(at.input);
        at.fail(
          'shape_mismatch',
          `expected a flat input, got ${got}. Put a Flatten layer before it.`,
        );
      }
      const kernel = [at.input[0]!, kind.units];
      return { output: [kind.units], weights: kernelAndBias(kernel, kind.use_bias) };
    }
    case 'Dropout': {
      const rate = Math.fround(kind.rate);
      at.require(
        rate >= 0 && rate < 1,
        'a rate in [0, 1)',
        rate < 0 ? 'a negative one' : 'one of 1 or more',
      );
      return { output: [...at.input] };
    }
    case 'Activation':
    case 'ReLU':
    case 'Softmax':
    case 'Rescaling':
      return { output: [...at.input] };
    case 'BatchNormalization': {
      if (trainable) {
        const cure = 'Set trainable to false: it then normalizes with its moving statistics.';
        const message = `training with the statistics of each batch is not supported. ${cure}`;
        at.fail('unsupported_layer', message);
      }
      at.require(kind.epsilon >= 0, 'an epsilon of at least 0', 'a negative one');
      const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
      const has = {
        gamma: kind.scale,
        beta: kind.center,
        moving_mean: true,
        moving_variance: true,
      };
      const shape = [at.input.at(-1)!];
      const weights = names.filter((name) => has[name]).map((name) => ({ name, shape }));
      return { output: [...at.input], weights };
    }
  }
}

/** The output of a sliding window, or an error that names the layer when nothing is left. */
function windowed(
  at: Place,
  window: Extent,
  strides: Extent,
  padding: string,
  channels: number,
): number[] {
  const [height, width] = at.image();
  at.extent(window, 'a window extent');
  at.extent(strides, 'a stride');
  const out = (n: number, w: number, s: number) => {
    if (padding === 'same') return Math.ceil(n / s);
    return n < w ? 0 : Math.floor((n - w) / s) + 1;
  };
  const h = out(height, window[0], strides[0]);
  const w = out(width, window[1], strides[1]);
  if (h >= 1 && w >= 1) return [h, w, channels];
  const into = text(at.input);
  const cure = 'Make it smaller, use padding "same", or pool less.';
  const message = `a window of ${window[0]} × ${window[1]} does not fit into ${into}. ${cure}`;
  at.fail('shape_mismatch', message);
}

function kernelAndBias(kernel: number[], bias: boolean): Weights[] {
  const weights: Weights[] = [{ name: 'kernel', shape: kernel }];
  if (bias) weights.push({ name: 'bias', shape: [kernel.at(-1)!] });
  return weights;
}

/** One behind the other, without gaps. */
function place(offset: number, weights: readonly Weights[]): WeightRegion[] {
  let next = offset;
  return weights.map((each) => {
    const region = { ...each, offset: next };
    next += size(each.shape);
    return region;
  });
}

function resolved(model: ReadModel): KerasConfig {
  const input = { batch_shape: [null, ...model.input], dtype: 'float32', name: 'input_layer' };
  const layers = [inModule('keras.layers', 'InputLayer', input)];
  for (const { name, kind, trainable } of model.layers) {
    const { kind: className, ...settings } = kind;
    const frozen = trainable ? {} : { trainable };
    layers.push(inModule('keras.layers', className, { name, ...frozen, ...settings }));
  }
  return inModule('keras', 'Sequential', { name: model.name, layers });
}

/** Keras 3 finds a class by its module. */
function inModule(module: string, class_name: string, config: KerasConfig['config']): KerasConfig {
  return { module, class_name, config, registered_name: null };
}

/** `MaxPooling2D` → `max_pooling2d`, as Keras names layers by default. */
function defaultName(className: string): string {
  return className.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

function size(shape: readonly number[]): number {
  return shape.reduce((n, d) => n * d, 1);
}

/** `(28, 28, 1)`; a single extent keeps its comma, as Python's tuples do. */
function text(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
