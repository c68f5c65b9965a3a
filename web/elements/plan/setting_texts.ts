// Settings of the training as texts: what attributes and links say.
import type { OptimizerName, PresetName } from '../../api/index.ts';
import {
  allowed,
  LIMITS,
  type NumberSetting,
  OPTIMIZERS,
  PRESETS,
  type Settings,
} from './settings.ts';

/** What a text means, or what was expected instead. */
export type Read<T> = { readonly value: T } | { readonly expected: string };

export function readPreset(text: string): Read<PresetName> {
  return oneOf(PRESETS, text);
}

export function oneOf<T extends string>(choices: readonly T[], text: string): Read<T> {
  const found = choices.find((choice) => choice === text);
  return found ? { value: found } : { expected: choices.join(', ') };
}

export const NUMBERS: Readonly<Record<string, NumberSetting>> = {
  seed: 'seed',
  epochs: 'epochs',
  'batch-size': 'batchSize',
  'validation-split': 'validationSplit',
  patience: 'patience',
  'learning-rate': 'learningRate',
  momentum: 'momentum',
  rho: 'rho',
  'beta-1': 'beta1',
  'beta-2': 'beta2',
  'train-count': 'trainCount',
};

export const SETTING_ATTRIBUTES: readonly string[] = [
  ...Object.keys(NUMBERS),
  'optimizer',
  'threads',
  'checkpoint',
  'nesterov',
  'besides',
];

/** "batch-size" is settings.batchSize. */
export function settingOf(attribute: string): keyof Settings {
  return attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof Settings;
}

/** … and back. */
export function attributeOf(setting: keyof Settings): string {
  return setting.replace(/[A-Z0-9]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function settingText(value: Settings[keyof Settings]): string {
  if (typeof value !== 'object') return value === undefined ? 'none' : String(value);
  // JSON without what an address would escape.
  return value ? JSON.stringify(value).slice(1, -1).replaceAll('"', '') : 'none';
}

/** `clipnorm:1,learningRate:{name:CosineDecay,initialLearningRate:0.1,decaySteps:1000}`; what it means is the optimizer's to check. */
function readBesides(text: string): Read<Partial<Settings>> {
  if (text === 'none') return { value: { besides: undefined } };
  const quoted = text.replace(/\b[a-z_]\w*/gi, (word) =>
    /^(?:true|false|null)$/.test(word) ? word : `"${word}"`,
  );
  try {
    return { value: { besides: JSON.parse(`{${quoted}}`) } };
  } catch {
    return { expected: 'such as clipnorm:1,weightDecay:0.004' };
  }
}

export function readSetting(name: string, text: string): Read<Partial<Settings>> {
  const key = NUMBERS[name];
  if (key === 'patience' && text === 'none') return { value: { patience: null } };
  if (key) return readNumber(key, text);
  if (name === 'optimizer') {
    const optimizer = OPTIMIZERS.find((o) => o === text) as OptimizerName | undefined;
    return optimizer ? { value: { optimizer } } : { expected: OPTIMIZERS.join(', ') };
  }
  if (name === 'checkpoint' || name === 'nesterov') {
    if (text === '' || text === 'true') return { value: { [name]: true } };
    return text === 'false' ? { value: { [name]: false } } : { expected: 'true, false' };
  }
  if (name === 'besides') return readBesides(text);
  if (text === 'auto') return { value: { threads: 'auto' } };
  const threads = Number(text);
  return Number.isInteger(threads) && threads >= 1 && threads <= 64
    ? { value: { threads } }
    : { expected: 'auto, 1 … 64' };
}

function readNumber(key: NumberSetting, text: string): Read<Partial<Settings>> {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const { min, max } = LIMITS[key];
  return allowed(key, value) ? { value: { [key]: value } } : { expected: `${min} … ${max}` };
}
