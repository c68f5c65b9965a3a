// The languages. A new one is a file beside de.ts and one line here; the type says what it must contain.
import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { Format } from './format.ts';

export type { Messages } from './en.ts';
export { Format } from './format.ts';

export const languages: readonly Messages[] = [en, de];

export interface Locale {
  readonly t: Messages;
  readonly f: Format;
}

/** The best language for a BCP 47 tag ("de-AT" gives German); English where none fits. */
export function localeFor(tag: string | null | undefined): Locale {
  const wanted = (tag ?? '').toLowerCase();
  const t = languages.find((m) => wanted === m.code || wanted.startsWith(`${m.code}-`)) ?? en;
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
