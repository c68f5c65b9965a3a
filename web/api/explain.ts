// One number of a layer's output taken apart: its window, weights, products, sum, bias and activation. The core computed it; here
// its terms are found and added up once more in the core's order and precision, so that each is the core's to the last bit.
import type { KerasConfig } from '../keras/types.ts';
import { ZifferError } from '../protocol/errors.ts';
import { refuse } from './arguments.ts';
import { ruleOf } from './explain_rules.ts';
import { addUp, at, type Site } from './explain_site.ts';
import type { ExplainPlace, Explanation, Inspection } from './explanation.ts';
import type { Images, Sequential } from './types.ts';

export type Explained = Pick<Sequential, 'layersInfo' | 'config'>;

/** `inspection`: of this image. Errors: `invalid_argument`. */
export function explain(
  model: Explained,
  image: Images,
  inspection: Inspection,
  place: ExplainPlace,
): Explanation {
  const site = siteOf(model, image, inspection, place);
  const terms = ruleOf(site);
  const { inputs, kernel, bias = 0, rule } = terms;
  const products = inputs.map((x, i) => x * (kernel[i] ?? 0));
  const sum = products.reduce((total, p) => total + p, 0);
  const activation = site.output[at(site)] ?? 0;
  return {
    layer: site.info.name,
    className: site.info.className,
    rule,
    row: site.row,
    column: site.column,
    channel: site.channel,
    shape: terms.shape,
    inputs,
    places: terms.places,
    kernel,
    products,
    sum: rule === 'moved' ? activation : sum,
    bias,
    preActivation: terms.preActivation ?? (rule === 'moved' ? activation : addUp(bias, products)),
    logits: terms.logits ?? null,
    activationName: terms.activation ?? 'linear',
    activation,
  };
}

/** The image as the core takes it. */
export function pixelsOf(image: Images): Float32Array {
  return image instanceof Float32Array ? image : Float32Array.from(image, (byte) => byte / 255);
}

function siteOf(
  model: Explained,
  image: Images,
  { weights, activations }: Inspection,
  place: ExplainPlace,
): Site {
  if (typeof place !== 'object' || place === null) {
    refuse('explain', 'a place such as { layer: 0, row: 3, column: 4, channel: 1 }', place);
  }
  const index = layerAt(model, place.layer);
  const info = model.layersInfo[index]!;
  const shape = info.outputShape;
  const [rows, columns] = [shape.length > 1 ? shape[0]! : 1, shape.length === 3 ? shape[1]! : 1];
  return {
    info,
    settings: settingsOf(model.config(), index),
    weights,
    input: takenBy(model, image, activations, index),
    output: activations[index]!.values,
    row: within('row', place.row, rows),
    column: within('column', place.column, columns),
    channel: within('channel', place.channel, shape.at(-1)!),
  };
}

/** The number of the layer whose output a layer takes, the first of several; −1: the image. */
export function sourceOf({ layersInfo }: Pick<Explained, 'layersInfo'>, index: number): number {
  const [source] = layersInfo[index]!.inbound;
  return layersInfo.findIndex(({ name }) => name === source);
}

/** The numbers that go into a layer. */
export function takenBy(
  model: Pick<Explained, 'layersInfo'>,
  image: Images,
  activations: Inspection['activations'],
  index: number,
): Float32Array {
  const source = sourceOf(model, index);
  return source < 0 ? pixelsOf(image) : activations[source]!.values;
}

function layerAt({ layersInfo }: Explained, layer: unknown): number {
  const found =
    typeof layer === 'number' ? layer : layersInfo.findIndex(({ name }) => name === layer);
  if (layersInfo[found]) return found;
  const names = layersInfo.map(({ name }) => `'${name}'`).join(', ');
  return refuse('explain', `layer to be ${names}, or a number from 0`, layer);
}

function within(what: string, value: unknown = 0, size: number): number {
  const n = value as number;
  if (Number.isSafeInteger(n) && n >= 0 && n < size) return n;
  return refuse('explain', `${what} to be a whole number from 0 to ${size - 1}`, value);
}

/** Of layer number `index`, in Keras's words, complete. */
function settingsOf({ config }: KerasConfig, index: number): Readonly<Record<string, unknown>> {
  const layers = (config.layers as KerasConfig[]).filter((l) => l.class_name !== 'InputLayer');
  const found = layers[index];
  if (found) return found.config;
  throw new ZifferError('internal', `explain: layer ${index} has no configuration.`);
}
