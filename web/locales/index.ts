// The languages. A new one is two files beside de.ts and a line in each list here; the types say what they must contain.
import { de } from './de.ts';
import { dePictures } from './de_pictures.ts';
import { en, type Messages, type Some } from './en.ts';
import { enPictures } from './en_pictures.ts';
import { Format } from './format.ts';

export type { Messages } from './en.ts';
export { Format } from './format.ts';

export const languages: readonly Messages[] = [en, de];

/** Each language where the classes have names of their own and are no digits. */
export const picturesIn: Readonly<Record<string, Messages>> = {
  en: withWords(en, enPictures),
  de: withWords(de, dePictures),
};

export interface Locale {
  readonly t: Messages;
  readonly f: Format;
}

/** The best language for a BCP 47 tag ("de-AT" gives German); English where none fits. `named`: the classes have names of their own. */
export function localeFor(tag: string | null | undefined, named = false): Locale {
  const wanted = (tag ?? '').toLowerCase();
  const found = languages.find((m) => wanted === m.code || wanted.startsWith(`${m.code}-`)) ?? en;
  const t = named ? (picturesIn[found.code] ?? found) : found;
  // The region may change the number's form (de-CH), so the whole tag goes to Intl if it is one.
  return { t, f: new Format(wanted.startsWith(t.code) ? safeTag(wanted, t.code) : t.code) };
}

function safeTag(tag: string, fallback: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? fallback;
  } catch {
    return fallback;
  }
}

function withWords<T extends object>(messages: T, words: Some<T>): T {
  const merged = Object.entries(words).map(([key, word]) => {
    const own = messages[key as keyof T];
    const group = typeof word === 'object' && !Array.isArray(word);
    return [key, group ? withWords(own as object, word as object) : word];
  });
  return { ...messages, ...Object.fromEntries(merged) };
}
