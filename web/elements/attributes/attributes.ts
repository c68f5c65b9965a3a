// The attributes of <ziffer-lab>: how each is read, and what holds without it. lab_manual.ts says what they are for.
import type { PresetName } from '../../api/index.ts';
import { Controls, readControls } from '../plan/permissions.ts';
import {
  oneOf,
  type Read,
  readSetting,
  SETTING_ATTRIBUTES,
  settingOf,
} from '../plan/setting_texts.ts';
import { PRESETS, type Settings } from '../plan/settings.ts';

export const PANELS = [
  'bar',
  'draw',
  'train',
  'model',
  'mistakes',
  'inside',
  'explain',
  'compare',
  'digits',
  'files',
] as const;
export type PanelName = (typeof PANELS)[number];
export const DEFAULT_PANELS: readonly PanelName[] = ['draw', 'train', 'model'];
export type Theme = 'auto' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** What the attributes that are no settings of the training mean. */
export interface LabValues {
  preset: PresetName | 'custom';
  layers: string | null;
  panels: readonly PanelName[];
  locale: string | null;
  theme: Theme;
  task: string | null;
  /** Read where the panel is fetched that shows it. */
  goal: string | null;
  controls: Controls;
  loading: 'lazy' | 'eager';
  poster: string | null;
  src: string | null;
  data: string | null;
  classes: readonly string[] | null;
  'worker-src': string | null;
  'wasm-src': string | null;
}

export interface LabAttribute {
  readonly name: string;
  /** The property that reflects it. */
  readonly property: string;
  read(text: string): Read<unknown>;
}

export function readPanels(text: string): Read<PanelName[]> {
  const names = text.split(/[\s,]+/).filter(Boolean);
  const known = PANELS.filter((p) => names.includes(p));
  const all = names.every((name) => known.some((p) => p === name));
  return all && known.length > 0 ? { value: known } : { expected: PANELS.join(' ') };
}

/** Without what could be a script. */
function readAddress(text: string): Read<string> {
  const expected = 'the address of a file';
  if (text.trim() === '') return { expected };
  try {
    const { protocol } = new URL(text, 'https://page.example/');
    return /^(https?|blob|data):$/.test(protocol) ? { value: text } : { expected };
  } catch {
    return { expected };
  }
}

function readData(text: string): Read<string> {
  const addresses = text.split(/\s+/).filter(Boolean);
  const expected =
    'the address of a folder or manifest.json, or four: training images and labels, test images and labels';
  if (addresses.length !== 1 && addresses.length !== 4) return { expected };
  return addresses.every((a) => 'value' in readAddress(a))
    ? { value: addresses.join(' ') }
    : { expected };
}

function readClasses(text: string): Read<string[]> {
  const names = text.split(',').map((name) => name.trim());
  return names.length === 10 && names.every(Boolean)
    ? { value: names }
    : { expected: 'ten names with commas between them' };
}

function readLocale(text: string): Read<string> {
  return /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(text)
    ? { value: text }
    : { expected: 'a language tag, such as en or de-AT' };
}

const some = (text: string): Read<string> =>
  text.trim() === '' ? { expected: 'a text' } : { value: text };

/** What holds where an attribute says nothing. */
export const DEFAULTS: LabValues = {
  preset: 'simple-cnn',
  layers: null,
  panels: DEFAULT_PANELS,
  locale: null,
  theme: 'auto',
  task: null,
  goal: null,
  controls: new Controls(),
  loading: 'lazy',
  poster: null,
  src: null,
  data: null,
  classes: null,
  'worker-src': null,
  'wasm-src': null,
};

const LAB: { readonly [K in keyof LabValues]: (text: string) => Read<unknown> } = {
  preset: (text) => oneOf([...PRESETS, 'custom'], text),
  layers: some,
  panels: readPanels,
  locale: readLocale,
  theme: (text) => oneOf(THEMES, text),
  task: some,
  goal: some,
  controls: readControls,
  loading: (text) => oneOf(['lazy', 'eager'], text),
  poster: readAddress,
  src: readAddress,
  data: readData,
  classes: readClasses,
  'worker-src': readAddress,
  'wasm-src': readAddress,
};

export const LAB_ATTRIBUTES: readonly LabAttribute[] = [
  ...Object.entries(LAB).map(([name, read]) => ({ name, property: settingOf(name), read })),
  ...SETTING_ATTRIBUTES.map((name) => ({
    name,
    property: settingOf(name),
    read: (text: string): Read<unknown> => readSetting(name, text),
  })),
];

export function isSetting(name: string): boolean {
  return SETTING_ATTRIBUTES.includes(name);
}

/** The properties that reflect the attributes: what is in force; null takes the attribute away. */
export type LabProperties = {
  [K in keyof Omit<
    LabValues,
    'panels' | 'controls' | 'classes' | 'worker-src' | 'wasm-src'
  >]: LabValues[K];
} & {
  panels: string;
  controls: string | null;
  classes: string | null;
  workerSrc: string | null;
  wasmSrc: string | null;
} & Settings;
