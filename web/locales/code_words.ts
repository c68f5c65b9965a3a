// What the reading of a Keras script says, in another language than the English that it says it in. Fetched with the first script.
import { de } from './de_code.ts';

/** One language's sentences. */
export interface CodeWords {
  /** By the hints' codes. */
  readonly hints: Readonly<Record<string, string>>;
  /** By the English sentence; {0}, {1} … stand for what differs from script to script, such as a name. */
  readonly reasons: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<string, CodeWords>> = { de };

/** A sentence of the reading in the language `code`; what has no words there stays English, and null says so. */
export function inLanguage(code: string, text: string, hint?: string): string | null {
  const words = WORDS[code];
  if (!words) return code === 'en' ? text : null;
  return (hint === undefined ? undefined : words.hints[hint]) ?? spoken(words, text);
}

function spoken(words: CodeWords, text: string): string | null {
  for (const { sentence, english, places } of sentencesOf(words)) {
    const found = english.exec(text);
    if (!found) continue;
    return sentence.replace(/\{(\d)\}/g, (_, place) => {
      const value = found[places.indexOf(place) + 1] ?? '';
      // A reason may name another one.
      return spoken(words, value) ?? value;
    });
  }
  return null;
}

interface Sentence {
  readonly sentence: string;
  readonly english: RegExp;
  /** Which place each group of `english` stands for. */
  readonly places: readonly string[];
}

const made = new Map<CodeWords, readonly Sentence[]>();

/** Those that say most by themselves first: "{0} is not read" fits many. */
function sentencesOf(words: CodeWords): readonly Sentence[] {
  const known = made.get(words);
  if (known) return known;
  const fixed = (template: string) => template.replace(/\{\d\}/g, '').length;
  const sentences = Object.entries(words.reasons)
    .sort(([a], [b]) => fixed(b) - fixed(a))
    .map(([template, sentence]) => ({
      sentence,
      english: patternOf(template),
      places: [...template.matchAll(/\{(\d)\}/g)].map(([, place]) => place!),
    }));
  made.set(words, sentences);
  return sentences;
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{\d\}/).map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([^]+)')}$`);
}
