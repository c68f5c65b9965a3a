// An experiment as a text for a link, and back: the model and every setting that is not the model's default.
// preset=simple-cnn&seed=7 · layers=Flatten;Dense:units=10,activation=softmax&epochs=5
import type { LayerClass, LayerSpec, PresetName } from '../../api/index.ts';
import { FIELDS, inputOf } from './layer_list.ts';
import type { Plan } from './plan.ts';
import {
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
    if (settings[key] !== usual[key]) parts.push(`${attribute}=${settingText(settings[key])}`);
  }
  return parts.join('&');
}

/** What takes over what a link says. */
interface Follows {
  choose(preset: PresetName, settings: Partial<Settings>): void;
  build(layers: readonly LayerSpec[]): void;
  set(settings: Partial<Settings>): void;
}

/** Takes what it understands; a link with a mistake still opens the lab. */
export function followLink(experiment: Follows, link: string): void {
  const words = new URLSearchParams(link);
  const settings: Partial<Settings> = {};
  for (const attribute of SETTING_ATTRIBUTES) {
    const text = words.get(attribute);
    const read = text === null ? null : readSetting(attribute, text);
    if (read && 'value' in read) Object.assign(settings, read.value);
  }
  const preset = readPreset(words.get('preset') ?? '');
  const layers = layersFrom(words.get('layers') ?? '');
  if ('value' in preset) experiment.choose(preset.value, settings);
  else if (layers) {
    experiment.build(layers);
    experiment.set({ ...defaultSettings('custom'), ...settings });
  } else if (Object.keys(settings).length > 0) experiment.set(settings);
}

/** The layers as links and the attribute have them. */
export function layersText(layers: readonly LayerSpec[]): string {
  return layers
    .map(({ className, config }, i) => {
      const values = config as Record<string, unknown>;
      const fields = FIELDS[className]
        .filter((field) => values[field.name] !== undefined)
        .map((field) => `${field.name}=${[values[field.name]].flat().join('x')}`);
      // Another shape than a picture's is a file's.
      const input = inputOf(layers).join('x');
      if (i === 0 && input !== '28x28x1') fields.push(`inputShape=${input}`);
      if (config.trainable === false) fields.push('trainable=false');
      return fields.length ? `${className}:${fields.join(',')}` : className;
    })
    .join(';');
}

/** Null where the text is none. */
export function layersFrom(text: string): LayerSpec[] | null {
  const layers = text.split(';').map(layerFrom);
  return text && layers.every((l) => l !== null) ? (layers as LayerSpec[]) : null;
}

function layerFrom(text: string): LayerSpec | null {
  const [className = '', fields = ''] = text.split(':');
  if (!Object.hasOwn(FIELDS, className)) return null;
  const known = FIELDS[className as LayerClass];
  const config: Record<string, unknown> = {};
  for (const pair of fields.split(',').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=');
    if (name === 'trainable' && (value === 'true' || value === 'false')) {
      config.trainable = value === 'true';
      continue;
    }
    if (name === 'inputShape') {
      config.inputShape = value.split('x').map(Number);
      continue;
    }
    const field = known.find((f) => f.name === name);
    if (!field) return null;
    const numbers = value.split('x').map(Number);
    config[name] = field.kind === 'choice' ? value : numbers.length > 1 ? numbers : numbers[0];
  }
  return { className, config } as LayerSpec;
}
