// Keras code of models: layers, optimizers and losses as Python calls, as short as Keras's defaults allow.
import type { Field, Fields } from '../keras/fields.ts';
import { isGraph, namesOf, sourcesOf } from '../keras/inbound.ts';
import { LayerNames } from '../keras/layer_names.ts';
import { type LayerSpec, layerNamed } from '../keras/layers.ts';
import { type LossKey, lossOf } from '../keras/losses.ts';
import { METRICS, type MetricSpec, metricNamed } from '../keras/metrics.ts';
import { camelCase, inSnakeCase } from '../keras/names.ts';
import type { OptimizerName } from '../keras/optimizer_defaults.ts';
import { OPTIMIZERS } from '../keras/optimizers.ts';
import { ConfigReader } from '../keras/reader.ts';
import { isSchedule, SCHEDULES } from '../keras/schedules.ts';

/** What `compile` was told, in Keras's words. */
export interface Told {
  readonly optimizer: Readonly<Record<string, unknown>>;
  readonly loss: { readonly name: LossKey } & Readonly<Record<string, unknown>>;
  readonly metrics?: readonly (string | MetricSpec)[];
}

/** The model as Keras code, and `compile` where it was told. Labels are class numbers unless the loss is for one-hot ones. */
export function modelCode(
  layers: readonly LayerSpec[],
  shape: readonly number[],
  told: Told | null,
): string {
  return `import keras
from keras import layers
${generatorCode(layers)}
${buildingCode(layers, shape)}${told ? `\n${compileCode(told)}` : ''}`;
}

/** `model = …`: a Sequential, or a functional model where the layers are no chain. */
export function buildingCode(layers: readonly LayerSpec[], shape: readonly number[]): string {
  const input = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  if (isGraph(layers)) return functionalCode(layers, input);
  return `model = keras.Sequential([
    keras.Input(shape=(${input})),
${layers
  .filter((l) => !isGenerator(l))
  .map((l) => `    ${layerCode(l)},\n`)
  .join('')}])`;
}

/** Each layer's output under its layer's name. */
function functionalCode(layers: readonly LayerSpec[], input: string): string {
  const names = namesOf(layers);
  const given = new LayerNames();
  const variables = ['inputs', ...variablesFor(names)];
  const lines = sourcesOf(layers).map((sources, i) => {
    const layer = layers[i]!;
    if (isGenerator(layer)) {
      variables[i + 1] = variables[sources?.[0] ?? i]!;
      return '';
    }
    const usual = given.next(layer.className);
    const named = usual === names[i] ? '' : `name=${JSON.stringify(names[i])}`;
    const taken = (sources ?? [i]).map((place) => variables[place]!);
    const inputs = layerNamed(layer.className)!.joins ? `[${taken.join(', ')}]` : taken[0]!;
    return `${variables[i + 1]} = ${layerCode(layer, named)}(${inputs})\n`;
  });
  return `inputs = keras.Input(shape=(${input}))
${lines.join('')}model = keras.Model(inputs, ${variables.at(-1)})`;
}

/** Python's names, each once, that hide none of the script's. */
function variablesFor(names: readonly string[]): string[] {
  const taken = new Set(['inputs', 'model', 'keras', 'layers', 'datagen']);
  return names.map((name) => {
    const word = name.replace(/\W/g, '_').replace(/^(?=\d|$)/, '_');
    let variable = word;
    for (let nth = 2; taken.has(variable) || PYTHON.has(variable); nth++)
      variable = `${word}_${nth}`;
    taken.add(variable);
    return variable;
  });
}

const PYTHON = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is
   lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);

const isGenerator = ({ className }: LayerSpec) => className === 'ImageDataGenerator';

/** Keras's ImageDataGenerator stands beside a model: `datagen`, where one of the layers is one; else nothing. */
export function generatorCode(layers: readonly LayerSpec[]): string {
  const generator = layers.find(isGenerator);
  if (!generator) return '';
  return `from keras.src.legacy.preprocessing.image import ImageDataGenerator

datagen = ${layerCode(generator).replace('layers.', '')}
`;
}

/** Words are written as they are; what has settings as Keras's class. */
function metricCode(metric: string | MetricSpec): string {
  if (typeof metric === 'string') return JSON.stringify(metric);
  const { metric: kind, name, ...told } = metric;
  const { className, fields } = METRICS[metricNamed(kind) ?? 'categorical_accuracy']!;
  const words = [argumentsOf(fields, inSnakeCase(told)), name && `name=${JSON.stringify(name)}`];
  return `keras.metrics.${className}(${words.filter(Boolean).join(', ')})`;
}

function compileCode({
  optimizer,
  loss: { name, ...settings },
  metrics = ['accuracy'],
}: Told): string {
  const { className, fields } = OPTIMIZERS[optimizer.name as OptimizerName];
  return `model.compile(
    optimizer=keras.optimizers.${className}(${argumentsOf(fields, optimizer)}),
    loss=${lossCode(name, settings)},
    metrics=[${metrics.map(metricCode).join(', ')}],
)
`;
}

/** A loss without settings of its own is a word. */
export function lossCode(name: LossKey, told: Readonly<Record<string, unknown>>): string {
  const { fields, className } = lossOf(name);
  const words = argumentsOf(fields, told);
  return words ? `keras.losses.${className}(${words})` : JSON.stringify(name);
}

/** `more`: arguments behind its own. */
export function layerCode({ className, config }: LayerSpec, more = ''): string {
  const { fields } = layerNamed(className)!;
  const given = config as Record<string, unknown>;
  const told = Object.fromEntries(Object.keys(fields).map((key) => [key, given[camelCase(key)]]));
  const words = argumentsOf(fields, told);
  const still = config.trainable === false ? 'trainable=False' : '';
  return `layers.${className}(${[words, still, more].filter(Boolean).join(', ')})`;
}

/** Python's arguments: the first ones by their place, of the others what differs from Keras's own. */
export function argumentsOf(fields: Fields, told: Readonly<Record<string, unknown>>): string {
  const resolved: Record<string, unknown> = {};
  const usual: Record<string, unknown> = {};
  const words: string[] = [];
  for (const [key, field] of Object.entries(fields)) {
    if (field.fixed) continue;
    const value = field.read(new ConfigReader(told, key), key, resolved);
    resolved[key] = value;
    if (!field.required) usual[key] = field.read(new ConfigReader({}, key), key, resolved);
    const code = asCode(field, value);
    if (field.leads) words.push(code);
    else if (field.always || code !== asCode(field, usual[key])) words.push(`${key}=${code}`);
  }
  return words.join(', ');
}

function asCode(field: Field, value: unknown): string {
  return field.kind === 'number' ? real(value) : python(field.short?.(value) ?? value);
}

/** Keras's optimizers refuse a rate of `1`: it must be `1.0`. */
function real(value: unknown): string {
  const code = python(value);
  return /^-?\d+$/.test(code) ? `${code}.0` : code;
}

function python(value: unknown): string {
  if (value === null) return 'None';
  // One alone keeps its comma.
  if (Array.isArray(value))
    return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (isSchedule(value)) {
    const settings = argumentsOf(SCHEDULES[value.name].fields, inSnakeCase(value));
    return `keras.optimizers.schedules.${value.name}(${settings})`;
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value) ?? 'None';
}
