// The attributes of <ziffer-lab>: which there are, what they may say, and what they set.
import type { OptimizerName, PresetName } from '../api/index.ts';
import {
  allowed,
  LIMITS,
  type NumberSetting,
  OPTIMIZERS,
  PRESETS,
  type Settings,
} from './settings.ts';

export const PANELS = [
  'bar',
  'draw',
  'train',
  'model',
  'mistakes',
  'inside',
  'compare',
  'files',
] as const;
export type PanelName = (typeof PANELS)[number];
export const DEFAULT_PANELS: readonly PanelName[] = ['draw', 'train', 'model'];

/** What an attribute's text means, or what was expected instead. */
export type Read<T> = { readonly value: T } | { readonly expected: string };

export function readPreset(text: string): Read<PresetName> {
  const found = PRESETS.find((p) => p === text);
  return found ? { value: found } : { expected: PRESETS.join(', ') };
}

export function readPanels(text: string): Read<PanelName[]> {
  const names = text.split(/[\s,]+/).filter(Boolean);
  const known = PANELS.filter((p) => names.includes(p));
  return known.length === names.length && known.length > 0
    ? { value: known }
    : { expected: PANELS.join(' ') };
}

const NUMBERS: Readonly<Record<string, NumberSetting>> = {
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

export const SETTING_ATTRIBUTES = [
  ...Object.keys(NUMBERS),
  'optimizer',
  'threads',
  'checkpoint',
  'nesterov',
] as const;

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
