// An experiment as a text for a link, and back: the model and every setting that is not the model's default.
// preset=simple-cnn&seed=7 · layers=Flatten;Dense:units=10,activation=softmax&epochs=5
import { type LayerClass, type LayerSpec, type PresetName, ZifferError } from '../../api/index.ts';
import type { Fields, Field as KerasField } from '../../keras/fields.ts';
import { given } from '../../keras/given.ts';
import { sourcesOf, withSources } from '../../keras/inbound.ts';
import { layerNamed } from '../../keras/layers.ts';
import { camelCase, inSnakeCase } from '../../keras/names.ts';
import { contradicted, OPTIMIZERS } from '../../keras/optimizers.ts';
import { ConfigReader } from '../../keras/reader.ts';
import type { Complaint } from './complaint.ts';
import { FIELDS, type Field, inputOf } from './layer_list.ts';
import type { ModelName, Plan } from './plan.ts';
import {
  oneOf,
  type Read,
  readPreset,
  readSetting,
  SETTING_ATTRIBUTES,
  settingOf,
  settingText,
} from './setting_texts.ts';
import { defaultSettings, type Settings } from './settings.ts';

export function linkOf(experiment: Plan): string {
  const { modelName, layers, settings } = experiment;
  const parts = modelName === 'custom' ? [`layers=${layersText(layers)}`] : [`preset=${modelName}`];
  const usual = defaultSettings(modelName);
  for (const attribute of SETTING_ATTRIBUTES) {
    const key = settingOf(attribute);
    const text = settingText(settings[key]);
    if (text !== settingText(usual[key])) parts.push(`${attribute}=${text}`);
  }
  return parts.join('&');
}

/** What takes over what a link says. */
interface Follows {
  choose(preset: PresetName, settings: Partial<Settings>): void;
  build(layers: readonly LayerSpec[]): void;
  set(settings: Partial<Settings>): void;
  complain(complaints: readonly Complaint[]): void;
}

/** What a link says, and what of it cannot be understood. Never throws. */
export interface LinkRead {
  readonly preset: PresetName | null;
  readonly layers: LayerSpec[] | null;
  readonly settings: Partial<Settings>;
  readonly complaints: readonly Complaint[];
}

export const LINK_NAMES: readonly string[] = ['preset', 'layers', ...SETTING_ATTRIBUTES];

export function readLink(link: string): LinkRead {
  const settings: Partial<Settings> = {};
  const complaints: Complaint[] = [];
  let preset: PresetName | null = null;
  let layers: LayerSpec[] | null = null;
  for (const [name, text] of new URLSearchParams(link)) {
    const read: Read<unknown> | null = LINK_NAMES.includes(name) ? readWord(name, text) : null;
    if (!read) complaints.push({ name, text, expected: null });
    else if ('expected' in read) complaints.push({ name, text, expected: read.expected });
    else if (name === 'preset') preset = read.value as PresetName;
    else if (name === 'layers') layers = read.value as LayerSpec[];
    else Object.assign(settings, read.value);
  }
  const told = complaintOfBesides(settings, preset ?? 'custom');
  if (told) {
    complaints.push(told);
    delete settings.besides;
  }
  return { preset, layers, settings, complaints };
}

/** What the optimizer that is meant does not know. */
function complaintOfBesides(
  { besides, optimizer }: Partial<Settings>,
  model: ModelName,
): Complaint | null {
  if (!besides) return null;
  const { className, fields } = OPTIMIZERS[optimizer ?? defaultSettings(model).optimizer];
  const complaint = (expected: string) => ({
    name: 'besides',
    text: settingText(besides),
    expected,
  });
  const both = contradicted(inSnakeCase(besides));
  if (both) return complaint(`one of ${both}`);
  try {
    given(className, fields as Fields, [besides], `${className}()`);
    return null;
  } catch (error) {
    if (!(error instanceof ZifferError)) throw error;
    return complaint(error.message);
  }
}

function readWord(name: string, text: string): Read<unknown> {
  if (name === 'preset') return readPreset(text);
  return name === 'layers' ? readLayers(text) : readSetting(name, text);
}

/** Takes what it understands and says what it does not; nothing else is opened instead of that. */
export function followLink(experiment: Follows, link: string): void {
  const { preset, layers, settings, complaints } = readLink(link);
  if (preset) experiment.choose(preset, settings);
  else if (layers) {
    experiment.build(layers);
    experiment.set({ ...defaultSettings('custom'), ...settings });
  } else if (Object.keys(settings).length > 0) experiment.set(settings);
  experiment.complain(complaints);
}

/** An address's text without its percent escapes; one that is cut off stays as it is. */
export function decoded(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** The layers as links and the attribute have them. */
export function layersText(layers: readonly LayerSpec[]): string {
  const sources = sourcesOf(layers);
  return layers
    .map(({ className, config }, i) => {
      const values = config as Record<string, unknown>;
      const fields = linkedFields(className)
        .filter((field) => isSaid(className, field, values))
        .map((field) => `${field.name}=${[values[field.name]].flat(2).join('x')}`);
      // Another shape than a picture's is a file's.
      const input = inputOf(layers).join('x');
      if (i === 0 && input !== '28x28x1') fields.push(`inputShape=${input}`);
      if (config.trainable === false) fields.push('trainable=false');
      // By place: 0 is the input, 1 the first layer.
      if (sources[i]) fields.push(`inbound=${sources[i].join('x')}`);
      return fields.length ? `${className}:${fields.join(',')}` : className;
    })
    .join(';');
}

export function readLayers(text: string): Read<LayerSpec[]> {
  const layers: LayerSpec[] = [];
  const sources: (number[] | null)[] = [];
  for (const word of text.split(';')) {
    const { rest, places } = inboundIn(word);
    const read = readLayer(rest);
    if ('expected' in read) return read;
    const { className } = read.value;
    if (places?.some((place) => place > layers.length))
      return { expected: `${className} with inbound=places of layers before it` };
    layers.push(read.value);
    sources.push(places);
  }
  return { value: sources.some((places) => places) ? withSources(layers, sources) : layers };
}

/** What a layer's word says of what the layer takes, and the rest of it. */
function inboundIn(word: string): { rest: string; places: number[] | null } {
  const [said, places] = /[:,]inbound=(\d{1,3}(?:x\d{1,3})*)(?=,|\s*$)/.exec(word) ?? [];
  if (!said || !places) return { rest: word, places: null };
  const rest = word.replace(said, '').replace(/^([^:,]*),/, '$1:');
  return { rest, places: places.split('x').map(Number) };
}

/** Settings of a layer that a link names: those of its card always, of the others what differs from Keras's own. */
type Linked =
  | Field
  | { readonly name: string; readonly kind: 'list' | 'flag' }
  | {
      readonly name: string;
      readonly kind: 'number' | 'interval' | 'integer';
      readonly sides?: boolean;
    };

function isSaid(className: LayerClass, { name }: Linked, values: Record<string, unknown>): boolean {
  const value = values[name];
  if (value === undefined || value === null) return false;
  const [key, field] = Object.entries(layerNamed(className)!.fields).find(
    ([one]) => camelCase(one) === name,
  )!;
  if (field.form !== undefined || field.required) return true;
  const before = inSnakeCase(values);
  const usual = field.read(new ConfigReader({}, className), key, before);
  const read = field.read(new ConfigReader({ [key]: value }, className), key, before);
  return JSON.stringify(read) !== JSON.stringify(usual);
}

/** How a link has a setting that no card shows; null: not at all. */
function hidden(key: string, field: KerasField): Linked | null {
  const name = camelCase(key);
  const { kind, choices, fixed, form, linked } = field;
  if (fixed !== undefined || form !== undefined) return null;
  if (linked) return { name, kind: 'list' };
  if (choices) return { name, kind: 'choice', choices };
  if (kind === 'flag') return { name, kind };
  if (kind === 'number' || kind === 'interval') return { name, kind };
  if (kind === 'sides') return { name, kind: 'integer', sides: true };
  return kind === 'integer' || kind === 'extent' || kind === 'seed'
    ? { name, kind: 'integer' }
    : null;
}

function linkedFields(className: LayerClass): readonly Linked[] {
  const others = Object.entries(layerNamed(className)!.fields).map(([key, field]) =>
    hidden(key, field),
  );
  return [...FIELDS[className], ...others.filter((field) => field !== null)];
}

/** What a layer must be given. */
function demanded(className: LayerClass): string[] {
  const { fields } = layerNamed(className)!;
  const required = Object.entries(fields).filter(([, field]) => field.required);
  return required.map(([key]) => camelCase(key));
}

function readLayer(text: string): Read<LayerSpec> {
  const [className = '', fields = ''] = text.trim().split(':');
  if (!Object.hasOwn(FIELDS, className)) return { expected: Object.keys(FIELDS).join(', ') };
  const known = linkedFields(className as LayerClass);
  const config: Record<string, unknown> = {};
  for (const pair of fields.split(',').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
    const field = known.find((f) => f.name === name);
    if (name === 'trainable' && /^(true|false)$/.test(value)) config.trainable = value === 'true';
    else if (name === 'inputShape' && /^[1-9]\d{0,4}(x[1-9]\d{0,4}){0,2}$/.test(value))
      config.inputShape = value.split('x').map(Number);
    else if (!field) {
      const names = known.map((f) => f.name).join(', ');
      return { expected: `${className} with some of ${names}, not ${name}` };
    } else {
      const read = readField(field, value);
      if ('expected' in read) return { expected: `${className} with ${name}=${read.expected}` };
      config[name] = read.value;
    }
  }
  const missing = demanded(className as LayerClass).find((name) => !Object.hasOwn(config, name));
  if (missing) return { expected: `${className}:${missing}=…` };
  return { value: { className, config } as LayerSpec };
}

function readField(field: Linked, text: string): Read<unknown> {
  if (field.kind === 'choice') return oneOf(field.choices, text);
  if (field.kind === 'flag') {
    const read = oneOf(['true', 'false'], text);
    return 'expected' in read ? read : { value: read.value === 'true' };
  }
  const numbers = text.split('x').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (field.kind === 'number' || field.kind === 'interval') {
    const right = numbers.every(Number.isFinite);
    if (!right || numbers.length > (field.kind === 'number' ? 1 : 2))
      return { expected: 'a number' };
    return { value: numbers.length > 1 ? numbers : numbers[0] };
  }
  const right = numbers.every(Number.isSafeInteger);
  if (field.kind === 'list')
    return right ? { value: numbers } : { expected: 'whole numbers such as 28x28x1' };
  const [top, bottom, left, far] = numbers;
  if (right && 'sides' in field && field.sides && numbers.length === 4)
    return {
      value: [
        [top, bottom],
        [left, far],
      ],
    };
  if (!right || numbers.length > 2) return { expected: 'a whole number' };
  return { value: numbers.length > 1 ? numbers : numbers[0] };
}
