// The words of the panel that explains, fetched with it; by the code of the lab's language, English where it has none.
import { explainDe } from './explain_de.ts';
import { type ExplainWords, explainEn } from './explain_en.ts';

export type { ExplainWords };

const WORDS: Readonly<Record<string, ExplainWords>> = { en: explainEn, de: explainDe };

export function explainWords(code: string): ExplainWords {
  return WORDS[code] ?? explainEn;
}
