// The attributes of <ziffer-lab> and the properties that reflect them: validated, and what is not allowed changes nothing and is
// told of as a `ziffer-error`.
import { ZifferError } from '../../api/first.ts';
import { MovableElement } from '../kit/movable_element.ts';
import type { Complaint } from '../plan/complaint.ts';
import { type Read, settingOf, settingText } from '../plan/setting_texts.ts';
import { defaultSettings, type Settings } from '../plan/settings.ts';
import { DEFAULTS, isSetting, LAB_ATTRIBUTES, type LabValues } from './attributes.ts';

const READ = new Map(LAB_ATTRIBUTES.map(({ name, read }) => [name, read]));

/** Lit's own way to tell elements' life; what it calls private stays so. */
export abstract class LabElement extends MovableElement {
  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit finishes the class that the getter is called on.
    return [...super.observedAttributes, ...READ.keys()];
  }

  /** Of each attribute the last text that was allowed, and what it means. */
  readonly #texts = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  /** Attributes whose last text is not understood. */
  readonly complaints = new Map<string, Complaint>();

  /** An attribute means something else now. */
  protected abstract applied(name: string): void;
  /** The settings in force. */
  abstract get settings(): Readonly<Settings>;

  protected value<K extends keyof LabValues>(name: K): LabValues[K] {
    return this.#values.has(name) ? (this.#values.get(name) as LabValues[K]) : DEFAULTS[name];
  }

  /** The settings that attributes name. */
  protected get namedSettings(): Partial<Settings> {
    const named = [...this.#values].filter(([name]) => isSetting(name));
    return Object.assign({}, ...named.map(([, value]) => value));
  }

  /** All settings, as the attributes have them. */
  protected get firstSettings(): Settings {
    return { ...defaultSettings(this.value('preset')), ...this.namedSettings };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Properties that were set before the element was one hide those of the class.
    for (const { property } of LAB_ATTRIBUTES) {
      if (!Object.hasOwn(this, property)) continue;
      const own = this as unknown as Record<string, unknown>;
      const value = own[property];
      delete own[property];
      own[property] = value;
    }
  }

  override attributeChangedCallback(name: string, old: string | null, text: string | null): void {
    const read = READ.get(name);
    if (!read) super.attributeChangedCallback(name, old, text);
    else if (text === null) this.#take(name, null);
    else this.#take(name, { text, ...read(text) });
  }

  #take(name: string, given: ({ text: string } & Read<unknown>) | null): void {
    if (given && 'expected' in given) {
      this.complain(name, given.text, given.expected);
      return;
    }
    if (given) {
      this.#texts.set(name, given.text);
      this.#values.set(name, given.value);
    } else {
      this.#texts.delete(name);
      this.#values.delete(name);
    }
    this.complaints.delete(name);
    this.applied(name);
    this.requestUpdate();
  }

  /** Says that an attribute is not understood; null where there is none of this name. */
  complain(name: string, text: string, expected: string | null): void {
    this.complaints.set(name, { name, text, expected });
    this.requestUpdate();
    const message = `<ziffer-lab ${name}="${text}">: expected ${expected ?? 'another name'}. Nothing was changed.`;
    const error = new ZifferError('invalid_argument', message);
    console.warn(message);
    this.dispatchEvent(
      new CustomEvent('ziffer-error', { detail: error, bubbles: true, composed: true }),
    );
  }

  /** What a property says. */
  reflected(name: string): unknown {
    if (isSetting(name)) return this.settings[settingOf(name)];
    return this.#texts.get(name) ?? DEFAULT_TEXTS[name] ?? null;
  }

  /** Sets a property; null takes its attribute away. */
  reflect(name: string, value: unknown): void {
    if (value === undefined || (value === null && name !== 'patience')) {
      this.removeAttribute(name);
      return;
    }
    const text = isSetting(name)
      ? settingText(value as Settings[keyof Settings])
      : [value].flat().join(name === 'classes' ? ', ' : ' ');
    const read = READ.get(name)?.(text);
    if (read && 'expected' in read) this.complain(name, text, read.expected);
    else this.setAttribute(name, text);
  }
}

const DEFAULT_TEXTS: Readonly<Record<string, string>> = {
  preset: DEFAULTS.preset,
  panels: DEFAULTS.panels.join(' '),
  theme: DEFAULTS.theme,
  loading: DEFAULTS.loading,
};

for (const { name, property } of LAB_ATTRIBUTES) {
  Object.defineProperty(LabElement.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: LabElement) {
      return this.reflected(name);
    },
    set(this: LabElement, value: unknown) {
      this.reflect(name, value);
    },
  });
}
