// What a page's author takes away from the person at the lab: `controls="no-upload lock-layers"` hides the one and locks the other.
import { type Read, SETTING_ATTRIBUTES } from './setting_texts.ts';

/** What can be hidden; each setting of the training too, by its attribute's name. */
export const HIDEABLE = [
  'presets',
  'language',
  'theme',
  'embed',
  'pen',
  'upload',
  'test-digits',
  'steps',
  'step',
  'reset',
  'train-on',
  'lecture',
  'curves',
  'figures',
  'sees',
  'layers',
  'settings',
  'summary',
] as const;
/** What can be shown and not be changed; again each setting too. */
export const LOCKABLE = ['presets', 'layers', 'settings'] as const;

export type Hideable = (typeof HIDEABLE)[number];
export type Lockable = (typeof LOCKABLE)[number];

export class Controls {
  readonly #words: ReadonlySet<string>;

  constructor(words: readonly string[] = []) {
    this.#words = new Set(words);
  }

  hides(name: Hideable): boolean {
    return this.#words.has(`no-${name}`);
  }

  locks(name: Lockable): boolean {
    return this.#words.has(`lock-${name}`);
  }

  hidesSetting(attribute: string): boolean {
    return this.hides('settings') || this.#words.has(`no-${attribute}`);
  }

  locksSetting(attribute: string): boolean {
    return this.locks('settings') || this.#words.has(`lock-${attribute}`);
  }
}

export function readControls(text: string): Read<Controls> {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const hideable: readonly string[] = [...HIDEABLE, ...SETTING_ATTRIBUTES];
  const lockable: readonly string[] = [...LOCKABLE, ...SETTING_ATTRIBUTES];
  const unknown = words.find((word) => {
    const [, how, what = ''] = /^(no|lock)-(.+)$/.exec(word) ?? [];
    return !(how === 'no' ? hideable : how === 'lock' ? lockable : []).includes(what);
  });
  if (unknown === undefined) return { value: new Controls(words) };
  const no = HIDEABLE.map((name) => `no-${name}`).join(' ');
  const lock = LOCKABLE.map((name) => `lock-${name}`).join(' ');
  return { expected: `words of ${no} ${lock}, or no- and lock- with a setting, not ${unknown}` };
}
