// How each kind of layer makes one number of its inputs. A class that is not named here lays its inputs out anew.
import type { LayerClass } from '../keras/layers.ts';
import type { Activation } from '../keras/types.ts';
import { addUp, at, regionOf, type Site, type Terms } from './explain_site.ts';
import { type Window, windowAt } from './explain_window.ts';

type Rule = (site: Site) => Terms;

export function ruleOf(site: Site): Terms {
  return (RULES[site.info.className] ?? moved)(site);
}

const convolution: Rule = (site) => {
  const { info, settings, channel } = site;
  const [, , channels = 1] = info.inputShape;
  const filters = info.outputShape[2] ?? 1;
  const groups = Number(settings.groups ?? 1);
  const own = channels / groups;
  const group = Math.floor(channel / (filters / groups));
  const window = windowAt(site, sides(settings.kernel_size), group * own, own);
  return weighted(site, window, every(regionOf(site, 'kernel')!, filters, channel));
};

const depthwise: Rule = (site) => {
  const { info, settings, channel } = site;
  const outputs = info.outputShape[2] ?? 1;
  const from = Math.floor(channel / Number(settings.depth_multiplier ?? 1));
  const window = windowAt(site, sides(settings.kernel_size), from, 1);
  return weighted(site, window, every(regionOf(site, 'kernel')!, outputs, channel));
};

/** What its depthwise half makes of this place, weighed by the pointwise half. */
const separable: Rule = (site) => {
  const { info, settings } = site;
  const [, , channels = 1] = info.inputShape;
  const filters = info.outputShape[2] ?? 1;
  const multiplier = Number(settings.depth_multiplier ?? 1);
  const first = regionOf(site, 'depthwise_kernel')!;
  const between = Float32Array.from({ length: channels * multiplier }, (_, m) => {
    const { inputs } = windowAt(site, sides(settings.kernel_size), Math.floor(m / multiplier), 1);
    const kernel = every(first, channels * multiplier, m);
    return addUp(
      0,
      inputs.map((x, i) => x * kernel[i]!),
    );
  });
  const window: Window = {
    shape: [1, 1, between.length],
    inputs: between,
    places: new Int32Array(between.length).fill(-1),
  };
  return weighted(site, window, every(regionOf(site, 'pointwise_kernel')!, filters, site.channel));
};

const dense: Rule = (site) => {
  const { info, input, channel } = site;
  const inputs = info.inputShape.at(-1) ?? 1;
  const units = info.outputShape.at(-1) ?? 1;
  const first = Math.floor(at(site) / units) * inputs;
  const window: Window = {
    shape: [1, 1, inputs],
    inputs: input.slice(first, first + inputs),
    places: Int32Array.from({ length: inputs }, (_, i) => first + i),
  };
  return weighted(site, window, every(regionOf(site, 'kernel')!, units, channel));
};

const ofWindow =
  (rule: 'max' | 'mean'): Rule =>
  (site) =>
    pooled(rule, windowAt(site, sides(site.settings.pool_size), site.channel, 1));

const ofWhole =
  (rule: 'max' | 'mean'): Rule =>
  (site) => {
    const [height = 1, width = 1] = site.info.inputShape;
    const whole = { ...site, row: 0, column: 0, settings: {} };
    return pooled(rule, windowAt(whole, [height, width], site.channel, 1));
  };

function pooled(rule: 'max' | 'mean', window: Window): Terms {
  const inside = [...window.places].map((p) => p >= 0);
  const seen = window.inputs.filter((_, i) => inside[i] === true);
  if (rule === 'mean') {
    const kernel = Float32Array.from(inside, (is) => (is ? 1 / seen.length : 0));
    const preActivation = Math.fround(addUp(0, seen) / seen.length);
    return { rule, ...window, kernel, preActivation };
  }
  const largest = Math.max(...seen);
  const kept = window.inputs.findIndex((x, i) => inside[i] === true && x === largest);
  const kernel = Float32Array.from(window.inputs, (_, i) => (i === kept ? 1 : 0));
  return { rule, ...window, kernel };
}

const normalization: Rule = (site) => {
  const of = (name: Parameters<typeof regionOf>[1], without: number) =>
    regionOf(site, name)?.[site.channel] ?? without;
  const { fround } = Math;
  const epsilon = fround(Number(site.settings.epsilon));
  const root = fround(Math.sqrt(fround(of('moving_variance', 1) + epsilon)));
  const scale = fround(of('gamma', 1) / root);
  const offset = fround(of('beta', 0) - fround(of('moving_mean', 0) * scale));
  return scaled(site, scale, offset);
};

const rescaling: Rule = (site) =>
  scaled(site, Number(site.settings.scale), Number(site.settings.offset ?? 0));

/** The one input times a number, and another one added to it. */
function scaled(site: Site, scale: number, bias: number): Terms {
  const [x = 0] = one(site).inputs;
  const kernel = Float32Array.of(scale);
  const product = Math.fround(x * kernel[0]!);
  const preActivation = Math.fround(product + Math.fround(bias));
  return { rule: 'scale', ...one(site), kernel, bias, preActivation };
}

const sloped: Rule = (site) => {
  const window = one(site);
  const alpha = regionOf(site, 'alpha')!;
  const [x = 0] = window.inputs;
  const kernel = Float32Array.of(x < 0 ? alpha[at(site) % alpha.length]! : 1);
  return { rule: 'scale', ...window, kernel };
};

const each =
  (named?: Activation): Rule =>
  (site) => {
    const activation = named ?? (site.settings.activation as Activation);
    const row = site.info.outputShape.at(-1) ?? 1;
    const first = at(site) - site.channel;
    const logits = ofRow(activation) ? site.input.slice(first, first + row) : null;
    return { rule: 'each', ...one(site), kernel: Float32Array.of(1), activation, logits };
  };

const same: Rule = (site) => ({ rule: 'same', ...one(site), kernel: Float32Array.of(1) });

const moved: Rule = () => ({
  rule: 'moved',
  shape: [0, 0, 0],
  inputs: new Float32Array(0),
  places: new Int32Array(0),
  kernel: new Float32Array(0),
});

/** The input at the same place. */
function one(site: Site): Window {
  const place = at(site);
  return {
    shape: [1, 1, 1],
    inputs: Float32Array.of(site.input[place] ?? 0),
    places: Int32Array.of(place),
  };
}

/** A sum of products, and its bias and activation. */
function weighted(site: Site, window: Window, kernel: Float32Array): Terms {
  const bias = regionOf(site, 'bias')?.[site.channel] ?? 0;
  const activation = (site.settings.activation ?? 'linear') as Activation;
  return { rule: 'sum', ...window, kernel, bias, activation, logits: logitsOf(site, activation) };
}

/** Softmax depends on all units of a place, so each is added up. */
function logitsOf(site: Site, activation: Activation): Float32Array | null {
  if (!ofRow(activation)) return null;
  const units = site.info.outputShape.at(-1) ?? 1;
  const settings = { ...site.settings, activation: 'linear' };
  return Float32Array.from({ length: units }, (_, channel) => {
    const { inputs, kernel, bias = 0 } = ruleOf({ ...site, settings, channel });
    return addUp(
      bias,
      inputs.map((x, i) => x * kernel[i]!),
    );
  });
}

const ofRow = (activation: Activation) => activation === 'softmax' || activation === 'log_softmax';

/** A column of a matrix that lies row by row. */
function every(matrix: Float32Array, columns: number, column: number): Float32Array {
  return Float32Array.from(
    { length: matrix.length / columns },
    (_, row) => matrix[row * columns + column]!,
  );
}

function sides(value: unknown): readonly [number, number] {
  return value as readonly [number, number];
}

const RULES: { readonly [Name in LayerClass]?: Rule } = {
  Conv2D: convolution,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Dense: dense,
  MaxPooling2D: ofWindow('max'),
  AveragePooling2D: ofWindow('mean'),
  GlobalMaxPooling2D: ofWhole('max'),
  GlobalAveragePooling2D: ofWhole('mean'),
  BatchNormalization: normalization,
  Rescaling: rescaling,
  PReLU: sloped,
  Activation: each(),
  ReLU: each('relu'),
  LeakyReLU: each('leaky_relu'),
  ELU: each('elu'),
  Softmax: each('softmax'),
  Flatten: same,
  Reshape: same,
  Dropout: same,
  SpatialDropout2D: same,
  GaussianNoise: same,
  GaussianDropout: same,
  ImageDataGenerator: same,
  RandomBrightness: same,
  RandomContrast: same,
  RandomFlip: same,
  RandomRotation: same,
  RandomTranslation: same,
  RandomZoom: same,
};
